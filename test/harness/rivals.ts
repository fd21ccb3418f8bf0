import type { QueueReading } from '../../src/model/sweep';

/** A rule that somebody else alerts by: fed each reading of one queue, null where it was not read, is it on? */
export type Rule = (seconds: number, reading: QueueReading | null) => boolean;

/** `lag > 10000`, `for: 5m`: the rule most copied for Kafka exporters. */
export const fixedThreshold = (): Rule => lastsFor(300, (_, reading) => (reading?.backlog ?? 0) > 10_000);

/**
 * `rate(lag[5m]) > 0`, `for: 5m`. Prometheus takes each fall of what it is told to rate for a counter that began again,
 * so what follows a fall counts as an increase from 0.
 */
export function rateOfLag(): Rule {
  const points: { seconds: number; lag: number }[] = [];
  return lastsFor(300, (seconds, reading) => {
    if (reading?.backlog != null) points.push({ seconds, lag: reading.backlog });
    while ((points[0]?.seconds ?? seconds) < seconds - 300) points.shift();
    const increase = points.slice(1).reduce((sum, { lag }, i) => {
      const before = points[i]?.lag ?? 0;
      return sum + (lag >= before ? lag - before : lag);
    }, 0);
    return increase > 0;
  });
}

/** Prometheus' `for`: on once the condition has held at every evaluation for so long. */
function lastsFor(wanted: number, condition: Rule): Rule {
  let since: number | null = null;
  return (seconds, reading) => {
    if (!condition(seconds, reading)) since = null;
    else since ??= seconds;
    return since !== null && seconds - since >= wanted;
  };
}

interface Commit {
  seconds: number;
  offset: number;
  lag: number;
}
/** Commits that Burrow keeps of each partition (`intervals`). */
const ring = 10;

/**
 * Burrow's evaluation (core/internal/evaluator/caching.go), as its rules are described: the group is as bad as its worst
 * partition, and anything but OK is an alarm. It follows commits; here a commit is what moved between two readings.
 */
export function burrow(): Rule {
  const partitions = new Map<number, Commit[]>();
  let isOn = false;
  return (seconds, reading) => {
    // Burrow keeps its verdict while nothing new arrives.
    if (!reading) return isOn;
    isOn = (reading.partitions ?? []).some(({ partition, committed, backlog }) => {
      const commits = partitions.get(partition) ?? [];
      partitions.set(partition, commits);
      if (committed !== null && committed !== commits.at(-1)?.offset) {
        commits.push({ seconds, offset: committed, lag: backlog ?? 0 });
        if (commits.length > ring) commits.shift();
      }
      return burrowStatus(commits, seconds, backlog ?? 0) !== 'OK';
    });
    return isOn;
  };
}

/** The status of one partition by its commits, oldest first. @param lag as it is now */
export function burrowStatus(
  commits: readonly Commit[],
  now: number,
  lag: number,
): 'OK' | 'WARN' | 'STALL' | 'STOP' | 'REWIND' {
  const [first, last] = [commits[0], commits.at(-1)];
  if (!first || !last || commits.length < ring || lag <= 0) return 'OK';
  const pairs = commits.slice(1).map((commit, i) => [commits[i] ?? commit, commit] as const);
  if (now - last.seconds > last.seconds - first.seconds) return 'STOP';
  const fall = pairs.find(([before, after]) => after.offset < before.offset);
  if (fall && last.offset < fall[0].offset) return 'REWIND';
  if (commits.some((commit) => commit.lag <= 0)) return 'OK';
  if (first.offset === last.offset) return 'STALL';
  return pairs.some(([before, after]) => after.lag < before.lag) ? 'OK' : 'WARN';
}
