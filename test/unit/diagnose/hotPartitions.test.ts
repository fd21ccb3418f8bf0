import { describe, expect, it } from 'vitest';
import {
  findHotPartition,
  hotPartition,
  partitionLimited,
  stuckPartition,
} from '../../../src/diagnose/causes/partitions';
import type { PartitionReading } from '../../../src/model/sweep';
import { flow, watched } from '../../harness/observations';
import { situationOf } from '../../harness/situationOf';

interface Partitioned {
  seconds?: number;
  finishes?: number;
  consumers?: number | null;
  reading?: (row: PartitionReading, seconds: number) => Partial<PartitionReading>;
}

/** Partitions whose backlogs grow by so many a second; 25/s arrive in each. */
function partitioned(growths: number[], { seconds = 60, finishes = 60, consumers = 2, reading }: Partitioned = {}) {
  const queue = (now: number) => {
    const rows = growths.map((growth, partition): PartitionReading => {
      const [end, committed, backlog] = [25 * now, (25 - growth) * now, 6000 + growth * now];
      const row = { partition, start: 0, end, committed, backlog, consumer: `reader ${partition}` };
      return { ...row, ...reading?.(row, now) };
    });
    const base = flow({ destination: 'a', arrives: 100, finishes, waits: 24_000, consumers })(now)!;
    return { ...base, partitions: growths.length > 0 ? rows : null };
  };
  return situationOf(watched([queue], { seconds }).queues[0]!);
}

describe('a hot partition', () => {
  const found = (growths: number[], more?: Partitioned) => findHotPartition(partitioned(growths, more).facts);

  it('holds more than half of the growth, wherever it stands', () => {
    const hot = { partition: 2, backlog: 6480, share: 8 / 11, arrivalRate: 25, departureRate: 17, stuck: false };
    expect(found([1, 1, 8, 1])).toEqual(hot);
    expect(found([10, 5, 5, 0])).toBeNull();
    expect(found([11, 5, 5, 0])?.share).toBeCloseTo(11 / 21, 9);
  });

  it('is one of four at least', () => {
    expect(found([8, 1, 1])).toBeNull();
    expect(found([])).toBeNull();
  });

  it('is measured by the partitions that grow: what drains takes nothing off', () => {
    expect(found([-20, 5, 0, 0])?.share).toBe(1);
    expect(found([-1, -1, 0, 0])).toBeNull();
  });

  it('is none where it could not be read at both ends, or has only been added', () => {
    const hidden = (when: (now: number) => boolean) =>
      found([8, 1, 1, 1], { reading: ({ partition }, now) => (partition === 0 && when(now) ? { backlog: null } : {}) });
    expect(hidden((now) => now === 0)).toBeNull();
    expect(hidden((now) => now === 60)).toBeNull();
    const added = found([8, 1, 1, 1], {
      reading: ({ partition }, now) => (partition === 0 && now === 0 ? { partition: 9 } : {}),
    });
    expect(added).toBeNull();
  });

  it('has no rate in or out that was not read', () => {
    expect(found([8, 1, 1, 1], { reading: () => ({ end: null }) })).toMatchObject({
      ...{ arrivalRate: null, departureRate: 17, stuck: false },
    });
    const uncommitted = found([25, 1, 1, 1], { reading: (_, now) => (now === 0 ? { committed: null } : {}) });
    expect(uncommitted).toMatchObject({ arrivalRate: 25, departureRate: null, stuck: false });
    expect(found([25, 1, 1, 1])).toMatchObject({ departureRate: 0, stuck: true });
  });

  it('is told with its share beside an even one, and surer the larger that is', () => {
    const cause = hotPartition(partitioned([1, 1, 8, 1]));
    expect(cause?.evidence).toEqual([
      'Partition 2 holds 73 % of the growth of 4 partitions; an even share is 25 %.',
      '25/s arrive in it, and one consumer reads it.',
    ]);
    expect(cause?.confidence).toBeCloseTo(0.4 + 4 / 11, 9);
    expect(hotPartition(partitioned([1, 1, 8, 1], { reading: () => ({ end: null }) }))?.evidence).toHaveLength(1);
    expect(hotPartition(partitioned([1, 1, 8, 1], { finishes: 0 }))).toBeNull();
  });
});

describe('a partition that stands still', () => {
  it('is told with who reads it, and surer up to a minute', () => {
    const cause = stuckPartition(partitioned([1, 25, 1, 1]));
    expect(cause?.evidence).toEqual([
      'Partition 1 committed nothing in 1 m while 25/s arrived in it; the others moved.',
      'It is read by reader 1.',
    ]);
    expect(cause?.confidence).toBe(0.9);
    expect(stuckPartition(partitioned([1, 25, 1, 1], { seconds: 30 }))?.confidence).toBe(0.5);
  });

  it('is read by nobody who is known where no reader is told', () => {
    const unread = partitioned([1, 25, 1, 1], { reading: () => ({ consumer: null }) });
    expect(stuckPartition(unread)?.evidence).toHaveLength(1);
  });

  it('is no cause of its own while it moves, or where nothing moves', () => {
    expect(stuckPartition(partitioned([1, 24, 1, 1]))).toBeNull();
    expect(stuckPartition(partitioned([1, 25, 1, 1], { finishes: 0 }))).toBeNull();
    expect(stuckPartition(partitioned([1, 1, 1, 1]))).toBeNull();
  });
});

describe('the number of partitions', () => {
  const limited = (consumers: number | null, more?: Partitioned) =>
    partitionLimited(partitioned([10, 10, 10, 10], { consumers, ...more }));

  it('is the limit where each has its reader', () => {
    expect(limited(4)?.evidence).toEqual([
      '4 consumers for 4 partitions: one more would have nothing to read.',
      '100/s arrive.',
      '26,400 wait.',
    ]);
    expect(limited(5)).not.toBeNull();
  });

  it('is not where one has none, nobody counts them, or nothing is finished', () => {
    expect(limited(3)).toBeNull();
    expect(limited(null)).toBeNull();
    expect(limited(4, { finishes: 0 })).toBeNull();
    expect(partitionLimited(partitioned([], { consumers: 4 }))).toBeNull();
  });
});
