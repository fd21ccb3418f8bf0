import type { QueueSeries } from '../model/series';

/** Messages per second over a window; null where neither counted nor told by the broker. */
export interface Rates {
  arrival: number | null;
  departure: number | null;
}

/** One at a time: a column, or a few of them. */
type Readings = ArrayLike<number> & Iterable<number>;

/** Readings of a counter between which it did not start again: columns of one length. */
interface Run {
  at: Readings;
  values: Readings;
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
export function counterRate(at: Readings, counter: Readings): number | null {
  // Nearly every counter: nothing is copied for it.
  const span = evenSpan(at, counter);
  if (span) return perSecond(rise(counter, ...span), rise(at, ...span));
  let increase = 0;
  let milliseconds = 0;
  for (const run of unbrokenRuns(at, counter)) {
    const part = evenSpan(run.at, run.values);
    if (!part) continue;
    increase += rise(run.values, ...part);
    milliseconds += rise(run.at, ...part);
  }
  return perSecond(increase, milliseconds);
}

const rise = (values: Readings, start: number, end: number) => (values[end] ?? NaN) - (values[start] ?? NaN);
const perSecond = (increase: number, milliseconds: number) =>
  milliseconds > 0 ? (increase * 1000) / milliseconds : null;

/**
 * What a counter rose by in all; null with fewer than two readings between which it did not start again.
 * @param counter NaN where it was not read
 */
export function counterIncrease(counter: Readings): number | null {
  const runs = unbrokenRuns(counter, counter).filter(({ values }) => values.length > 1);
  return runs.length === 0 ? null : runs.reduce((sum, run) => sum + lastValue(run) - valueAt(run, 0), 0);
}

/** The largest increase between two readings: a batch that was committed or published at once. Messages; 0 for none. */
export function largestStep(at: Readings, counter: Readings): number {
  let largest = 0;
  for (const run of unbrokenRuns(at, counter)) {
    for (let i = 1; i < run.values.length; i++) largest = Math.max(largest, valueAt(run, i) - valueAt(run, i - 1));
  }
  return largest;
}

/** Did the counter stay the same at two readings or more? A counter that was never read has not been seen still. */
export function stoodStill(counter: Readings): boolean {
  let last = NaN;
  let readings = 0;
  for (let i = counter.length - 1; i >= 0; i--) {
    const value = counter[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    if (readings++ === 0) last = value;
    else if (value !== last) return false;
  }
  return readings > 1;
}

/**
 * A counter that falls has started again, so it is cut there and what lies between is not counted. One that leaps back to
 * its old level was only misread for a while (a partition that did not answer): the low readings are left out. One that
 * climbs back in steps smaller than its fall did start again.
 */
function unbrokenRuns(at: Readings, counter: Readings): Run[] {
  if (risesThroughout(counter)) return [{ at, values: counter }];
  const runs: { at: number[]; values: number[] }[] = [];
  for (let i = 0; i < counter.length; i++) {
    const value = counter[i] ?? NaN;
    if (Number.isNaN(value)) continue;
    while (leapsBack(runs, value)) runs.pop();
    const known = runs.at(-1);
    const run = known && value >= lastValue(known) ? known : { at: [], values: [] };
    if (run !== known) runs.push(run);
    run.at.push(at[i] ?? 0);
    run.values.push(value);
  }
  return runs;
}

/** Read every time, and never lower than the time before? */
function risesThroughout(counter: Readings): boolean {
  let before = -Infinity;
  for (const value of counter) {
    if (!(value >= before)) return false;
    before = value;
  }
  return counter.length > 0;
}

/** Is the step to this value at least as large as the fall that began the last run? Of a first run nothing fell. */
function leapsBack(runs: readonly Run[], value: number): boolean {
  const [before, low] = [runs.at(-2), runs.at(-1)];
  return value - lastValue(low) >= lastValue(before) - (low?.values[0] ?? 0);
}

const valueAt = ({ values }: Run, index: number) => values[index] ?? NaN;
const lastValue = (run: Run | undefined) => run?.values[run.values.length - 1] ?? Infinity;

/**
 * From step to step where the counter moves in batches, because a window that begins after one commit and ends before
 * another would count a batch too few or too many. Silence at an end longer than any pause between steps counts in full.
 * @returns indexes; null where the counter was not read every time, or was lower than the time before
 */
function evenSpan(at: Readings, values: Readings): [start: number, end: number] | null {
  const last = values.length - 1;
  let [start, end] = [0, 0];
  let steps = 0;
  let pause = 0;
  let before = NaN;
  let value = values[0] ?? NaN;
  if (Number.isNaN(value)) return null;
  for (let index = 0; index < last; index++) {
    const next = values[index + 1] ?? NaN;
    if (!(next >= value)) return null;
    // A commit of several partitions may be seen half done, so a step ends where the counter rests.
    if (value === next && value !== before && index > 0) {
      if (steps++ === 0) start = index;
      else pause = Math.max(pause, rise(at, end, index));
      end = index;
    }
    before = value;
    value = next;
  }
  if (steps < 4) return [0, last];
  const isSilent = rise(at, 0, start) > pause || rise(at, end, last) > pause;
  return isSilent ? [0, last] : [start, end];
}
