import { none, unknown, type MissingReason } from '../../model/figure';
import type { LogEnds } from './logEnds';
import type { PartitionRow } from './partitionRows';

/** The age of a group's oldest unfinished record on a topic, or why it cannot be told. */
export interface Age {
  seconds: number | null;
  missing: MissingReason | null;
  /** Set where the age is only a lower bound. */
  approximate: string | null;
}

/**
 * The oldest of the first unfinished records of each partition.
 * @param counted partitions whose backlog is known
 * @param now when the log ends were read, milliseconds since the epoch
 */
export function ageOf(topic: string, counted: readonly PartitionRow[], ends: LogEnds, now: number): Age {
  let [seconds, isBound, waits] = [0, false, false];
  for (const { partition, backlog, committed, start } of counted) {
    if (!backlog) continue;
    waits = true;
    const appended = ends.appendedAt(topic, partition, Math.max(committed ?? 0, start ?? 0));
    isBound ||= appended?.isBound ?? true;
    if (appended) seconds = Math.max(seconds, (now - appended.at) / 1000);
  }
  if (!waits) return { seconds: null, missing: none('nothing waits'), approximate: null };
  if (!isBound) return { seconds, missing: null, approximate: null };
  return seconds > 0
    ? { seconds, missing: null, approximate: 'at least: some of it waited before the first sweep' }
    : { seconds: null, missing: unknown('it waited before the first sweep: watch for longer'), approximate: null };
}
