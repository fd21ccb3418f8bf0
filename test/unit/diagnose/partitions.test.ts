import { describe, expect, it } from 'vitest';
import { analyzed } from '../../harness/analyzed';
import { flow, type Flow, type QueueOverTime } from '../../harness/observations';

describe('the cause of a backlog in partitions', () => {
  const partitions =
    (growth: number[], more: Partial<Flow> = {}): QueueOverTime =>
    (seconds) => {
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
  const causeOf = (queue: QueueOverTime) => analyzed([queue]).bottlenecks[0]!;

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
});
