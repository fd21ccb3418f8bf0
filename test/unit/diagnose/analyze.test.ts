import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report';
import { analyzed } from '../../harness/analyzed';
import { broker, flow, pipelineOf, ref, stage } from '../../harness/observations';

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
  let report: Report;
  let worst: Report['bottlenecks'][number] | undefined;
  beforeAll(() => {
    report = analyzed([validator, payments, sender], threeStages);
    [worst] = report.bottlenecks;
  });

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

describe('what cannot be known is said', () => {
  it('when the broker could not be read', () => {
    const error = { code: 'unreachable' as const, message: 'connection refused', next: 'start the broker' };
    const report = analyzed([], threeStages, { brokers: [broker('main', { state: 'failed', error })] });
    expect(report.sentence).toBe(
      'Cannot tell: main could not be read (connection refused). What to do: start the broker.',
    );
    expect(report.notes[0]).toMatchObject({ code: 'queue-not-listed', queue: 'main/orders/validator' });
    expect(
      report.queues.every(({ state, missing }) => state === 'unknown' && missing.backlog?.kind === 'unknown'),
    ).toBe(true);
  });

  it('when there was one sweep only', () => {
    const report = analyzed([validator], null, { seconds: 0 });
    expect(report.sentence).toBe('Cannot tell yet: one sweep tells no rates. Sample for 60 s.');
    expect(report.queues[0]).toMatchObject({ arrivalRate: null, missing: { arrivalRate: { kind: 'unknown' } } });
  });

  it('when nothing was sampled at all', () => {
    expect(analyzed([]).sentence).toContain('Cannot tell: the brokers list no queue.');
  });

  it('with a row for a queue that the file names and no broker lists', () => {
    const report = analyzed([validator], threeStages);
    expect(report.queues.map(({ id, state }) => [id, state])).toEqual([
      ['main/orders/validator', 'healthy'],
      ['main/validated/payments', 'unknown'],
      ['main/results/sender', 'unknown'],
    ]);
    expect(report.notes.filter(({ code }) => code === 'queue-not-listed')).toHaveLength(2);
  });

  it('and a healthy pipeline has its busiest stage in the sentence', () => {
    expect(analyzed([validator, sender], pipelineOf(threeStages.stages[1]!)).sentence).toBe(
      'Nothing is backing up. The busiest is validator at 70 %.',
    );
  });

  it('and measured consumers win over the file, with a note', () => {
    const pipeline = pipelineOf(stage('validator', [ref('orders/validator')], [], { instances: 5 }));
    const report = analyzed([validator], pipeline);
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
    analyzed(all.map((one, i) => flow({ destination: `q${i}`, group: `g${i}`, ...one }))),
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
