import type { QueueSeries } from '../model/series';

/** Messages per second over a window; null where neither counted nor told by the broker. */
export interface Rates {
  arrival: number | null;
  departure: number | null;
}

interface Point {
  at: number;
  value: number;
}

/**
 * Arrivals and departures of one queue over its window, in messages per second, from the counters. The broker's own
 * latest rates serve only where a counter was never read twice.
 */
export function queueRates({ at, produced, consumed, latest }: QueueSeries): Rates {
  return {
    arrival: counterRate(at, produced) ?? latest.arrivalRate,
    departure: counterRate(at, consumed) ?? latest.departureRate,
  };
}

/**
 * Increase per second of a counter.
 * @param at milliseconds since the epoch, ascending
 * @param counter one value for each time; NaN where it was not read
 * @returns null with fewer than two readings between which the counter did not start again
 */
export function counterRate(at: readonly number[], counter: readonly number[]): number | null {
  let increase = 0;
  let milliseconds = 0;
  for (const run of unbrokenRuns(at, counter)) {
    const [start, end] = evenSpan(run);
    increase += end.value - start.value;
    milliseconds += end.at - start.at;
  }
  return milliseconds > 0 ? (increase * 1000) / milliseconds : null;
}

/**
 * What a counter rose by in all; null with fewer than two readings between which it did not start again.
 * @param counter NaN where it was not read
 */
export function counterIncrease(counter: readonly number[]): number | null {
  const runs = unbrokenRuns(
    counter.map((_, i) => i),
    counter,
  ).filter((run) => run.length > 1);
  return runs.length === 0 ? null : runs.reduce((sum, run) => sum + lastValue(run) - (run[0]?.value ?? 0), 0);
}

/** The largest increase between two readings: a batch that was committed or published at once. Messages; 0 for none. */
export function largestStep(at: readonly number[], counter: readonly number[]): number {
  let largest = 0;
  for (const run of unbrokenRuns(at, counter)) {
    for (let i = 1; i < run.length; i++) largest = Math.max(largest, valueAt(run, i) - valueAt(run, i - 1));
  }
  return largest;
}

/** Did the counter stay the same at two readings or more? A counter that was never read has not been seen still. */
export function stoodStill(counter: readonly number[]): boolean {
  let first = NaN;
  let readings = 0;
  for (const value of counter) {
    if (Number.isNaN(value)) continue;
    if (readings++ === 0) first = value;
    else if (value !== first) return false;
  }
  return readings > 1;
}

/**
 * A counter that falls has started again, so it is cut there and what lies between is not counted. One that leaps back to
 * its old level was only misread for a while (a partition that did not answer): the low readings are left out. One that
 * climbs back in steps smaller than its fall did start again.
 */
function unbrokenRuns(at: readonly number[], counter: readonly number[]): Point[][] {
  const runs: Point[][] = [];
  counter.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const point = { at: at[i] ?? 0, value };
    while (runs.length > 1 && value >= lastValue(runs.at(-2)) && leapsBack(runs, value)) runs.pop();
    const run = runs.at(-1);
    if (run && value >= lastValue(run)) run.push(point);
    else runs.push([point]);
  });
  return runs;
}

/** Is the step to this value at least as large as the fall that began the last run? */
function leapsBack(runs: readonly Point[][], value: number): boolean {
  const [before, low] = [runs.at(-2), runs.at(-1)];
  return value - lastValue(low) >= lastValue(before) - (low?.[0]?.value ?? 0);
}

const valueAt = (run: readonly Point[], index: number) => run[index]?.value ?? NaN;
const lastValue = (run: readonly Point[] | undefined) => run?.at(-1)?.value ?? Infinity;

/**
 * From step to step where the counter moves in batches, because a window that begins after one commit and ends before
 * another would count a batch too few or too many. Silence at an end longer than any pause between steps counts in full.
 */
function evenSpan(run: readonly Point[]): [Point, Point] {
  const nowhere = { at: 0, value: 0 };
  const first = run[0] ?? nowhere;
  const last = run.at(-1) ?? nowhere;
  let [start, end] = [first, first];
  let steps = 0;
  let pause = 0;
  for (let index = 1; index < run.length - 1; index++) {
    const point = run[index] ?? nowhere;
    // A commit of several partitions may be seen half done, so a step ends where the counter rests.
    if (point.value === valueAt(run, index - 1) || point.value !== valueAt(run, index + 1)) continue;
    if (steps++ === 0) start = point;
    else pause = Math.max(pause, point.at - end.at);
    end = point;
  }
  if (steps < 4) return [first, last];
  const isSilent = start.at - first.at > pause || last.at - end.at > pause;
  return isSilent ? [first, last] : [start, end];
}
