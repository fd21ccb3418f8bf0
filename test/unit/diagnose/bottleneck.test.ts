import { describe, expect, it } from 'vitest';
import { queueId } from '../../../src/model/identity';
import { unknown } from '../../../src/model/figure';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, pipelineOf, ref, stage, type Flow, type QueueOverTime } from '../../harness/observations';

const input = (destination: string, more: Omit<Flow, 'destination'> = {}) => flow({ destination, group: 'w', ...more });

describe('the queue a bottleneck is named with', () => {
  const named = (...queues: QueueOverTime[]) => analyzed(queues).bottlenecks.map(({ queue }) => queue);

  it('is the input that grows fastest, wherever it stands', () => {
    const slow = input('slow', { arrives: 50, finishes: 40 });
    const fast = input('fast', { arrives: 50, finishes: 10 });
    expect(named(slow, fast)).toEqual(['main/fast/w']);
    expect(named(fast, slow)).toEqual(['main/fast/w']);
  });

  it('is one that grows rather than one where more waits', () => {
    const large = input('large', { arrives: 50, waits: 90_000 });
    expect(named(large, input('grows', { arrives: 50, finishes: 40 }))).toEqual(['main/grows/w']);
  });

  it('is the one where more waits of two that stand still', () => {
    const still = (waits: number) => input(`still-${waits}`, { waits, finishes: 0 });
    expect(named(still(100), still(900))).toEqual(['main/still-900/w']);
    expect(named(still(900), still(100))).toEqual(['main/still-900/w']);
  });
});

describe('what a bottleneck lacks', () => {
  const uncounted = { produced: null, consumed: null, missing: { produced: unknown('not counted') } };

  it('is the growth of its backlog where the broker counts no messages', () => {
    const [only] = analyzed([input('a', { arrives: 100, finishes: 60, reading: uncounted })]).bottlenecks;
    expect(only).toMatchObject({ inputRate: null, processingRate: null });
    expect(only!.deficit).toBeCloseTo(40, 6);
  });

  it('is not less because another of its inputs drains', () => {
    const [only] = analyzed([
      input('a', { arrives: 100, finishes: 60, reading: uncounted }),
      input('b', { arrives: 10, finishes: 40, waits: 90_000, reading: uncounted }),
    ]).bottlenecks;
    expect(only!.deficit).toBeCloseTo(40, 6);
    expect(only!.backlog).toBeCloseTo(2_400 + 90_000 - 1_800, 6);
  });

  it('puts the one where more waits first among equals', () => {
    const still = (destination: string, waits: number) => flow({ destination, group: destination, waits, finishes: 0 });
    const order = (...queues: QueueOverTime[]) => analyzed(queues).bottlenecks.map(({ stage: name }) => name);
    expect(order(still('few', 100), still('many', 900))).toEqual(['many', 'few']);
    expect(order(still('many', 900), still('few', 100))).toEqual(['many', 'few']);
  });

  it('is certain by 0.95 when the stage stands still, which needs no statistics', () => {
    const [only] = analyzed(
      [input('a', { waits: 500, finishes: 0 })],
      pipelineOf(stage('w', [ref('a/w')], [])),
    ).bottlenecks;
    expect(only).toMatchObject({ stage: 'w', confidence: 0.95 });
  });
});

describe('a stage behind a full queue', () => {
  const full = flow({ destination: 'b', group: 'second', arrives: 20, waits: 1_000 });

  it('is told with the stages that it holds up, and whose figures these are', () => {
    const pipeline = pipelineOf(
      stage('first', [ref('a/first')], [ref('b', 1_000)]),
      stage('second', [ref('b/second')], []),
    );
    const head = flow({ destination: 'a', group: 'first', arrives: 100, finishes: 20 });
    expect(analyzed([head, full], pipeline).notes.filter(({ code }) => code === 'blocked-chain')).toEqual([
      {
        ...{ level: 'info', code: 'blocked-chain', stage: 'second', queue: null },
        text: 'second holds up first: its input is full. Arrivals (100/s) are those at the head of that chain, the backlog (5,800) is of the whole chain.',
      },
    ]);
  });

  it('is asked to do what a source sends that consumes nothing itself', () => {
    const pipeline = pipelineOf(stage('api', [], [ref('b', 1_000)]), stage('second', [ref('b/second')], []));
    const [only] = analyzed([full], pipeline).bottlenecks;
    expect(only!.stage).toBe('second');
    expect(only!.inputRate).toBeCloseTo(20, 6);
  });

  it('holds nobody up where no queue is full, and no note says so', () => {
    const growing = input('a', { arrives: 100, finishes: 60 });
    expect(analyzed([growing]).notes.map(({ code }) => code)).not.toContain('blocked-chain');
  });
});

describe('a burst from a stage that works off a backlog', () => {
  const first = flow({ destination: 'a', group: 'first', arrives: 50, finishes: 100, waits: 10_000 });
  const second = flow({ destination: 'b', group: 'second', arrives: 100, finishes: 70 });
  const ends = (...others: string[]) =>
    pipelineOf(
      stage('first', [ref('a/first')], [ref('b')]),
      stage('second', [ref('b/second'), ...others.map((each) => ref(each))], []),
    );
  const bursts = ({ notes }: ReturnType<typeof analyzed>) => notes.filter(({ code }) => code === 'burst-passes');

  it('is told as passing, and nobody is to blame', () => {
    const report = analyzed([first, second], ends());
    expect(report.bottlenecks).toEqual([]);
    expect(bursts(report)).toEqual([
      {
        ...{ level: 'info', code: 'burst-passes', stage: 'second', queue: 'main/b/second' },
        text: 'second gets more than usual while first works off 7,000 (2 m 20 s more): 50/s will arrive then, and 70/s are finished.',
      },
    ]);
  });

  it('is no excuse for a stage that another of its inputs overruns', () => {
    const overrun = flow({ destination: 'c', group: 'second', arrives: 30, finishes: 10 });
    const report = analyzed([first, second, overrun], ends('c/second'));
    expect(report.bottlenecks.map(({ stage: name }) => name)).toEqual(['second']);
    expect(bursts(report)).toEqual([]);
  });
});

describe('a broker in alarm', () => {
  const alarmed = { brokers: [broker('main', { alarms: ['memory'] }), broker('far')] };
  const place = { broker: 'far', namespace: null, destination: 'elsewhere', group: 'x' };
  const far = { ...ref('elsewhere/x'), ...place, id: queueId(place) };
  const farQueue = flow({ destination: 'elsewhere', group: 'x', reading: { broker: 'far', id: far.id } });
  const held = [
    flow({ destination: 'a', group: 'one', arrives: 100, finishes: 60 }),
    flow({ destination: 'b', group: 'two', arrives: 50, finishes: 40 }),
  ];
  const out = (destination: string, reading = {}) => flow({ destination, group: 'x', waits: 500, reading });
  const pipeline = pipelineOf(
    stage('one', [ref('a/one')], [far, ref('out/x')]),
    stage('two', [ref('b/two')], [ref('brim/x')]),
  );

  it('is one bottleneck with the figures of all stages that it keeps waiting', () => {
    const { bottlenecks } = analyzed([...held, farQueue, out('out'), out('brim')], pipeline, alarmed);
    expect(bottlenecks).toHaveLength(1);
    const [only] = bottlenecks;
    expect(only).toMatchObject({ stage: null, broker: 'main', severity: 'warning', confidence: 0.95 });
    expect([only!.inputRate, only!.processingRate, only!.deficit, only!.backlog].map((x) => Math.round(x!))).toEqual([
      150, 100, 50, 3_000,
    ]);
  });

  it('is named with a queue of its own, and first with one that is full', () => {
    const named = (brim: object) =>
      analyzed([...held, farQueue, out('out'), out('brim', brim)], pipeline, alarmed).bottlenecks[0]!.queue;
    expect(named({})).toBe('main/out/x');
    expect(named({ capacity: 500 })).toBe('main/brim/x');
  });
});
