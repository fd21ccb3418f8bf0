import type { MissingReason } from '../model/figure';
import type { Objectives } from '../model/pipeline';
import type { Trend } from '../model/report';
import type { Figures, QueueSeries } from '../model/series';
import type { QueueReading } from '../model/sweep';
import { queueRates, stoodStill, type Rates } from './rates';
import { median } from './statistics';
import { judgeTrend, oneShotLane } from './trend';

/** What the states, the walk and the advice are decided from: one queue over its window, nothing judged but the trend. */
export interface QueueFacts {
  series: QueueSeries;
  latest: QueueReading;
  rates: Rates;
  /** arrival − departure where both are known, else the backlog's slope. Messages per second. */
  growthRate: number | null;
  trend: Trend;
  /** Between the first and the last reading. */
  windowSeconds: number;
  /** So long nothing was finished although something waited, and from how long on that is called stuck. */
  stillSeconds: number;
  patienceSeconds: number;
  /** The longest pause that is a habit of its consumer, 0 when none is known. Seconds. */
  usualPause: number;
  /** Lowest backlog of the window; null when it was never read. */
  lowestBacklog: number | null;
  /** Limit in messages: the broker's, else the pipeline file's. */
  capacity: number | null;
  /** Members; none where the broker calls the group Empty or Dead and counts nobody. */
  consumers: number | null;
  /** Time since the newest reading, and the usual time between two. */
  unreadSeconds: number;
  intervalSeconds: number;
}

/** No progress for this long is stuck; a tenth less than a minute, since a window of one ends before its last sample. */
const stuckSeconds = 60 * 0.9;
/** So many pauses between readings tell the usual one. */
const latestPauses = 12;

/** What one analysis is told beside the observation. */
export interface AnalyzeOptions {
  objectives: Objectives;
  /** Milliseconds since the epoch: the moment the report is of. */
  now: number;
}

/** Gathers the facts of one queue. @param fileCapacity the pipeline file's limit in messages, null where it has none */
export function queueFacts(series: QueueSeries, now: number, fileCapacity: number | null): QueueFacts {
  const { at, latest } = series;
  const rates = queueRates(series);
  const windowSeconds = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1000;
  const trend = judgeTrend(series, rates, oneShotLane(windowSeconds));
  return {
    series,
    latest,
    rates,
    growthRate: rates.arrival !== null && rates.departure !== null ? rates.arrival - rates.departure : trend.slope,
    trend,
    windowSeconds,
    stillSeconds: hasStoodStill(series, rates) ? windowSeconds : 0,
    patienceSeconds: stuckSeconds,
    usualPause: 0,
    lowestBacklog: lowestOf(series.backlog),
    capacity: latest.capacity ?? fileCapacity,
    consumers: latest.consumers ?? (['Empty', 'Dead'].includes(latest.brokerState ?? '') ? 0 : null),
    unreadSeconds: (now - (at.at(-1) ?? now)) / 1000,
    intervalSeconds: usualInterval(at),
  };
}

/** Seconds between two of the latest readings; 0 of a single one. */
function usualInterval(at: Figures): number {
  const pauses: number[] = [];
  for (let i = Math.max(1, at.length - latestPauses); i < at.length; i++) {
    pauses.push(((at[i] ?? NaN) - (at[i - 1] ?? NaN)) / 1000);
  }
  return pauses.length > 0 ? median(pauses) : 0;
}

/** Nothing was finished between the first and the last reading, as far as anything counts what is finished. */
export const nothingFinished = ({ series, rates }: QueueFacts) => hasStoodStill(series, rates);

const hasStoodStill = ({ consumed }: QueueSeries, { departure }: Rates) =>
  departure === 0 && (stoodStill(consumed) || consumed.every(Number.isNaN));

function lowestOf(backlog: Figures): number | null {
  let lowest = Infinity;
  // By index: taking an iterator over packed figures takes eight times as long.
  for (let i = backlog.length - 1; i >= 0; i--) {
    const value = backlog[i] ?? NaN;
    if (value < lowest) lowest = value;
  }
  return lowest === Infinity ? null : lowest;
}

/**
 * Work was waiting all the time, so what was finished is what its consumers can do (brokers.md D3: observed throughput
 * is capacity only while there is a backlog). A few seconds of arrivals may always wait for the next commit.
 */
export function neverEmptied({ lowestBacklog, rates, windowSeconds }: QueueFacts): boolean {
  const pace = rates.arrival ?? rates.departure ?? 0;
  return lowestBacklog !== null && lowestBacklog > pace * Math.max(1, windowSeconds / 20);
}

/** Transaction markers take up to two offsets a partition and are no messages (brokers.md B1). */
export const markerNoise = ({ latest }: Pick<QueueFacts, 'latest'>) =>
  latest.partitions ? 2 * latest.partitions.length : 0;

/** Messages arrive, or more of them wait than markers would explain. */
export const arriving = ({ rates }: QueueFacts) => (rates.arrival ?? 0) > 0;
export const waiting = (facts: QueueFacts) =>
  (facts.latest.waiting ?? facts.latest.backlog ?? 0) - (facts.latest.delayed ?? 0) > markerNoise(facts);

/** No member is counted and nothing is finished either, which a reader that the broker does not count would do. */
export const nobodyConsumes = ({ consumers, rates }: QueueFacts) => consumers === 0 && !rates.departure;

/** Why a figure of a reading is null. */
export const whyMissing = ({ missing, system }: QueueReading, field: string): MissingReason =>
  missing[field] ?? { kind: 'none', reason: `${system} has no such figure` };

/**
 * Age of the oldest unfinished message in seconds: as read, else backlog ÷ arrivals, since the oldest of a steady flow
 * arrived that long ago (Little's law). Null when neither is known.
 */
export function likelyAge({ latest, rates }: QueueFacts): number | null {
  if (latest.ageSeconds !== null) return latest.ageSeconds;
  return latest.backlog !== null && rates.arrival ? latest.backlog / rates.arrival : null;
}
