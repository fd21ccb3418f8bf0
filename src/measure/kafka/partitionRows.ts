import type { PartitionReading } from '../../model/sweep';
import type { MemberState, PartitionState } from './state';

export type PartitionRow = PartitionReading;

/**
 * The partitions of one topic as one group sees them. backlog = end − max(committed, start): records below the log start
 * are gone and no longer wait. A commit beyond the end leaves 0, not a negative backlog.
 */
export function partitionRows(
  partitions: readonly PartitionState[],
  committed: ReadonlyMap<number, number> | undefined,
  members: readonly MemberState[] | null,
  topic: string,
): PartitionRow[] {
  const readers: string[] = [];
  for (const { id, assigned } of members ?? []) {
    for (const { topic: name, partitions: numbers } of assigned) {
      if (name === topic) for (const partition of numbers) readers[partition] = id;
    }
  }
  return partitions.map(({ partition, start, end }) => {
    const offset = committed?.get(partition) ?? null;
    const backlog =
      offset === null || start === null || end === null ? null : Math.max(0, end - Math.max(offset, start));
    return { partition, start, end, committed: offset, backlog, consumer: readers[partition] ?? null };
  });
}

/** Why some partition could not be read, with how many share the fate; null when all could. */
export function problemOf(partitions: readonly PartitionState[]): string | null {
  const broken = partitions.filter(({ start, end }) => start === null || end === null);
  const [first] = broken;
  if (!first) return null;
  const more = broken.length > 1 ? ` (and ${broken.length - 1} more of ${partitions.length})` : '';
  return `partition ${first.partition}${more}: ${first.problem ?? 'no answer'}`;
}

/** @returns null when one of the figures is */
export function sum(rows: readonly PartitionRow[], figure: (row: PartitionRow) => number | null): number | null {
  let total = 0;
  for (const row of rows) {
    const value = figure(row);
    if (value === null) return null;
    total += value;
  }
  return total;
}
