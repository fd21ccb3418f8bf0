import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/diagnose/analyze';
import { defaultObjectives, type Stage } from '../../../src/model/pipeline';
import { stageReading, type StageReading } from '../../../src/model/sweep';
import { flow, pipelineOf, ref, stage, watched, type Flow } from '../../harness/observations';

const overrun: Flow = { destination: 'validated', group: 'payments', arrives: 1050, finishes: 300, consumers: 2 };

function ranked(
  declared: Partial<Stage>,
  more: { flow?: Partial<Flow>; metrics?: Partial<StageReading>; past?: number } = {},
) {
  const seen = watched([flow({ ...overrun, ...more.flow })]);
  const metrics = stageReading.parse({ name: 'payments', ...more.metrics });
  const queues = seen.queues.map((queue) =>
    more.past === undefined
      ? queue
      : { ...queue, past: { at: seen.from - 600_000, produced: queue.produced[0]! - 600 * more.past } },
  );
  const observation = { ...seen, queues, stages: [{ first: metrics, latest: metrics, seconds: 60 }] };
  const pipeline = pipelineOf(stage('payments', [ref('validated/payments')], [], declared));
  return analyze(observation, pipeline, { objectives: defaultObjectives, now: observation.to }).strategies;
}
const kinds = (strategies: ReturnType<typeof ranked>) => strategies.map(({ kind }) => kind);

describe('the ranking of strategies', () => {
  it('puts instances first for steady load that they can carry, with how many and at what cost', () => {
    const [first, ...others] = ranked({ costPerInstance: 40 });
    expect(first).toMatchObject({ kind: 'autoscaling', rank: 1, overflow: null });
    expect(first!.fits).toBe('1,050/s arrive and 300/s are done, which more instances change. From 2 to 10 instances.');
    expect(first!.tradeOff).toContain('400 a month');
    expect(others.map(({ rank }) => rank)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(new Set(kinds([first!, ...others])).size).toBe(7);
  });

  it('puts limiting the producers first where no instance may be added, with the limit', () => {
    const [first] = ranked({ maxInstances: 2 });
    expect(first).toMatchObject({ kind: 'rate-limiting', overflow: 'throttle' });
    expect(first!.fits).toContain('210/s, 70 % of what it can do.');
  });

  it('puts the circuit breaker first where something else is waited for', () => {
    expect(kinds(ranked({}, { metrics: { cpu: 0.1 } })).slice(0, 2)).toEqual(['circuit-breaker', 'batching']);
  });

  it('puts a buffer before limiting for a burst, sized by the age that is allowed', () => {
    const strategies = ranked({}, { flow: { arrives: 500, finishes: 300 }, past: 100 });
    const buffer = strategies.find(({ kind }) => kind === 'bounded-buffer')!;
    expect(buffer.fits).toContain('18,000 messages are 60 s of work.');
    expect(buffer.rank).toBeLessThan(strategies.find(({ kind }) => kind === 'rate-limiting')!.rank);
  });

  it('never offers to drop anything where a stage is critical', () => {
    const strategies = ranked({ critical: true, durable: false });
    expect(kinds(strategies)).not.toContain('load-shedding');
    expect(strategies.map(({ overflow }) => overflow)).not.toContain('drop');
    expect(strategies).toHaveLength(6);
  });

  it('puts dropping last where messages are durable, and names what would go', () => {
    const last = ranked({ durable: true }).at(-1)!;
    expect(last.kind).toBe('load-shedding');
    expect(last.fits).toContain('750/s of 1,050/s (71 %) would go.');
  });

  it('ranks priorities low where order is asked for', () => {
    expect(kinds(ranked({ ordered: true })).slice(-2)).toContain('priority-queues');
  });
});
