import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/diagnose/analyze';
import { defaultObjectives, type Pipeline } from '../../../src/model/pipeline';
import { report as schema, type Report } from '../../../src/model/report';
import type { Observation } from '../../../src/model/series';
import { broker, flow, pipelineOf, ref, stage, watched } from '../../harness/observations';

const analyzed = (observation: Observation, pipeline: Pipeline | null = null): Report =>
  schema.parse(analyze(observation, pipeline, { objectives: defaultObjectives, now: observation.to }));

const stateOf = (report: Report, name: string) => report.stages.find((one) => one.name === name)?.state;
const validator = flow({ destination: 'orders', group: 'validator', arrives: 1050, consumers: 3 });
const payments = flow({
  ...{ destination: 'validated', group: 'payments', arrives: 1050, finishes: 300, waits: 40_000, consumers: 2 },
});
const sender = flow({ destination: 'results', group: 'sender', arrives: 300 });
const threeStages = pipelineOf(
  stage('api', [], [ref('orders')]),
  stage('validator', [ref('orders/validator')], [ref('validated')], { ratePerInstance: 500 }),
  stage('payments', [ref('validated/payments')], [ref('results')], { costPerInstance: 40 }),
  stage('sender', [ref('results/sender')], [], { instances: 1, ratePerInstance: 500 }),
);

describe('the circulated sample as a pipeline', () => {
  const report = analyzed(watched([validator, payments, sender]), threeStages);
  const [worst] = report.bottlenecks;

  it('names the middle stage, with figures that add up', () => {
    expect(report.bottlenecks).toHaveLength(1);
    expect(worst).toMatchObject({
      stage: 'payments',
      broker: null,
      queue: 'main/validated/payments',
      drainSeconds: null,
    });
    expect(worst!.inputRate).toBeCloseTo(1050, 6);
    expect(worst!.processingRate).toBeCloseTo(300, 6);
    expect(worst!.deficit).toBeCloseTo(750, 6);
    expect(worst!.backlog).toBeCloseTo(85_000, 6);
  });

  it('advises ten instances first, with their cost and drain time', () => {
    expect(worst!.cause.kind).toBe('too-few-consumers');
    expect(worst!.recommendations[0]).toMatchObject({ kind: 'scale-out', instances: 10, monthlyCost: 400 });
    expect(worst!.recommendations[0]!.drainSeconds).toBeCloseTo(85_000 / 450, 6);
    expect(worst!.recommendations.map(({ kind }) => kind)).toEqual(['scale-out', 'optimise', 'limit-producer']);
    expect(worst!.recommendations[1]!.targetSecondsPerMessage).toBeCloseTo(2 / 1500, 9);
  });

  it('says where the limit goes next, with the capacity of its file entry', () => {
    expect(worst!.next).toEqual({ stage: 'sender', atRate: 500 });
  });

  it('tells it all in the sentence', () => {
    expect(report.sentence).toBe(
      'payments is the bottleneck. 1,050/s arrive, 300/s are finished; 85,000 wait and grow by 750/s: it never drains. ' +
        '10 instances would empty it in 3 m 9 s and then run at 70 %; the next limit is sender (500/s by its own file entry).',
    );
  });

  it('knows the other stages: busy before it, starved behind it, a source without input', () => {
    expect(report.stages.map(({ name, state }) => [name, state])).toEqual([
      ['api', 'busy'],
      ['validator', 'busy'],
      ['payments', 'bottleneck'],
      ['sender', 'starved'],
    ]);
    expect(report.stages[0]).toMatchObject({ inputRate: null, missing: { inputRate: { kind: 'none' } } });
    expect(report.stages[1]!.utilisation).toBeCloseTo(0.7, 6);
  });

  it('has an edge for every step, with its rate and where it is known from', () => {
    expect(report.edges.map(({ from, to, source }) => `${from} > ${to} ${source}`)).toEqual([
      'api > main/orders/validator file',
      'main/orders/validator > validator file',
      'validator > main/validated/payments file',
      'main/validated/payments > payments file',
      'payments > main/results/sender file',
      'main/results/sender > sender file',
    ]);
    expect(report.edges[3]!.rate).toBeCloseTo(300, 6);
  });
});

describe('a cap', () => {
  const advised = (maxInstances: number) => {
    const capped = pipelineOf(stage('payments', [ref('validated/payments')], [], { maxInstances }));
    return analyzed(watched([payments]), capped).bottlenecks[0]!;
  };

  it('that binds is said, and nothing moves on while the stage stays too slow', () => {
    const { recommendations, next } = advised(5);
    expect(recommendations[0]).toMatchObject({ kind: 'scale-out', instances: 5, drainSeconds: null });
    expect(recommendations[0]!.why).toContain('10 would be needed, but maxInstances is 5.');
    expect(next).toBeNull();
  });

  it('that allows no more than there are leaves faster work as the first advice', () => {
    const { recommendations } = advised(2);
    expect(recommendations.map(({ kind }) => kind)).toEqual(['optimise', 'limit-producer']);
    expect(recommendations[0]!.why).toContain('10 would be needed, but maxInstances is 2.');
  });
});

describe('what is a bottleneck', () => {
  it('is never a draining backlog', () => {
    const report = analyzed(watched([flow({ destination: 'a', arrives: 50, finishes: 90, waits: 90_000 })]));
    expect(report.bottlenecks).toEqual([]);
    expect(report.sentence).toBe('Nothing is backing up. a › worker drains: 87,600 wait, empty in 36 m 30 s.');
  });

  it('is both of two slow stages in a row, the worse first', () => {
    const first = flow({ destination: 'a', group: 'first', arrives: 100, finishes: 80 });
    const second = flow({ destination: 'b', group: 'second', arrives: 80, finishes: 20 });
    const pipeline = pipelineOf(stage('first', [ref('a/first')], [ref('b')]), stage('second', [ref('b/second')], []));
    expect(analyzed(watched([first, second]), pipeline).bottlenecks.map((one) => one.stage)).toEqual([
      'second',
      'first',
    ]);
  });

  it('is the stage behind a full bounded queue, for which the one before is only blocked', () => {
    const first = flow({ destination: 'a', group: 'first', arrives: 100, finishes: 20 });
    const second = flow({ destination: 'b', group: 'second', arrives: 20, finishes: 20, waits: 1_000 });
    const pipeline = pipelineOf(
      stage('first', [ref('a/first')], [ref('b', 1_000)]),
      stage('second', [ref('b/second')], []),
    );
    const report = analyzed(watched([first, second]), pipeline);
    expect(stateOf(report, 'first')).toBe('blocked');
    expect(report.stages[0]!.waitsFor).toBe('second');
    const [only, ...others] = report.bottlenecks;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ stage: 'second', queue: 'main/b/second' });
    expect([only!.inputRate, only!.processingRate, only!.deficit, only!.backlog].map(Math.round as never)).toEqual([
      100, 20, 80, 5_800,
    ]);
    expect(report.notes.map(({ code }) => code)).toContain('blocked-chain');
  });

  it('is found at the end of a chain of full queues', () => {
    const full = (destination: string, group: string) =>
      flow({ destination, group, arrives: 20, waits: 1_000, reading: { capacity: 1_000 } });
    const head = flow({ destination: 'a', group: 'one', arrives: 90, finishes: 20 });
    const pipeline = pipelineOf(
      stage('one', [ref('a/one')], [ref('b')]),
      stage('two', [ref('b/two')], [ref('c')]),
      stage('three', [ref('c/three')], []),
    );
    const report = analyzed(watched([head, full('b', 'two'), full('c', 'three')]), pipeline);
    expect(report.stages.map(({ state, waitsFor }) => [state, waitsFor])).toEqual([
      ['blocked', 'three'],
      ['blocked', 'three'],
      ['bottleneck', null],
    ]);
    expect(report.bottlenecks).toHaveLength(1);
    expect(report.bottlenecks[0]!.deficit).toBeCloseTo(70, 6);
  });

  it('ends in a cycle, as a retry topic makes one', () => {
    const pipeline = pipelineOf(stage('one', [ref('a/one')], [ref('b')]), stage('two', [ref('b/two')], [ref('a')]));
    const full = (destination: string, group: string) =>
      flow({ destination, group, arrives: 20, waits: 1_000, reading: { capacity: 1_000 } });
    expect(analyzed(watched([full('a', 'one'), full('b', 'two')]), pipeline).stages).toHaveLength(2);
  });

  it('is the broker when its alarm keeps producers waiting', () => {
    const brokers = [broker('main', { alarms: ['memory'], pressure: ['memory alarm on node a'] })];
    const report = analyzed(
      watched([flow({ destination: 'a', group: 'w', arrives: 5 })], { brokers }),
      pipelineOf(stage('source', [], [ref('a')])),
    );
    expect(report.bottlenecks).toMatchObject([{ stage: null, broker: 'main', cause: { kind: 'broker-flow-control' } }]);
    expect(report.stages[0]).toMatchObject({ state: 'blocked', waitsFor: 'broker:main' });
  });

  it('counts two groups on a topic as two inputs, and adds up the inputs of a stage', () => {
    const one = flow({ destination: 'a', group: 'w', arrives: 100, finishes: 60 });
    const two = flow({ destination: 'b', group: 'w', arrives: 50, finishes: 30 });
    const [only] = analyzed(watched([one, two])).bottlenecks;
    expect(only!.stage).toBe('w');
    expect(only!.inputRate).toBeCloseTo(150, 6);
    expect(only!.deficit).toBeCloseTo(60, 6);
    const shared = pipelineOf(
      stage('source', [], [ref('a')]),
      stage('w', [ref('a/w')], []),
      stage('x', [ref('a/x')], []),
    );
    const groups = [
      flow({ destination: 'a', group: 'w', arrives: 9 }),
      flow({ destination: 'a', group: 'x', arrives: 9 }),
    ];
    expect(analyzed(watched(groups), shared).stages[0]!.produces).toEqual(['main/a/w', 'main/a/x']);
  });
});

describe('confidence', () => {
  const sure = (queue: typeof payments, pipeline: Pipeline | null) =>
    analyzed(watched([queue]), pipeline).bottlenecks[0]!.confidence;
  const named = pipelineOf(stage('payments', [ref('validated/payments')], []));

  it('is that of the trend where a file names the graph, and less where nothing does', () => {
    expect(sure(payments, named)).toBe(0.99);
    expect(sure(payments, null)).toBe(0.8);
  });

  it('falls with the share of sweeps in which the backlog could not be read', () => {
    const patchy: typeof payments = (seconds) => {
      const row = payments(seconds)!;
      return Math.floor(seconds / 1.5) % 2 === 0 ? row : { ...row, backlog: null, waiting: null };
    };
    expect(sure(patchy, named)).toBeCloseTo(21 / 41, 9);
  });
});

describe('the cause', () => {
  const partitions =
    (growth: number[], more: object = {}) =>
    (seconds: number) => {
      const base = flow({ destination: 'a', group: 'w', arrives: 100, finishes: 60, consumers: 2, ...more })(seconds)!;
      const rows = growth.map((perSecond, partition) => ({
        ...{
          partition,
          start: 0,
          end: 25 * seconds,
          committed: (25 - perSecond) * seconds,
          backlog: perSecond * seconds,
          consumer: 'c',
        },
      }));
      return { ...base, partitions: rows };
    };
  const causeOf = (queue: (seconds: number) => ReturnType<typeof flow> extends (s: number) => infer R ? R : never) =>
    analyzed(watched([queue])).bottlenecks[0]!;

  it('is a hot partition before all else, and adding consumers is not advised', () => {
    const found = causeOf(partitions([22, 6, 6, 6], { consumers: 4 }));
    expect(found.cause.kind).toBe('hot-partition');
    expect(found.otherCauses.map(({ kind }) => kind)).toEqual(['partition-limited', 'too-few-consumers']);
    expect(found.recommendations[0]!.kind).toBe('rekey');
  });

  it('is no hot partition among three', () => {
    expect(causeOf(partitions([36, 2, 2])).cause.kind).toBe('too-few-consumers');
  });

  it('is the number of partitions when every one has its consumer', () => {
    const found = causeOf(partitions([10, 10, 10, 10], { consumers: 4 }));
    expect(found.cause.kind).toBe('partition-limited');
    expect(found.recommendations.map(({ kind }) => kind)).toEqual([
      'add-partitions',
      'scale-out',
      'optimise',
      'limit-producer',
    ]);
    expect(found.recommendations[0]!.partitions).toBeGreaterThan(4);
    expect(found.recommendations[0]!.commands).toEqual([
      `kafka-topics.sh --bootstrap-server 127.0.0.1:9092 --alter --topic a --partitions ${found.recommendations[0]!.partitions}`,
    ]);
  });

  it('is one stuck consumer when a single partition stands still', () => {
    const found = causeOf(partitions([25, 5, 5, 5]));
    expect(found.cause.kind).toBe('stuck-consumer');
    expect(found.cause.evidence[0]).toContain('Partition 0 committed nothing in 1 m');
    expect(found.recommendations[0]!.kind).toBe('restart-consumer');
  });

  it('is a stuck consumer when members finish nothing, and no consumer when there are none', () => {
    const dead = { destination: 'a', arrives: 10, finishes: 0 };
    expect(causeOf(flow(dead)).cause.kind).toBe('stuck-consumer');
    const nobody = causeOf(flow({ ...dead, consumers: 0 }));
    expect(nobody.cause.kind).toBe('no-consumer');
    expect(nobody.recommendations[0]!.kind).toBe('start-consumer');
  });
});

describe('what cannot be known is said', () => {
  it('when the broker could not be read', () => {
    const error = { code: 'unreachable' as const, message: 'connection refused', next: 'start the broker' };
    const report = analyzed(watched([], { brokers: [broker('main', { state: 'failed', error })] }), threeStages);
    expect(report.sentence).toBe(
      'Cannot tell: main could not be read (connection refused). What to do: start the broker.',
    );
    expect(report.notes[0]).toMatchObject({ code: 'queue-not-listed', queue: 'main/orders/validator' });
    expect(
      report.queues.every(({ state, missing }) => state === 'unknown' && missing.backlog?.kind === 'unknown'),
    ).toBe(true);
  });

  it('when there was one sweep only', () => {
    const report = analyzed(watched([validator], { seconds: 0 }));
    expect(report.sentence).toBe('Cannot tell yet: one sweep tells no rates. Sample for 60 s.');
    expect(report.queues[0]).toMatchObject({ arrivalRate: null, missing: { arrivalRate: { kind: 'unknown' } } });
  });

  it('when nothing was sampled at all', () => {
    expect(analyzed(watched([], { seconds: 60 })).sentence).toContain('Cannot tell: the brokers list no queue.');
  });

  it('with a row for a queue that the file names and no broker lists', () => {
    const report = analyzed(watched([validator]), threeStages);
    expect(report.queues.map(({ id, state }) => [id, state])).toEqual([
      ['main/orders/validator', 'healthy'],
      ['main/validated/payments', 'unknown'],
      ['main/results/sender', 'unknown'],
    ]);
    expect(report.notes.filter(({ code }) => code === 'queue-not-listed')).toHaveLength(2);
  });

  it('and a healthy pipeline has its busiest stage in the sentence', () => {
    expect(analyzed(watched([validator, sender]), pipelineOf(threeStages.stages[1]!)).sentence).toBe(
      'Nothing is backing up. The busiest is validator at 70 %.',
    );
  });

  it('and measured consumers win over the file, with a note', () => {
    const pipeline = pipelineOf(stage('validator', [ref('orders/validator')], [], { instances: 5 }));
    const report = analyzed(watched([validator]), pipeline);
    expect(report.stages[0]!.instances).toBe(3);
    expect(report.notes.map(({ code }) => code)).toEqual(['instances-differ']);
  });
});

describe('for any rates', () => {
  const flows = fc.array(
    fc.record({
      arrives: fc.integer({ min: 0, max: 5_000 }),
      finishes: fc.integer({ min: 0, max: 5_000 }),
      waits: fc.integer({ min: 0, max: 1_000_000 }),
      consumers: fc.constantFrom(null, 0, 1, 4),
      commitsEvery: fc.constantFrom(1, 5, 20),
    }),
    { minLength: 1, maxLength: 4 },
  );
  const reports = flows.map((all) =>
    analyzed(watched(all.map((one, i) => flow({ destination: `q${i}`, group: `g${i}`, ...one })))),
  );

  it('growth is arrivals less departures, and only a draining or empty queue has a drain time', () => {
    fc.assert(
      fc.property(reports, ({ queues }) => {
        for (const queue of queues) {
          expect(queue.growthRate).toBe(queue.arrivalRate! - queue.departureRate!);
          expect(queue.drainSeconds !== null).toBe(queue.backlog === 0 || queue.trend.state === 'draining');
          expect(queue.drainSeconds ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a deficit is input less processing, the worst first, and a bottleneck never drains', () => {
    fc.assert(
      fc.property(reports, ({ bottlenecks, queues }) => {
        for (const one of bottlenecks) {
          expect(one.deficit).toBe(one.inputRate! - one.processingRate!);
          expect(one.drainSeconds).toBeNull();
          expect(queues.find(({ id }) => id === one.queue)!.trend.state).not.toBe('draining');
        }
        const deficits = bottlenecks.map(({ deficit }) => deficit);
        expect(deficits).toEqual(deficits.toSorted((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });
});
