import type { Trend } from '../model/report';
import type { QueueSeries } from '../model/series';
import { counterRate, type Rates } from './rates';
import { judgeTrend, type Lane } from './trend';

/** The lanes of a queue that is watched, quickest first (brokers.md D4 and G2). */
export const liveLanes: readonly Lane[] = [
  lane('fast', { blocks: 4, blockSeconds: 30, fewestBlocks: 4, slopeShare: 0.15, levelSeconds: 20 }),
  lane('normal', { blocks: 10, blockSeconds: 30, fewestBlocks: 8, slopeShare: 0.05, levelSeconds: 30 }),
  lane('slow', { blocks: 10, blockSeconds: 60, fewestBlocks: 8, slopeShare: 0.02, levelSeconds: 30 }),
];

function lane(name: Trend['lane'], shape: Omit<Lane, 'name' | 'significance'>): Lane {
  return { name, significance: 0.05, ...shape };
}

/** A lane opens after so many evaluations in a row. */
const opensAfter = 3;
/** It closes when the lowest of three samples falls below this share of the peak, or these seconds of arrivals. */
const closesBelowPeak = 0.8;
const closesBelowSeconds = 15;

/** From opening to closing, milliseconds since the epoch; `to` is null while it is open. */
export interface Episode {
  from: number;
  to: number | null;
  trend: Trend;
}

/**
 * The trend of a queue watched for two minutes or more: growing while a lane is open, and since when.
 * @param recent the trend over the last two minutes, for all that is not growing
 */
export function liveTrend(series: QueueSeries, rates: Rates, recent: Trend): Trend {
  const lowest = lowestOfThree(series).at(-1) ?? NaN;
  const calm = rates.arrival !== null && !(lowest >= closesBelowSeconds * rates.arrival);
  for (const each of calm ? [] : liveLanes) {
    const episode = episodes(series, each).at(-1);
    if (episode?.to === null) {
      return { ...episode.trend, slope: recent.slope, since: new Date(episode.from).toISOString() };
    }
  }
  // A rise that no lane has seen for long enough is not yet called one.
  return recent.state === 'growing' ? { ...recent, state: 'stable', lane: null } : recent;
}

/** Every time a lane was open, oldest first: replayed from the samples, so that it needs no memory of its own. */
export function episodes(series: QueueSeries, each: Lane): Episode[] {
  const found: Episode[] = [];
  const lowest = lowestOfThree(series);
  const span = each.blocks * each.blockSeconds * 1000;
  let inRow = 0;
  let peak = 0;
  let start = 0;
  series.at.forEach((now, i) => {
    while (now - (series.at[start] ?? now) > span) start++;
    const level = lowest[i] ?? NaN;
    const open = found.at(-1);
    if (open?.to === null) {
      peak = Math.max(peak, level);
      const arrival = endToEnd(series, start, i);
      if (level < closesBelowPeak * peak || level < closesBelowSeconds * arrival) {
        open.to = now;
        inRow = 0;
      }
      return;
    }
    const trend = mayGrow(series, lowest, start, i, each) ? judgeAt(series, start, i, each) : null;
    inRow = trend?.state === 'growing' ? inRow + 1 : 0;
    if (trend === null || inRow < opensAfter) return;
    peak = level;
    found.push({ from: now, to: null, trend });
  });
  return found;
}

/** Spares the statistics where the level has plainly not risen enough; half the slope leaves room for noise. */
function mayGrow(series: QueueSeries, lowest: readonly number[], start: number, end: number, each: Lane): boolean {
  const seconds = ((series.at[end] ?? 0) - (series.at[start] ?? 0)) / 1000;
  if (seconds < (each.fewestBlocks - 1) * each.blockSeconds) return false;
  const arrival = endToEnd(series, start, end);
  const least = Number.isNaN(arrival) ? 0 : 0.5 * each.slopeShare * arrival * seconds;
  return (lowest[end] ?? NaN) - (lowest[start] ?? NaN) > least;
}

function judgeAt(series: QueueSeries, start: number, end: number, each: Lane): Trend {
  const cut = (column: readonly number[]) => column.slice(start, end + 1);
  const part = {
    ...series,
    at: cut(series.at),
    backlog: cut(series.backlog),
    produced: cut(series.produced),
    consumed: cut(series.consumed),
  };
  const rates = { arrival: counterRate(part.at, part.produced), departure: counterRate(part.at, part.consumed) };
  return judgeTrend(part, rates, each);
}

/** Arrivals per second by the first and last reading alone: near enough to decide what to look at. NaN if not read. */
function endToEnd({ at, produced }: QueueSeries, start: number, end: number): number {
  const seconds = ((at[end] ?? NaN) - (at[start] ?? NaN)) / 1000;
  const rate = ((produced[end] ?? NaN) - (produced[start] ?? NaN)) / seconds;
  return rate >= 0 ? rate : NaN;
}

/** The lowest of each sample and the two before it. */
const lowestOfThree = ({ backlog }: QueueSeries) =>
  backlog.map((value, i) => Math.min(value, backlog[i - 1] ?? value, backlog[i - 2] ?? value));
