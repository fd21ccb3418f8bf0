import type { Trend } from '../model/report';
import { firstSince, type QueueSeries } from '../model/series';
import { markerNoise } from './facts';
import { liveLanes, recoveryLane, risingAt, startLane, steadyRate, stretched } from './lanes';
import { partOf } from './parts';
import { Pauses } from './pauses';
import { judgeTrend } from './trend';

/** So long the start lane looks as well, seconds: until the fast lane has seen enough. */
const startSeconds = 120;
/** The start lane is silent until so much was seen finished: what commits rarely looks stopped at first. */
const fewestMoves = 4;
/** Figures are of that long, and of so many samples or habitual pauses at least. */
const recentSeconds = 120;
const recentSamples = 12;
const recentPauses = 4;
/** A lane opens, and a recovery closes it, after so many evaluations in a row. */
const inRowToTurn = 3;
/** A lane looks back ten blocks, and there at the lowest of what was just before. */
const samplesBack = 13;
const longestBlockMs = 60_000;
/** It does not open while the backlog is below this share of what it was two samples ago: that is a peak that is over. */
const opensNearPeak = 0.85;
/** It closes when the lowest of three samples falls below this share of the peak. */
const closesBelowPeak = 0.8;
/** Nothing finished for so many habitual pauses is stuck, for this long at least; longer while no habit is known. */
const patientPauses = 3;
const patientSeconds = 60;
const patientAtFirstSeconds = 120;

/** A time of growing: since when, milliseconds since the epoch, and the highest level since. */
interface Episode {
  from: number;
  peak: number;
  trend: Trend;
}

/**
 * The trend of one queue that is watched: it takes in each sample once and holds on to what it has called growing until
 * the backlog has fallen back, so that noise does not make several alarms of one.
 */
export class LiveTrend {
  private readonly pauses = new Pauses();
  private readonly inRow = [0, 0, 0, 0];
  private recoveredInRow = 0;
  /** After a recovery, as long as it goes on. */
  private recovery: Trend | null = null;
  private episode: Episode | null = null;
  /** When the first sample was taken in, and when the last episode ended: what was before is told. */
  private begun = NaN;
  private closed = -Infinity;
  /** Between the last two samples. */
  private gapMs = 0;
  /** Milliseconds since the epoch of the newest sample taken in. */
  seen = -Infinity;

  /** Takes in the samples that are newer than the newest it knows. */
  add(series: QueueSeries): void {
    const { at } = series;
    if (Number.isNaN(this.begun)) this.begun = at[0] ?? NaN;
    for (let i = firstSince(at, this.seen + 1); i < at.length; i++) this.step(series, i);
    this.seen = at.at(-1) ?? this.seen;
  }

  /** From when on samples have to be handed in again with the newer ones, milliseconds since the epoch. */
  get needs(): number {
    return this.seen - samplesBack * Math.max(longestBlockMs, this.pauses.usualMs(this.seen), this.gapMs);
  }

  /** How long nothing was finished although something waited. Seconds. */
  get stillSeconds(): number {
    return this.pauses.stillMs / 1000;
  }

  /** The longest pause that is a habit of the consumer; 0 for none. Seconds. */
  get usualPause(): number {
    return this.pauses.usualMs(this.seen) / 1000;
  }

  /** Nothing finished for longer than this is stuck. Seconds. */
  get patience(): number {
    const usual = patientPauses * this.usualPause;
    return Math.max(this.pauses.moves === 0 ? patientAtFirstSeconds : patientSeconds, usual);
  }

  /**
   * What the queue does, of which the recent samples alone say this: growing from when a lane opened until the episode
   * is over, draining from when it recovers.
   */
  called(recent: Trend): Trend {
    if (this.episode) {
      return { ...this.episode.trend, slope: recent.slope, since: new Date(this.episode.from).toISOString() };
    }
    if (this.recovery) return { ...this.recovery, slope: recent.slope };
    // A rise that no lane has seen for long enough is not yet called one.
    return recent.state === 'growing' ? { ...recent, state: 'unknown', confidence: 0, lane: null } : recent;
  }

  /** The samples that the figures of now are made from, up to and without an index. */
  recent(series: QueueSeries, end = series.at.length): QueueSeries {
    const seconds = Math.max(recentSeconds, recentPauses * this.usualPause);
    const since = firstSince(series.at, (series.at[end - 1] ?? NaN) - seconds * 1000);
    return partOf(series, Math.max(0, Math.min(end - recentSamples, since)), end);
  }

  private step(series: QueueSeries, i: number): void {
    const now = series.at[i] ?? NaN;
    if (this.seen > -Infinity) this.gapMs = now - this.seen;
    this.seen = now;
    this.pauses.add(now, series.consumed[i] ?? NaN, (series.backlog[i] ?? NaN) > markerNoise(series));
    const pauseMs = this.pauses.usualMs(now);
    const level = (end: number) => lowest(series, end, pauseMs);
    if (this.episode) this.mayClose(this.episode, series, i, level(i));
    else {
      this.recovery &&= this.recovering(series, i);
      this.mayOpen(series, i, level);
    }
  }

  private mayOpen(series: QueueSeries, i: number, level: (end: number) => number): void {
    const now = series.at[i] ?? NaN;
    const shortest = Math.max(this.usualPause, (now - (series.at[i - 1] ?? now)) / 1000);
    const watched = (now - this.begun) / 1000;
    const mayStart = watched <= startSeconds && (this.pauses.moves >= fewestMoves || Number.isNaN(series.consumed[i]));
    if (this.isPastPeak(series, i)) {
      this.inRow.fill(0);
      return;
    }
    const lanes = [mayStart ? startLane(watched) : null, ...liveLanes.map((lane) => stretched(lane, shortest))];
    lanes.forEach((lane, index) => {
      const trend = lane && risingAt(series, i, lane, this.closed, level);
      const inRow = trend?.state === 'growing' ? (this.inRow[index] ?? 0) + 1 : 0;
      this.inRow[index] = inRow;
      if (trend && inRow >= inRowToTurn) this.episode ??= { from: now, peak: level(i), trend };
    });
    if (this.episode) this.inRow.fill(0);
  }

  /** Plainly falling already, as after a rebalance. What commits rarely falls with every commit, which tells nothing. */
  private isPastPeak({ backlog }: QueueSeries, i: number): boolean {
    const [before, last, now] = [backlog[i - 2] ?? NaN, backlog[i - 1] ?? NaN, backlog[i] ?? NaN];
    return this.usualPause === 0 && now < opensNearPeak * Math.max(before, last, now);
  }

  private mayClose(episode: Episode, series: QueueSeries, i: number, level: number): void {
    episode.peak = Math.max(episode.peak, level);
    const recovery = this.recovering(series, i);
    this.recoveredInRow = recovery ? this.recoveredInRow + 1 : 0;
    const isOver = this.recoveredInRow >= inRowToTurn;
    if (!isOver && level >= closesBelowPeak * episode.peak) return;
    this.recovery = recovery;
    this.episode = null;
    this.closed = series.at[i] ?? NaN;
    this.recoveredInRow = 0;
  }

  private recovering(series: QueueSeries, i: number): Trend | null {
    const lane = stretched(recoveryLane, this.usualPause);
    const since = (series.at[i] ?? NaN) - lane.blocks * lane.blockSeconds * 1000;
    const part = partOf(series, firstSince(series.at, since), i + 1);
    const arrival = steadyRate(part.at, part.produced, 0, part.at.length - 1);
    const trend = judgeTrend(part, { arrival, departure: null }, lane);
    return trend.state === 'draining' ? trend : null;
  }
}

/** The lowest backlog of a sample, the two before it, and as far back as a habitual pause; NaN when one is not known. */
function lowest({ at, backlog }: QueueSeries, end: number, pauseMs: number): number {
  const since = (at[end] ?? NaN) - pauseMs;
  let value = backlog[end] ?? NaN;
  for (let i = end - 1; i >= 0 && (i > end - 3 || (at[i] ?? NaN) >= since); i--) {
    value = Math.min(value, backlog[i] ?? NaN);
  }
  return value;
}
