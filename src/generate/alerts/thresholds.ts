import { duration, rate } from '../../model/format';
import { promDuration, threshold } from './promql';
import { isRefusal, type AlertOptions, type AlertQueue, type Exporter, type QueueSeries } from './words';

/** Slower growth than this share of what arrives is noise; draining is falling by more than it (references: lanes of the diagnosis). */
const growthShare = 0.05;
/** A backlog of fewer seconds of arrivals is no backlog. */
const backlogSeconds = 30;
/** The measured rate may have been a peak: in the rules at least this share of it is taken to arrive. */
const leastShare = 0.1;
/** Fewer messages per second are no base for a threshold. */
const leastRate = 0.01;
/** Where nothing is known of arrivals: messages that are many in any queue, and in what time so many more are too many. */
const manyMessages = 1000;
const manyInSeconds = 1800;
/** A critical age is that many times the objective. */
export const criticalFactor = 5;
/** A few stragglers, which are retried again and again, are not the age of a queue: less than this share of what is expected to wait. */
const stragglers = 0.1;
/** The same where nothing is known of arrivals, in messages. */
const fewMessages = 10;
/** Markers of transactions that wait for ever: in each partition of Kafka at most two. */
const markersPerPartition = 2;

/** The rate measured when the rules are written; null when it is no base for a threshold. Messages per second. */
export const measuredRate = ({ arrivalRate }: Pick<AlertQueue, 'arrivalRate'>) =>
  arrivalRate !== null && arrivalRate >= leastRate ? arrivalRate : null;

/** The window of an exporter's rules in seconds. */
export const windowOf = ({ leastWindow = 0 }: Exporter, { windowSeconds }: Pick<AlertOptions, 'windowSeconds'>) =>
  Math.max(windowSeconds, leastWindow);

/** The conditions that several rules share, for one queue. */
export class Thresholds {
  readonly #measured: number | null;
  readonly #live: ((window: string) => string) | null;

  constructor(
    private readonly queue: AlertQueue,
    private readonly series: QueueSeries,
    /** Seconds. */
    private readonly window: number,
  ) {
    // A second of arrivals comes every second.
    this.#measured = series.inSeconds ? 1 : measuredRate(queue);
    this.#live = isRefusal(series.arrivals) ? null : series.arrivals;
  }

  /** Are arrivals known, from the exporter or by measurement? */
  get known(): boolean {
    return this.#live !== null || this.#measured !== null;
  }

  /** More waits than arrives in so many seconds. @param over seconds that the arrivals are taken over */
  backlogAbove(seconds: number, over = this.window): string {
    return `${this.series.backlog} > ${this.#arrivals(seconds, this.#noise, over) ?? manyMessages}`;
  }

  get isGrowing(): string {
    const least = this.#arrivals(growthShare, 0) ?? threshold(manyMessages / manyInSeconds);
    return `${this.#growth()} > ${least} and ${this.backlogAbove(backlogSeconds)} and ${this.isNotDraining}`;
  }

  /** Of late: what grew over a whole window may have begun to drain. */
  get isNotDraining(): string {
    const least = this.#arrivals(growthShare, 0);
    const growth = this.#growth(this.window / 4);
    return least === null ? `${growth} >= 0` : `-${growth} < ${least}`;
  }

  /** More than a few stragglers wait, for an age of so many seconds. */
  isNoStraggler(ageSeconds: number): string {
    return this.known ? this.backlogAbove(ageSeconds * stragglers) : `${this.series.backlog} > ${fewMessages}`;
  }

  /** Seconds until it is empty, as it fell of late; infinite where it does not fall. */
  get drainSeconds(): string {
    return `${this.series.backlog} / clamp_min(-${this.#growth(this.window / 4)}, 0)`;
  }

  /** What the thresholds rest on, in sentences. */
  explained({ maxAgeSeconds }: Pick<AlertOptions, 'maxAgeSeconds'>): string[] {
    const growing = `Growing: by more than ${growthShare * 100} % of what arrives, and more than ${duration(backlogSeconds)} of it waits.`;
    const age = `Age objective ${duration(maxAgeSeconds)}; critical from ${duration(maxAgeSeconds * criticalFactor)}.`;
    if (this.series.inSeconds)
      return ['Told in the seconds that the readers are behind, so no rate is needed.', growing, age];
    const measured =
      this.#measured === null
        ? 'No arrivals were measured'
        : `Measured: ${rate(this.#measured)} arrive${this.#live ? `; ${rate(this.#measured * leastShare)} are taken to arrive at least` : ''}`;
    const basis =
      this.#live !== null
        ? `thresholds follow what arrives over ${promDuration(this.window)}`
        : this.#measured !== null
          ? 'the exporter does not tell what arrives, so thresholds are fixed: write them anew when the traffic changes'
          : `nor does the exporter tell them: ${manyMessages} messages count as many`;
    return [`${measured}; ${basis}.`, growing, age];
  }

  #growth(seconds = this.window): string {
    return this.series.growth(promDuration(seconds));
  }

  /** Messages that never count as a backlog. */
  get #noise(): number {
    return this.queue.system === 'kafka' ? markersPerPartition * (this.queue.partitions ?? 1) : 1;
  }

  /**
   * What arrives in so many seconds: an expression in parentheses, a number, or null where nobody knows.
   * @param least messages that it is at least
   * @param over seconds that the arrivals are taken over
   */
  #arrivals(seconds: number, least: number, over = this.window): string | null {
    if (this.#live === null) {
      return this.#measured === null ? null : threshold(Math.max(least, seconds * this.#measured));
    }
    const live = `${threshold(seconds)} * ${this.#live(promDuration(over))}`;
    const floor = Math.max(least, seconds * leastShare * (this.#measured ?? 0));
    return floor > 0 ? `clamp_min(${live}, ${threshold(floor)})` : `(${live})`;
  }
}
