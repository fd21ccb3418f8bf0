import { median, theilSen } from '../../../src/diagnose/statistics';
import type { Injected } from './faults';

/** What is in use of the memory of the extension host, after a collection. */
export interface MemorySample {
  /** Seconds since the beginning. */
  at: number;
  /** Megabytes of the heap and of buffers beside it. */
  used: number;
  /** Megabytes of the whole process. */
  resident: number;
}

/** Megabytes that it may grow over the time that is looked at; what is kept of the past alone fills up meanwhile. */
export const mostGrown = 10;
/** Milliseconds after a fault in which its last consequences are told: a deadline, a rest, and a loaded machine. */
const graceMs = 40_000;

/**
 * How the memory behaved after its first quarter, in which everything is loaded and filled.
 * @returns megabytes: what was in use on the whole, what the fitted line (Theil–Sen) grew by, an hour and in all
 */
export function memoryLevel(samples: readonly MemorySample[]): { level: number; anHour: number; grown: number } {
  const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
  const later = samples.filter(({ at }) => at >= first + (last - first) / 4);
  const slope = theilSen(later.map(({ at, used }) => ({ at, value: used }))) ?? 0;
  const seconds = (later.at(-1)?.at ?? 0) - (later[0]?.at ?? 0);
  return { level: median(later.map(({ used }) => used)), anHour: slope * 3600, grown: slope * seconds };
}

/** Lines of the extension's log that are errors, or warnings that no fault of that broker explains. */
export function unexplained(log: string, faults: readonly Injected[]): string[] {
  return log.split('\n').filter((line) => {
    if (line.includes('[error]')) return true;
    if (!line.includes('[warning]')) return false;
    const [, time = '', broker = ''] = /^(\S+ \S+) \[warning\] ([^:]+): /.exec(line) ?? [];
    const at = new Date(time).getTime();
    return !faults.some((fault) => fault.broker === broker && at >= fault.from && at <= fault.to + graceMs);
  });
}
