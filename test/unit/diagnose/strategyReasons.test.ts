import { beforeAll, describe, expect, it } from 'vitest';
import { defaultObjectives, type Stage } from '../../../src/model/pipeline';
import type { Strategy, StrategyKind } from '../../../src/model/report';
import { stageReading, type QueueReading } from '../../../src/model/sweep';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, pipelineOf, ref, stage, type Flow, type QueueOverTime } from '../../harness/observations';

const overrun: Flow = { destination: 'validated', group: 'payments', arrives: 1050, finishes: 300, consumers: 2 };

interface Told {
  file?: Partial<Stage>;
  flow?: Partial<Flow>;
  reading?: (seconds: number) => Partial<QueueReading>;
  cpu?: number | null;
}
function ranked({ file = {}, flow: more = {}, reading, cpu = null }: Told = {}): Strategy[] {
  const queue: QueueOverTime = (seconds) => ({ ...flow({ ...overrun, ...more })(seconds)!, ...reading?.(seconds) });
  const latest = stageReading.parse({ name: 'payments', cpu });
  const stages = [{ first: latest, latest, seconds: 60 }];
  return analyzed([queue], pipelineOf(stage('payments', [ref('validated/payments')], [], file)), { stages }).strategies;
}
const fits = (strategies: readonly Strategy[], kind: StrategyKind) =>
  strategies.find((strategy) => strategy.kind === kind)!.fits;
const rankOf = (strategies: readonly Strategy[], kind: StrategyKind) =>
  strategies.find((strategy) => strategy.kind === kind)!.rank;

describe('the strategies where nothing is short', () => {
  /** Two do 10/s each and 5/s arrive. */
  let healthy: Strategy[];
  beforeAll(() => {
    healthy = ranked({ flow: { arrives: 5, finishes: 5 }, file: { ratePerInstance: 10 } });
  });

  it('begin with a limit for its queue, and end with dropping what was meant to be kept', () => {
    expect(healthy.map(({ kind }) => kind)).toEqual([
      ...['bounded-buffer', 'autoscaling', 'rate-limiting', 'circuit-breaker', 'priority-queues'],
      ...['batching', 'load-shedding'],
    ]);
  });

  it('say what they would be with the figures of the stage', () => {
    expect(fits(healthy, 'bounded-buffer')).toBe('Its queue has no limit today. 1,200 messages are 60 s of work.');
    expect(fits(healthy, 'autoscaling')).toBe(
      'Nothing is short now, so it would follow the load. From 2 to 1 instance.',
    );
    expect(fits(healthy, 'rate-limiting')).toBe('14/s, 70 % of what it can do.');
    expect(fits(healthy, 'circuit-breaker')).toBe(
      'Nothing seen says that payments waits for another service. Open after 5 failures in a row, try again after 30 s.',
    );
    expect(fits(healthy, 'priority-queues')).toBe('20/s to share out.');
    expect(fits(healthy, 'batching')).toBe('At 5/s a batch fills slowly.');
    expect(fits(healthy, 'load-shedding')).toBe('Its messages are kept for good, so losing them was not meant.');
  });

  it('have no figures where it was not seen what the stage can do, and none at all where no stage reads anything', () => {
    const unseen = ranked({ flow: { arrives: 50, finishes: 50 } });
    expect(fits(unseen, 'rate-limiting')).toBe('');
    expect(fits(unseen, 'priority-queues')).toBe('');
    expect(fits(unseen, 'batching')).toBe('');
    expect(fits(unseen, 'load-shedding')).toBe('Its messages are kept for good, so losing them was not meant.');
    expect(fits(unseen, 'autoscaling')).toBe('Nothing is short now, so it would follow the load.');
    // What arrives is all that is known of its pace.
    expect(fits(unseen, 'bounded-buffer')).toContain('3,000 messages are 60 s of work.');
    expect(analyzed([], pipelineOf(stage('api', [], [ref('orders')]))).strategies).toEqual([]);
  });

  it('are those of the busiest stage that reads something', () => {
    const input = (name: string, arrives: number) =>
      flow({
        destination: name,
        group: name,
        arrives,
        consumers: 1,
        reading: { capacity: name === 'busy' ? 9_999 : null },
      });
    const stages = [
      stage('api', [], [ref('calm')]),
      stage('calm', [ref('calm/calm')], [], { ratePerInstance: 100 }),
      stage('busy', [ref('busy/busy')], [], { ratePerInstance: 10 }),
      stage('unseen', [ref('unseen/unseen')], []),
    ];
    const { strategies } = analyzed([input('calm', 50), input('busy', 9), input('unseen', 500)], pipelineOf(...stages));
    expect(fits(strategies, 'circuit-breaker')).toContain('that busy waits');
    expect(fits(strategies, 'bounded-buffer')).toContain('Its queue has a limit already. 600 messages');
  });
});

describe('the strategies of a pipeline', () => {
  it('follow the objectives of its file, and without a file the usual ones', () => {
    const declared = pipelineOf(
      stage('api', [], [ref('validated')]),
      stage('payments', [ref('validated/payments')], []),
    );
    const objectives = { ...defaultObjectives, utilisation: 0.5, maxAgeSeconds: 30 };
    const strict = analyzed([flow(overrun)], { ...declared, objectives }).strategies;
    expect(fits(strict, 'rate-limiting')).toContain('150/s, 50 % of what it can do.');
    expect(fits(strict, 'bounded-buffer')).toContain('9,000 messages are 30 s of work.');
    expect(fits(strict, 'circuit-breaker')).toContain('try again after 15 s.');
    const usual = analyzed([flow(overrun)]).strategies;
    expect(fits(usual, 'autoscaling')).toMatch(/^1,050\/s arrive and 300\/s are done, .* From 2 to 10 instances\.$/);
    expect(usual[0]!.tradeOff).toMatch(/^Instances cost money and take a minute/);
    expect(usual).toHaveLength(7);
  });

  it('are for the stage that is held up, not for the broker that holds up another', () => {
    const declared = pipelineOf(
      stage('held', [ref('a/held')], [ref('out')]),
      stage('payments', [ref('validated/payments')], [], { costPerInstance: 40 }),
    );
    const far = { ...ref('out'), broker: 'far', id: 'far/out' };
    declared.stages[0] = { ...declared.stages[0]!, produces: [far] };
    const brokers = [broker('main'), broker('far', { alarms: ['memory'] })];
    const held = flow({ destination: 'a', group: 'held', arrives: 5_000, finishes: 60 });
    const { bottlenecks, strategies } = analyzed([held, flow(overrun)], declared, { brokers });
    expect(bottlenecks.map((one) => one.stage)).toEqual([null, 'payments']);
    expect(fits(strategies, 'circuit-breaker')).toContain('payments waits');
    expect(strategies[0]!.tradeOff).toContain('400 a month');
  });

  it('drop nothing where one of its stages is critical, whichever is looked at', () => {
    const other = flow({ destination: 'a', group: 'other', arrives: 5 });
    const declared = pipelineOf(
      stage('payments', [ref('validated/payments')], []),
      stage('other', [ref('a/other')], [], { critical: true }),
    );
    expect(analyzed([flow(overrun), other], declared).strategies).toHaveLength(6);
  });

  it('have no number of instances where messages or consumers are not counted', () => {
    const blind = ranked({ reading: () => ({ produced: null, consumed: null }) });
    expect(fits(blind, 'autoscaling')).toBe(
      'An unknown rate arrive and an unknown rate are done, which more instances change.',
    );
    const half = ranked({ reading: () => ({ produced: null, consumed: null }), file: { ratePerInstance: 150 } });
    expect(fits(half, 'autoscaling')).toBe('An unknown rate arrive and 300/s are done, which more instances change.');
    const uncounted = ranked({ flow: { consumers: null } });
    expect(fits(uncounted, 'autoscaling')).toMatch(/which more instances change\.$/);
    const declared = ranked({ flow: { consumers: null }, file: { ratePerInstance: 150 } });
    expect(fits(declared, 'autoscaling')).toMatch(/change\. To 10 instances\.$/);
  });

  it('know of a limit when one of the queues has one', () => {
    const second = flow({ destination: 'more', group: 'payments', arrives: 5, reading: { capacity: 99_999 } });
    const both = pipelineOf(stage('payments', [ref('validated/payments'), ref('more/payments')], []));
    expect(fits(analyzed([flow(overrun), second], both).strategies, 'bounded-buffer')).toMatch(
      /^Its queue has a limit already\./,
    );
  });
});

describe('the strategies for a stage that is overrun', () => {
  it('limit the producers and share the cost of a call, and drop only what may be lost', () => {
    const strategies = ranked({ file: { durable: false } });
    expect(fits(strategies, 'rate-limiting')).toBe(
      'More arrives than payments can do all the time, so something has to slow down until it can do more. 210/s, 70 % of what it can do.',
    );
    expect(fits(strategies, 'batching')).toBe(
      'At 1,050/s what a call costs is shared by many messages. 5 messages a call.',
    );
    expect(fits(strategies, 'load-shedding')).toBe(
      'More arrives than payments can do. 750/s of 1,050/s (71 %) would go.',
    );
    expect(rankOf(strategies, 'load-shedding')).toBeLessThan(rankOf(ranked(), 'load-shedding'));
  });

  it('keep what does not fit where it must not be lost, and make its sender wait where it may', () => {
    const overflow = (durable: boolean | null) =>
      ranked({ file: { durable } }).find(({ kind }) => kind === 'bounded-buffer')!.overflow;
    expect([overflow(true), overflow(null), overflow(false)]).toEqual(['spill', 'spill', 'block']);
  });

  it('let what is urgent overtake, the more so between several queues, but never where order is asked for', () => {
    expect(fits(ranked(), 'priority-queues')).toMatch(/^What is urgent need not wait behind the rest\./);
    const ordered = ranked({ file: { ordered: true } });
    expect(fits(ordered, 'priority-queues')).toMatch(/^Order is asked for, and priorities break it\./);
    expect(rankOf(ordered, 'priority-queues')).toBeGreaterThan(rankOf(ranked(), 'priority-queues'));
    const second = flow({ destination: 'more', group: 'payments', arrives: 5, consumers: 2 });
    const both = pipelineOf(stage('payments', [ref('validated/payments'), ref('more/payments')], []));
    expect(fits(analyzed([flow(overrun), second], both).strategies, 'priority-queues')).toMatch(
      /^The queues that payments reads need not wait for each other\./,
    );
  });

  it('count for order that limiting keeps it and dropping breaks it', () => {
    const [plain, ordered] = [
      ranked({ file: { durable: false } }),
      ranked({ file: { durable: false, ordered: true } }),
    ];
    expect(rankOf(ordered, 'load-shedding')).toBeGreaterThan(rankOf(plain, 'load-shedding'));
    const still = { flow: { arrives: 5, finishes: 5 } };
    expect(fits(ranked({ ...still, file: { ordered: true } }), 'rate-limiting')).toBe('Order is kept.');
  });

  it('are not more instances where those would find nothing to do', () => {
    const capped = ranked({ file: { maxInstances: 2 } });
    expect(fits(capped, 'autoscaling')).toBe('More instances would find nothing more to do. From 2 to 2 instances.');
    expect(rankOf(capped, 'autoscaling')).toBe(7);
    const hot = ranked({
      reading: (seconds) => ({
        partitions: [0, 1, 2, 3].map((partition) => {
          const backlog = partition === 0 ? 700 * seconds : 10 * seconds;
          return {
            partition,
            start: 0,
            end: 800 * seconds,
            committed: 800 * seconds - backlog,
            backlog,
            consumer: null,
          };
        }),
      }),
    });
    expect(fits(hot, 'autoscaling')).toMatch(/^More instances would find nothing more to do\./);
  });

  it('spare the service that is waited for, by fewer calls or by none', () => {
    const waiting = ranked({ cpu: 0.1 });
    expect(fits(waiting, 'autoscaling')).toMatch(/^More instances would find nothing more to do\./);
    expect(fits(waiting, 'circuit-breaker')).toMatch(/^More calls make what payments waits for slower still\./);
    expect(fits(waiting, 'batching')).toBe(
      'One call could carry several messages to what payments waits for. 5 messages a call.',
    );
  });

  it('open a circuit where the same messages fail again and again', () => {
    const again = ranked({ reading: (seconds) => ({ redelivered: 900 * seconds }) });
    expect(rankOf(again, 'circuit-breaker')).toBeLessThan(rankOf(ranked(), 'circuit-breaker'));
    expect(fits(again, 'circuit-breaker')).toMatch(/^The same messages fail again and again\./);
  });
});
