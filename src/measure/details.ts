import type { QueueReading, StageReading, StepReading } from '../model/sweep';

/** What is kept of a sweep beside the columns. */
export interface Details {
  stages: readonly StageReading[];
  steps: readonly StepReading[];
  /** The whole rows, as long as there is room for them. */
  rows: readonly QueueReading[] | null;
  /** Rows, partitions, members and bindings. */
  weight: number;
}

/** Rows, partitions, members and bindings that a row keeps. */
export const weightOf = ({ partitions, members, bindings }: QueueReading) =>
  1 + (partitions?.length ?? 0) + (members?.length ?? 0) + (bindings?.length ?? 0);

/** The oldest row of each queue that is kept from an index on. @param queues how many there are at most */
export function oldestRows(
  slots: readonly Details[],
  start: number,
  queues: number,
): ReadonlyMap<string, QueueReading> {
  const rows = new Map<string, QueueReading>();
  for (let i = start; i < slots.length && rows.size < queues; i++) {
    for (const row of slots[i]?.rows ?? []) if (!rows.has(row.id)) rows.set(row.id, row);
  }
  return rows;
}
