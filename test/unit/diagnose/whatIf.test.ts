import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/diagnose/analyze';
import { whatIf } from '../../../src/diagnose/whatIf';
import { defaultObjectives } from '../../../src/model/pipeline';
import type { WhatIfChange } from '../../../src/model/whatIf';
import { flow, pipelineOf, ref, stage, watched } from '../../harness/observations';

const pipeline = pipelineOf(
  stage('payments', [ref('validated/payments')], [ref('results')], { costPerInstance: 40 }),
  stage('sender', [ref('results/sender')], [], { instances: 1, ratePerInstance: 500 }),
);
const reportOf = (arrives: number, finishes: number, waits: number, consumers: number) => {
  const payments = flow({ destination: 'validated', group: 'payments', arrives, finishes, waits, consumers });
  const sender = flow({ destination: 'results', group: 'sender', arrives: Math.min(arrives, finishes) });
  const observation = watched([payments, sender]);
  return analyze(observation, pipeline, { objectives: defaultObjectives, now: observation.to });
};
const unchanged: WhatIfChange = { stage: 'payments', instances: null, producerLimit: null, drainSeconds: null };

describe('what if, for the circulated sample (1,050 in, 300 out by two instances, 85,000 waiting)', () => {
  const report = reportOf(1050, 300, 40_000, 2);
  const ask = (change: Partial<WhatIfChange>) => whatIf(report, pipeline, { ...unchanged, ...change });

  it('says it never drains as it is, and that seven instances only keep up', () => {
    expect(ask({})).toMatchObject({ drainSeconds: null, utilisation: 1, monthlyCost: 80 });
    expect(ask({ instances: 7 })).toMatchObject({ drainSeconds: null, utilisation: 1 });
  });

  it('drains in ten minutes with eight and runs at 70 % with ten', () => {
    expect(ask({ instances: 8 }).drainSeconds).toBeCloseTo(85_000 / 150, 4);
    const ten = ask({ instances: 10 });
    expect(ten.utilisation).toBeCloseTo(0.7, 9);
    expect(ten.next).toEqual({ stage: 'sender', atRate: 500 });
    expect(ten.sentence).toBe(
      '10 instances of payments can do 1,500/s; 1,050/s would arrive. 85,000 are gone in 3 m 9 s, then it runs at 70 %. The next limit is sender (500/s).',
    );
  });

  it('chooses the instances for a target drain time', () => {
    expect(ask({ drainSeconds: 60 })).toMatchObject({ monthlyCost: 17 * 40 });
    expect(ask({ drainSeconds: 60 }).drainSeconds).toBeLessThanOrEqual(60);
  });

  it('drains without more instances when the producers are limited', () => {
    expect(ask({ producerLimit: 200 })).toMatchObject({ monthlyCost: 80, next: null });
    expect(ask({ producerLimit: 200 }).drainSeconds).toBeCloseTo(850, 4);
  });

  it('drains with the two instances when each finishes a message in 1 ms', () => {
    const faster = ask({ secondsPerMessage: 0.001 });
    expect(faster.drainSeconds).toBeCloseTo(85_000 / 950, 4);
    expect(faster).toMatchObject({ utilisation: 1050 / 2000, monthlyCost: 80, next: { stage: 'sender', atRate: 500 } });
  });

  it('tells the buffer that keeps no message longer than a minute, and the prefetch where there is one', () => {
    expect(ask({ instances: 10 })).toMatchObject({ bufferSize: 90_000, prefetch: null });
    const rabbit = {
      ...report,
      brokers: report.brokers.map((broker) => ({ ...broker, roundTripSeconds: 0.02 })),
      queues: report.queues.map((queue) => ({ ...queue, system: 'rabbitmq' as const })),
    };
    // 105/s each for 20 ms are 2.1 on the way, and one in work.
    expect(whatIf(rabbit, pipeline, { ...unchanged, instances: 10 }).prefetch).toBe(4);
  });

  it('names the stage itself as the next limit while it does not keep up', () => {
    const { next } = ask({ instances: 3 });
    expect(next?.stage).toBe('payments');
    expect(next?.atRate).toBeCloseTo(450, 6);
  });

  it('says what it does not know', () => {
    expect(whatIf(report, null, { ...unchanged, stage: 'elsewhere' }).sentence).toBe(
      'The report has no stage elsewhere.',
    );
    const idle = reportOf(10, 10, 0, 1);
    expect(whatIf(idle, null, unchanged)).toMatchObject({ drainSeconds: null, utilisation: null, next: null });
    expect(whatIf(idle, null, unchanged).sentence).toContain('never worked at its limit');
  });
});

it('agrees with the recommendation it is asked about', () => {
  const situations = fc.record({
    arrives: fc.integer({ min: 50, max: 2000 }),
    share: fc.double({ min: 0.1, max: 0.8, noNaN: true }),
    waits: fc.integer({ min: 0, max: 100_000 }),
    consumers: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(situations, ({ arrives, share, waits, consumers }) => {
      const report = reportOf(arrives, arrives * share, waits, consumers);
      const [worst] = report.bottlenecks;
      const [first] = worst!.recommendations;
      expect(first!.kind).toBe('scale-out');
      const answer = whatIf(report, pipeline, { ...unchanged, instances: first!.instances });
      expect(answer.drainSeconds).toBeCloseTo(first!.drainSeconds!, 6);
      expect(answer.monthlyCost).toBe(first!.monthlyCost);
      expect(answer.next).toEqual(worst!.next);
    }),
    { numRuns: 60 },
  );
});
