import { sum, type PartitionRow } from './partitionRows';

interface Beginnings {
  /** Of the topic counted; null where the broker tells none. */
  topicId: string | null;
  /** Offset at which each partition's part begins, by partition. Sparse: an array, as a map takes five times the memory. */
  from: number[];
}

/**
 * What `produced` counts for each row: the log ends of the partitions with a commit, as long as their set stays the same.
 * A partition that gets its first commit later joins with what arrives from then on, else its whole log would show as a
 * burst of arrivals. As produced − consumed = backlog holds throughout, what waits there is taken off `consumed`, and a
 * counter that falls reads as one that began anew. So does the counter of a topic made again under the same name.
 */
export class RowCounters {
  private readonly rows = new Map<string, Beginnings>();

  /**
   * Counts one row. @param counted the partitions to count; their ends are known
   * @returns `begun`: partitions that joined since the sweep before and on which something waits
   */
  count(
    id: string,
    counted: readonly PartitionRow[],
    topicId: string | null,
  ): { produced: number | null; begun: number[] } {
    const before = this.rows.get(id);
    const isSame = before?.topicId === topicId;
    const now: Beginnings = { topicId, from: [] };
    const begun: number[] = [];
    for (const { partition, end, backlog } of counted) {
      const from = !before ? 0 : isSame ? before.from[partition] : undefined;
      now.from[partition] = from ?? end ?? 0;
      if (from === undefined && isSame && backlog) begun.push(partition);
    }
    this.rows.set(id, now);
    return { produced: sum(counted, ({ partition, end }) => (end ?? 0) - (now.from[partition] ?? 0)), begun };
  }

  /** Forgets all rows but these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.rows.keys()) if (!ids.has(id)) this.rows.delete(id);
  }
}
