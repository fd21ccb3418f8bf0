import type { Trend } from '../model/report';
import type { Figures, QueueSeries } from '../model/series';
import { largestStep, type Rates } from './rates';
import { mannKendall, theilSen } from './statistics';

/**
 * One way of looking at a backlog: how long, how finely, and what it takes to be called a trend. Block minima are the
 * lower envelope, which leaves out what only waits for the next commit.
 */
export interface Lane {
  name: Trend['lane'];
  blocks: number;
  blockSeconds: number;
  /** With fewer blocks that told something new it is silent. Four in strict order are a chance of 1 in 24. */
  fewestBlocks: number;
  /** Highest chance of seeing such a rise in random order. */
  significance: number;
  /** A slope counts from this share of the arrivals up. */
  slopeShare: number;
  /** A growing backlog counts from this many seconds of arrivals up. */
  levelSeconds: number;
}

/** Without arrivals to compare with: share of the backlog, and messages, by which it must change over the lane. */
const unscaledShare = 0.05;
const unscaledMessages = 10;
const leastChange = 2;

/** The lane of a one-shot analysis: eight blocks over the whole window. */
export const oneShotLane = (windowSeconds: number): Lane => ({
  name: null,
  blocks: 8,
  blockSeconds: windowSeconds / 8,
  fewestBlocks: 4,
  significance: 0.05,
  slopeShare: 0.05,
  levelSeconds: windowSeconds / 20,
});

/** Is the backlog growing, stable or draining, seen over this lane? Slope in messages per second. */
export function judgeTrend(series: QueueSeries, rates: Rates, lane: Lane): Trend {
  const minima = blockMinima(series, lane);
  const slope = perSecond(theilSen(minima));
  const first = minima[0];
  const last = minima.at(-1);
  if (!first || !last) return told('unknown', slope, 0);
  const coverage = Math.min(1, minima.length / lane.blocks);
  if (isConstant(series)) return told('stable', 0, series.at.length / lane.blocks);
  if (minima.length < lane.fewestBlocks || slope === null) return told('unknown', slope, 0);

  const scale = Math.max(rates.arrival ?? 0, rates.departure ?? 0);
  const seconds = (last.at - first.at) / 1000;
  const threshold =
    scale > 0
      ? lane.slopeShare * scale
      : Math.max(unscaledMessages, unscaledShare * Math.max(first.value, last.value)) / seconds;
  const change = last.value - first.value;
  if (slope > threshold && change > leastChange && last.value > lane.levelSeconds * (rates.arrival ?? 0)) {
    const chance = mannKendall(minima.map(({ value }) => value));
    // A sawtooth rises by no more than one of its teeth.
    const isTooth = change <= largestStep(series.at, series.consumed);
    if (chance < lane.significance && !isTooth)
      return { ...told('growing', slope, coverage * (1 - chance)), lane: lane.name };
  }
  if (slope < -threshold && -change > leastChange) {
    const chance = mannKendall(minima.map(({ value }) => value).reverse());
    const isTooth = -change <= largestStep(series.at, series.produced);
    if (chance < lane.significance && !isTooth) return told('draining', slope, coverage * (1 - chance));
  }
  return told('stable', slope, coverage * Math.max(0.5, 1 - Math.abs(slope) / threshold));
}

/** Never certain: one window of one queue. */
const told = (state: Trend['state'], slope: number | null, confidence: number): Trend => ({
  state,
  slope,
  confidence: Math.min(0.99, confidence),
  lane: null,
  since: null,
});

const perSecond = (perMillisecond: number | null) => (perMillisecond === null ? null : perMillisecond * 1000);

function isConstant({ backlog }: QueueSeries): boolean {
  for (let i = backlog.length - 1; i > 0; i--) if (backlog[i] !== backlog[0]) return false;
  return backlog.length > 1;
}

/**
 * The lowest backlog of each block and when it was seen, oldest first. A block in which the broker told nothing new is
 * merged with the next, so that figures refreshed rarely are not counted twice.
 */
function blockMinima(series: QueueSeries, { blocks, blockSeconds }: Lane): { at: number; value: number }[] {
  const { at, backlog } = series;
  const blockMs = blockSeconds * 1000;
  const minima: { at: number; value: number }[] = [];
  let lowest = -1;
  let fresh = true;
  let i = firstWithin(at, blocks, blockMs);
  for (let block = blocks - 1; block >= 0; block--) {
    const end = block === 0 ? at.length : firstWithin(at, block - 1, blockMs);
    for (; i < end; i++) {
      const value = backlog[i] ?? NaN;
      if (Number.isNaN(value)) continue;
      fresh ||= isFresh(series, i);
      if (lowest < 0 || value <= (backlog[lowest] ?? NaN)) lowest = i;
    }
    if (lowest < 0 || !fresh) continue;
    minima.push({ at: at[lowest] ?? NaN, value: backlog[lowest] ?? NaN });
    lowest = -1;
    fresh = false;
  }
  return minima;
}

/** The first sample that is no more than so many whole blocks older than the last. */
function firstWithin(at: Figures, blocks: number, blockMs: number): number {
  const end = at[at.length - 1] ?? 0;
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Math.floor((end - (at[middle] ?? NaN)) / blockMs) > blocks) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isFresh = ({ backlog, produced, consumed }: QueueSeries, i: number) =>
  i === 0 ||
  !Object.is(backlog[i], backlog[i - 1]) ||
  !Object.is(produced[i], produced[i - 1]) ||
  !Object.is(consumed[i], consumed[i - 1]);
