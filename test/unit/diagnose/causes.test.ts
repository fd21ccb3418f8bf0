import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/diagnose/analyze';
import { defaultObjectives } from '../../../src/model/pipeline';
import { observe, type WholeObservation } from '../../../src/model/series';
import { stageReading, type QueueReading, type StageReading } from '../../../src/model/sweep';
import { sweepAt } from '../measure/rows';
import { broker, flow, pipelineOf, ref, stage, watched, type Flow } from '../../harness/observations';

const file = pipelineOf(stage('payments', [ref('validated/payments')], []));
const overrun: Flow = {
  destination: 'validated',
  group: 'payments',
  ...{ arrives: 100, finishes: 60, waits: 1_000, consumers: 2 },
};

/** The bottleneck of a queue that is overrun, with whatever else was seen of it. */
function found(more: {
  reading?: (seconds: number) => Partial<QueueReading>;
  metrics?: Partial<StageReading>;
  flow?: Partial<Flow>;
  roundTripSeconds?: number;
  observe?: (observation: WholeObservation) => WholeObservation;
}) {
  const queue = (seconds: number) => ({
    ...flow({ ...overrun, ...more.flow })(seconds)!,
    ...more.reading?.(seconds),
  });
  const seen = watched([queue], { brokers: [broker('main', { roundTripSeconds: more.roundTripSeconds ?? null })] });
  const metrics = stageReading.parse({ name: 'payments', ...more.metrics });
  const withMetrics = { ...seen, stages: [{ first: metrics, latest: metrics, seconds: 60 }] };
  const observation = more.observe?.(withMetrics) ?? withMetrics;
  const [worst] = analyze(observation, file, { objectives: defaultObjectives, now: observation.to }).bottlenecks;
  const advice = worst!.recommendations.map(({ kind }) => kind);
  return { ...worst!.cause, advice, others: worst!.otherCauses.map(({ kind }) => kind), worst: worst! };
}

describe('the cause', () => {
  it('is the CPU at 96 % of its limit, for which instances help', () => {
    const { kind, evidence, others, advice } = found({ metrics: { cpu: 0.96, memory: 0.4 } });
    expect([kind, others, advice[0]]).toEqual(['cpu-bound', ['too-few-consumers'], 'scale-out']);
    expect(evidence[0]).toBe('CPU is at 96 % of its limit while 3,400 wait.');
  });

  it('is the memory at its limit before the CPU that collects its garbage', () => {
    const { kind, others, advice, worst } = found({ metrics: { cpu: 0.95, memory: 0.93 } });
    expect([kind, others[0], advice[0]]).toEqual(['memory-bound', 'cpu-bound', 'bounded-buffer']);
    expect(worst.recommendations[0]!.bufferSize).toBe(3_600);
  });

  it('is what the stage waits for when work waits and its processors do not', () => {
    const { kind, evidence, advice } = found({
      metrics: { cpu: 0.12, memory: 0.3 },
      reading: () => ({ inFlight: 40, prefetch: 20 }),
    });
    expect([kind, advice]).toEqual([
      'downstream-wait',
      ['fix-downstream', 'batch', 'circuit-breaker', 'limit-producer'],
    ]);
    expect(evidence).toEqual([
      'CPU is at 12 % of its limit though 3,400 wait.',
      'Its consumers hold 40 messages unacknowledged, as many as their prefetch lets them.',
    ]);
  });

  it('is not downstream while the processors are busy', () => {
    expect(found({ metrics: { cpu: 0.7 } }).kind).toBe('too-few-consumers');
  });

  it('is a group that never settles: its counter rises, or most sweeps find it rebalancing', () => {
    const counted = found({ reading: (seconds) => ({ rebalances: 4 + Math.floor(seconds / 10) }) });
    expect([counted.kind, counted.advice[0]]).toEqual(['rebalance-loop', 'restart-consumer']);
    expect(counted.evidence[0]).toBe('6 rebalances in 1 m.');
    const named = found({ reading: (s) => ({ brokerState: s % 20 < 10 ? 'PreparingRebalance' : 'Stable' }) });
    expect(named.kind).toBe('rebalance-loop');
    expect(named.evidence[0]).toMatch(/^The group was rebalancing in 21 of 41 sweeps \(51 %\)\.$/);
  });

  it('is not a rebalance that happened once', () => {
    const once = found({ reading: (s) => ({ brokerState: s > 10 && s < 50 ? 'PreparingRebalance' : 'Stable' }) });
    expect(once.kind).toBe('too-few-consumers');
    expect(found({ reading: (s) => ({ rebalances: s > 30 ? 2 : 1 }) }).kind).toBe('too-few-consumers');
  });

  it('is the same messages delivered again and again', () => {
    const { kind, evidence, advice } = found({ reading: (seconds) => ({ redelivered: 500 + 90 * seconds }) });
    expect([kind, advice[0]]).toEqual(['redelivery-loop', 'dead-letter']);
    expect(evidence[0]).toBe('5,400 of 9,000 deliveries in 1 m were repeated (60 %); 3,600 messages were finished.');
    expect(found({ reading: (seconds) => ({ redelivered: seconds }) }).kind).toBe('too-few-consumers');
  });

  it('is a prefetch below rate × round trip + 1, and the advice is the number that is enough', () => {
    const small = found({ roundTripSeconds: 0.05, reading: () => ({ prefetch: 2, inFlight: 4 }) });
    expect([small.kind, small.advice[0]]).toEqual(['prefetch-too-small', 'set-prefetch']);
    expect(small.evidence[0]).toContain('Prefetch is 2; 30/s for each of 2 consumers × 50 ms round trip + 1 is 3');
    // 100/s ÷ 0.7 for two consumers, 50 ms away, and one in work.
    expect(small.worst.recommendations[0]!.prefetch).toBe(5);
    expect(found({ roundTripSeconds: 0.05, reading: () => ({ prefetch: 3, inFlight: 6 }) }).kind).toBe(
      'too-few-consumers',
    );
  });

  it('is a prefetch so large that one consumer has what others could do', () => {
    const member = (id: string, inFlight: number) => ({
      ...{ id, client: null, host: null, inFlight },
      ...{ idleSeconds: null, prefetch: null },
    });
    const hoarded = found({
      reading: () => ({ inFlight: 900, members: [member('a', 900), member('b', 0), member('c', 0)] }),
      roundTripSeconds: 0.01,
    });
    expect([hoarded.kind, hoarded.advice[0]]).toEqual(['prefetch-too-large', 'set-prefetch']);
    expect(hoarded.evidence).toEqual(['a holds 900 of 900 messages in flight while 2 others have none.']);
    const held = found({ reading: () => ({ inFlight: 12_000, prefetch: 6_000 }) });
    expect(held.evidence[0]).toContain('each waits 3 m 20 s inside a consumer (prefetch 6,000)');
  });

  it('is a burst when far more arrives than before and the usual could be done', () => {
    const burst = found({ observe: (seen) => withPast(seen, 20) });
    expect([burst.kind, burst.advice[0]]).toEqual(['publisher-burst', 'limit-producer']);
    expect(burst.evidence[0]).toBe('100/s arrived in the last 1 m, 20/s in the 10 m before.');
    expect(found({ observe: (seen) => withPast(seen, 90) }).kind).toBe('too-few-consumers');
  });

  it('is no burst when not even the usual could be done', () => {
    expect(found({ flow: { finishes: 10 }, observe: (seen) => withPast(seen, 20) }).kind).toBe('too-few-consumers');
  });
});

/** The same queue with ten minutes before the window in which so many messages per second arrived. */
function withPast(seen: WholeObservation, usual: number): WholeObservation {
  return {
    ...seen,
    queues: seen.queues.map((queue) => ({
      ...queue,
      past: { at: seen.from - 600_000, produced: queue.produced[0]! - 600 * usual },
    })),
  };
}

it('keeps of what came before the window only what was produced until then', () => {
  const at = Date.UTC(2026, 0, 1);
  const rows = (seconds: number) => [flow(overrun)(seconds)!];
  const sweeps = [0, 10, 20, 30].map((seconds) => sweepAt(at + seconds * 1000, rows(seconds)));
  const [queue] = observe(sweeps, at + 15_000).queues;
  expect([...queue!.at]).toEqual([at + 20_000, at + 30_000]);
  expect(queue!.past).toEqual({ at, produced: 1_000 });
});
