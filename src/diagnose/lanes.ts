import type { Trend } from '../model/report';
import { firstSince, type QueueSeries } from '../model/series';
import { partOf } from './parts';
import { counterRate } from './rates';
import { judgeTrend, oneShotLane, type Lane } from './trend';

/** The lanes of a queue that is watched, quickest first (brokers.md D4 and G2). */
export const liveLanes: readonly Lane[] = [
  lane('fast', { blocks: 4, blockSeconds: 30, fewestBlocks: 4, slopeShare: 0.15, levelSeconds: 20 }),
  lane('normal', { blocks: 10, blockSeconds: 30, fewestBlocks: 8, slopeShare: 0.05, levelSeconds: 30 }),
  lane('slow', { blocks: 10, blockSeconds: 60, fewestBlocks: 8, slopeShare: 0.02, levelSeconds: 30 }),
];

function lane(name: Trend['lane'], shape: Omit<Lane, 'name' | 'significance'>): Lane {
  return { name, significance: 0.05, ...shape };
}

/** For the first minutes, when no other lane has seen enough: all there is, as a one-shot analysis looks at it. */
export const startLane = (seconds: number): Lane => ({ ...oneShotLane(seconds), slopeShare: 0.15, levelSeconds: 5 });

/** The same lane in blocks no shorter than so many seconds, so that each of them has seen the bottom of a sawtooth. */
export const stretched = (each: Lane, seconds: number): Lane =>
  seconds > each.blockSeconds ? { ...each, blockSeconds: seconds } : each;

/** Falling for six quarters of a minute is a recovery. */
export const recoveryLane = lane(null, {
  blocks: 6,
  blockSeconds: 15,
  fewestBlocks: 5,
  slopeShare: 0.05,
  levelSeconds: 0,
});

/**
 * The trend over a lane as seen at one sample; null where the level has plainly not risen enough to look closer.
 * @param since milliseconds since the epoch: earlier samples do not count
 * @param level lowest backlog of the latest samples, by their index
 */
export function risingAt(
  series: QueueSeries,
  end: number,
  each: Lane,
  since: number,
  level: (end: number) => number,
): Trend | null {
  const { at } = series;
  const start = firstSince(at, Math.max(since, (at[end] ?? NaN) - each.blocks * each.blockSeconds * 1000));
  const seconds = ((at[end] ?? NaN) - (at[start] ?? NaN)) / 1000;
  if (!(seconds >= (each.fewestBlocks - 1) * each.blockSeconds)) return null;
  const arrival = steadyRate(at, series.produced, start, end);
  // Half the slope leaves room for noise.
  const least = arrival === null ? 0 : 0.5 * each.slopeShare * arrival * seconds;
  if (!(level(end) - level(start) > least)) return null;
  const part = partOf(series, start, end + 1);
  return judgeTrend(part, { arrival, departure: counterRate(part.at, part.consumed) }, each);
}

/** A pause between two samples so many times longer than the one before may be a clock that was set. */
const gapFactor = 3;

/**
 * Increase per second of a counter between two samples, without gaps and new beginnings: near enough to hold a slope
 * against, whatever the clock did. Null when it was not read.
 */
export function steadyRate(
  at: ArrayLike<number>,
  counter: ArrayLike<number>,
  start: number,
  end: number,
): number | null {
  let increase = 0;
  let milliseconds = 0;
  for (let i = start + 1; i <= end; i++) {
    const passed = (at[i] ?? NaN) - (at[i - 1] ?? NaN);
    const usual = i >= 2 ? (at[i - 1] ?? NaN) - (at[i - 2] ?? NaN) : passed;
    const more = (counter[i] ?? NaN) - (counter[i - 1] ?? NaN);
    if (!(more >= 0) || passed > gapFactor * usual) continue;
    increase += more;
    milliseconds += passed;
  }
  return milliseconds > 0 ? (increase * 1000) / milliseconds : null;
}
