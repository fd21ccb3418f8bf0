import { describe, expect, it } from 'vitest';
import { analyzed } from '../../harness/analyzed';
import { flow, pipelineOf, ref, stage } from '../../harness/observations';

const payments = flow({
  ...{ destination: 'validated', group: 'payments', arrives: 1050, finishes: 300, waits: 40_000, consumers: 2 },
});

describe('a cap', () => {
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
