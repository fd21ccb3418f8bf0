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
    run.forEach((point, i) => (largest = Math.max(largest, point.value - (run[i - 1] ?? point).value)));
  }
  return largest;
}

/** Did the counter stay the same at two readings or more? A counter that was never read has not been seen still. */
export function stoodStill(counter: readonly number[]): boolean {
  const read = counter.filter((value) => !Number.isNaN(value));
  return read.length > 1 && read.every((value) => value === read[0]);
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

const lastValue = (run: readonly Point[] | undefined) => run?.at(-1)?.value ?? Infinity;

/**
 * From step to step where the counter moves in batches, because a window that begins after one commit and ends before
 * another would count a batch too few or too many. Silence at an end longer than any pause between steps counts in full.
 */
function evenSpan(run: readonly Point[]): [Point, Point] {
  const nowhere = { at: 0, value: 0 };
  const first = run[0] ?? nowhere;
  const last = run.at(-1) ?? nowhere;
  const steps = run.filter((point, i) => point.value > (run[i - 1] ?? point).value);
  const [start, end] = [steps[0], steps.at(-1)];
  if (steps.length < 4 || !start || !end) return [first, last];
  const pause = Math.max(...steps.map((step, i) => step.at - (steps[i - 1] ?? step).at));
  const isSilent = start.at - first.at > pause || last.at - end.at > pause;
  return isSilent ? [first, last] : [start, end];
}
