import { describe, expect, it } from 'vitest';
import { autoscale } from '../../../src/diagnose/advice/buffers';
import { addPartitions, capPartitions, scaleOut } from '../../../src/diagnose/advice/instances';
import { startConsumer } from '../../../src/diagnose/advice/repair';
import { analyzed } from '../../harness/analyzed';
import { caseOf } from '../../harness/caseOf';
import { flow, pipelineOf, ref, stage } from '../../harness/observations';

const unknownInput = { trouble: { inputRate: null } };
const unknownBacklog = { trouble: { backlog: null } };
/** Nobody knows what one instance can do. */
const unmeasured = { figures: { instances: null, serviceRate: null } };

describe('advice on how many instances', () => {
  const more = (...told: Parameters<typeof caseOf>) => scaleOut(caseOf(...told), null);

  it('is as many as empty the backlog in time and run at the target afterwards, with what they cost', () => {
    // (100 + 2400/300) ÷ 30 are 4 instances, 100 ÷ (0.7 × 30) are 5, which have 150 − 100 left for 2,400.
    expect(more({ file: { costPerInstance: 40 } })).toMatchObject({
      ...{ title: 'Run 5 instances of payments (now 2)', instances: 5, drainSeconds: 48, monthlyCost: 200 },
      why: '5 × 30/s = 150/s against 100/s arriving: 2,400 are gone in 48 s, then it runs at 67 % (4 instances would drain it in time, 5 run at the target afterwards).',
    });
  });

  it('is none where there are enough, and does not say how many there are where nobody counts them', () => {
    expect(more({ figures: { instances: 5, serviceRate: 150 } })).toBeNull();
    for (const figures of [{ instances: null }, null])
      expect(more({ figures, file: { ratePerInstance: 30 } })?.title).toBe('Run 5 instances of payments');
    expect(more({ file: null })?.instances).toBe(5);
  });

  it('is what the partitions allow, and says whether that empties the backlog', () => {
    expect(more({ partitions: 4 })).toMatchObject({ instances: 4, drainSeconds: 120 });
    expect(more({ partitions: 4 })?.why).toMatch(/5 would be needed, but there are 4 partitions to read\.$/);
    expect(more({ partitions: 3 })).toMatchObject({
      ...{ instances: 3, drainSeconds: null },
      why: '3 × 30/s = 90/s against 100/s arriving: it still does not drain. 5 would be needed, but there are 3 partitions to read.',
    });
  });

  it('says who has more to do than the others where partitions do not share out evenly', () => {
    const last = (partitions: number) => more({ partitions })?.why.split(').')[1]?.trim();
    // 2 of 8 partitions are 25 of the 100/s, 2 of 6 are 33/s.
    expect(last(8)).toBe('8 partitions do not share out evenly: who reads 2 of them will run at 83 % afterwards.');
    expect(last(6)).toBe('6 partitions do not share out evenly: who reads 2 of them will get more than they can do.');
    expect([last(5), last(10)]).toEqual(['', '']);
  });

  it('is how many times the present capacity where nobody knows what one can do', () => {
    expect(more(unmeasured)).toMatchObject({
      ...{ title: 'Run 2.4 × the present capacity of payments', instances: null, drainSeconds: null },
      why: '143/s empties the backlog in 5 m; 60/s are finished now. Name its instances in the pipeline file to get a number of them.',
    });
    // 100/s and 60,000 in 300 s are 300/s.
    expect(more({ ...unmeasured, trouble: { backlog: 60_000 } })?.title).toContain('Run 5.0 ×');
    expect(more({ figures: null })).toEqual(more(unmeasured));
    expect(more({ ...unmeasured, ...unknownInput })).toBeNull();
    expect(more({ ...unmeasured, trouble: { processingRate: 0 } })).toBeNull();
    expect(scaleOut(caseOf(unmeasured), 'partitions')).toBeNull();
  });

  it('promises no empty backlog where it could not be read, and asks for no number that is known', () => {
    expect(more(unknownBacklog)?.why).toBe(
      'At 143/s it would run at 70 %; what waits could not be read. 60/s are finished now.',
    );
  });

  it('starts as many as are needed of what nobody runs, or one while nobody knows what one can do', () => {
    const known = startConsumer(caseOf({ figures: null, file: { ratePerInstance: 30, costPerInstance: 2 } }));
    expect(known).toMatchObject({ title: 'Start 5 instances of payments', instances: 5, drainSeconds: 48 });
    expect(known.monthlyCost).toBe(10);
    const unknown = startConsumer(caseOf({ figures: null }));
    expect(unknown).toMatchObject({ title: 'Start a consumer of payments', instances: null, drainSeconds: null });
  });

  it('scales with the backlog up to what is needed now, with its price', () => {
    expect(autoscale(caseOf({ file: { costPerInstance: 40 } }))).toMatchObject({
      ...{ instances: 5, monthlyCost: 200, drainSeconds: 48 },
      title: 'Scale payments with its backlog, from 2 to 5 instances',
    });
    expect(autoscale(caseOf())?.monthlyCost).toBeNull();
    expect(autoscale(caseOf({ figures: { instances: 5, serviceRate: 150 } }))).toBeNull();
    expect(autoscale(caseOf({ figures: { instances: null }, file: { ratePerInstance: 30 } }))).toBeNull();
    expect(autoscale(caseOf({ figures: null, file: { ratePerInstance: 30 } }))).toBeNull();
    expect(autoscale(caseOf(unknownInput))).toBeNull();
  });
});

describe('advice on partitions', () => {
  const four = { partitions: 4, file: { costPerInstance: 40 } };

  it('is one for each instance that is needed, for what waits stays where it is', () => {
    // Each of 5 gets 20/s; the 4 that hold the backlog have 10/s left for it.
    expect(addPartitions(caseOf(four))).toMatchObject({
      ...{ title: 'Give a 5 partitions (now 4)', partitions: 5, instances: 5, drainSeconds: 60, monthlyCost: 200 },
      commands: ['kafka-topics.sh --bootstrap-server 127.0.0.1:9092 --alter --topic a --partitions 5'],
    });
    expect(addPartitions(caseOf(four))?.why).toContain(
      '5 × 30/s = 150/s against 100/s arriving; the 2,400 that wait stay in the present 4 partitions and are gone in 1 m, then it runs at 67 %. Keys',
    );
  });

  it('is followed by the instances that read them', () => {
    const then = (file = {}) => scaleOut(caseOf({ ...four, file }), 'partitions');
    expect(then()).toMatchObject({
      ...{ title: 'Run 5 instances of payments (now 2), once the partitions are there', drainSeconds: 60 },
    });
    // A third of 100/s is more than 30/s.
    expect(then({ maxInstances: 3 })).toMatchObject({ instances: 3, drainSeconds: null });
    expect(then({ maxInstances: 3 })?.why).toMatch(
      /are never gone, then .*\. 5 would be needed, but maxInstances is 3\.$/,
    );
  });

  it('has no number where the rates are not known, and no command where it is no Kafka', () => {
    expect(addPartitions(caseOf({ ...four, ...unknownInput }))).toMatchObject({
      ...{ title: 'Give a more than its 4 partitions', partitions: null, commands: [] },
    });
    expect(addPartitions(caseOf({ ...four, reading: { system: 'prometheus' } }))).toMatchObject({
      ...{ partitions: 5, commands: [] },
    });
  });

  it('is none where there are enough, where there are none, or where no instance may be added to read them', () => {
    expect(addPartitions(caseOf({ partitions: 5 }))).toBeNull();
    expect(addPartitions(caseOf())).toBeNull();
    expect(addPartitions(caseOf({ ...unknownInput }))).toBeNull();
    expect(addPartitions(caseOf({ partitions: 4, file: { maxInstances: 4 } }))).toBeNull();
  });

  it('comes up beside too few consumers only where they are what binds', () => {
    expect(capPartitions(caseOf({ partitions: 4 }))?.partitions).toBe(5);
    expect(capPartitions(caseOf({ partitions: 4, file: { maxInstances: 3 } }))).toBeNull();
    expect(capPartitions(caseOf({ partitions: 4, ...unknownInput }))).toBeNull();
  });
});

describe('a cap', () => {
  const payments = flow({
    ...{ destination: 'validated', group: 'payments', arrives: 1050, finishes: 300, waits: 40_000, consumers: 2 },
  });
  const advised = (maxInstances: number) => {
    const capped = pipelineOf(stage('payments', [ref('validated/payments')], [], { maxInstances }));
    return analyzed([payments], capped).bottlenecks[0]!;
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
