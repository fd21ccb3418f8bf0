import type { Trend } from '../model/report';
import type { QueueSeries } from '../model/series';
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
  const trend = (state: Trend['state'], confidence: number): Trend => ({
    state,
    slope,
    // Never certain: one window of one queue.
    confidence: Math.min(0.99, confidence),
    lane: state === 'growing' ? lane.name : null,
    since: null,
  });
  const first = minima[0];
  const last = minima.at(-1);
  if (!first || !last) return trend('unknown', 0);
  const coverage = Math.min(1, minima.length / lane.blocks);
  if (isConstant(series)) return { ...trend('stable', series.at.length / lane.blocks), slope: 0 };
  if (minima.length < lane.fewestBlocks || slope === null) return trend('unknown', 0);

  const scale = Math.max(rates.arrival ?? 0, rates.departure ?? 0);
  const seconds = (last.at - first.at) / 1000;
  const threshold =
    scale > 0
      ? lane.slopeShare * scale
      : Math.max(unscaledMessages, unscaledShare * Math.max(first.value, last.value)) / seconds;
  const change = last.value - first.value;
  const values = minima.map((point) => point.value);
  if (slope > threshold && change > leastChange && last.value > lane.levelSeconds * (rates.arrival ?? 0)) {
    const chance = mannKendall(values);
    // A sawtooth rises by no more than one of its teeth.
    const isTooth = change <= largestStep(series.at, series.consumed);
    if (chance < lane.significance && !isTooth) return trend('growing', coverage * (1 - chance));
  }
  if (slope < -threshold && -change > leastChange) {
    const chance = mannKendall(values.toReversed());
    const isTooth = -change <= largestStep(series.at, series.produced);
    if (chance < lane.significance && !isTooth) return trend('draining', coverage * (1 - chance));
  }
  return trend('stable', coverage * Math.max(0.5, 1 - Math.abs(slope) / threshold));
}

const perSecond = (perMillisecond: number | null) => (perMillisecond === null ? null : perMillisecond * 1000);

const isConstant = ({ backlog }: QueueSeries) => backlog.length > 1 && backlog.every((value) => value === backlog[0]);

/**
 * The lowest backlog of each block and when it was seen, oldest first. A block in which the broker told nothing new is
 * merged with the next, so that figures refreshed rarely are not counted twice.
 */
function blockMinima(series: QueueSeries, lane: Lane): { at: number; value: number }[] {
  const { at, backlog } = series;
  const end = at.at(-1) ?? 0;
  const blockMs = lane.blockSeconds * 1000;
  const minima: { at: number; value: number }[] = [];
  let block = Infinity;
  let lowest = { at: NaN, value: Infinity };
  let fresh = true;
  const close = () => {
    if (lowest.value === Infinity || !fresh) return;
    minima.push(lowest);
    lowest = { at: NaN, value: Infinity };
    fresh = false;
  };
  for (let i = 0; i < at.length; i++) {
    const time = at[i] ?? NaN;
    const value = backlog[i] ?? NaN;
    const age = Math.floor((end - time) / blockMs);
    if (Number.isNaN(value) || age > lane.blocks) continue;
    const index = Math.min(age, lane.blocks - 1);
    if (index < block) close();
    block = index;
    fresh ||= isFresh(series, i);
    if (value <= lowest.value) lowest = { at: time, value };
  }
  close();
  return minima;
}

const isFresh = ({ backlog, produced, consumed }: QueueSeries, i: number) =>
  !Object.is(backlog[i], backlog[i - 1]) ||
  !Object.is(produced[i], produced[i - 1]) ||
  !Object.is(consumed[i], consumed[i - 1]);
