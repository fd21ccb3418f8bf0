import { sum, type PartitionRow } from './partitionRows';

/** Where each partition's part of the counters begins, by partition: an offset. */
type Beginnings = Map<number, number>;

/**
 * What `produced` counts for each group and topic: the log ends of the partitions with a commit, as long as their set stays
 * the same. A partition that gets its first commit later joins with what arrives from then on, else its whole log would
 * show as a burst of arrivals. As produced − consumed = backlog holds throughout, what waits there is taken off
 * `consumed`, and a counter that falls reads as one that began anew.
 */
export class RowCounters {
  private readonly rows = new Map<string, Beginnings>();

  /**
   * Counts one row. @param counted the partitions to count; their ends are known
   * @returns `begun`: partitions that joined since the sweep before and on which something waits
   */
  count(id: string, counted: readonly PartitionRow[]): { produced: number | null; begun: number[] } {
    const before = this.rows.get(id);
    const now: Beginnings = new Map();
    const begun: number[] = [];
    for (const { partition, end, backlog } of counted) {
      const from = before ? before.get(partition) : 0;
      now.set(partition, from ?? end ?? 0);
      if (from === undefined && backlog) begun.push(partition);
    }
    this.rows.set(id, now);
    return { produced: sum(counted, ({ partition, end }) => (end ?? 0) - (now.get(partition) ?? 0)), begun };
  }

  /** Forgets all rows but these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.rows.keys()) if (!ids.has(id)) this.rows.delete(id);
  }
}
