/**
 * A token bucket that all producers share, first come first served, whose rate gives way when the consumers fall behind.
 */

/** Where time comes from, so that a test can bring its own. */
export interface Clock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Runs something once after so many milliseconds. @returns how to call it off */
  after(ms: number, run: () => void): () => void;
}

const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    // Longer, a timer of JavaScript fires at once.
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};

/** Items a second that may pass while nobody falls behind. */
const defaultRate = 100;

const defaults = {
  /** Items a second. */
  maxRate: defaultRate,
  minRate: 1,
  /** How many may pass at once after a pause. */
  burst: 10,
  /** From this lag on the rate is cut, up to the low one it recovers, between them it stays. In the unit of `report`. */
  highLag: 60,
  lowLag: 10,
  /** What a cut leaves of the rate. The next comes after `cutEveryMs` at the earliest: a cut needs time to show. */
  cut: 0.5,
  cutEveryMs: 10_000,
  /** How long the rate takes from `minRate` to `maxRate`. */
  recoveryMs: 300_000,
  clock: systemClock,
};

export type Options = Partial<typeof defaults>;

export class RateThrottle {
  private readonly options: typeof defaults;
  private readonly waiting = new Set<() => void>();
  private callOff: (() => void) | null = null;
  private tokens: number;
  /** When `tokens` was right. */
  private filled: number;
  private current: number;
  private reported: number;
  private lastCut = -Infinity;

  /** @throws {RangeError} when rates or lags contradict each other */
  constructor(options: Options = {}) {
    this.options = { ...defaults, ...options };
    const { maxRate, minRate, burst, highLag, lowLag, cut, cutEveryMs, recoveryMs, clock } = this.options;
    const isSound =
      0 < minRate &&
      minRate <= maxRate &&
      Number.isFinite(maxRate) &&
      burst >= 1 &&
      lowLag <= highLag &&
      0 < cut &&
      cut < 1 &&
      0 < cutEveryMs &&
      0 < recoveryMs;
    if (!isSound) throw new RangeError('wanted: 0 < min ≤ max rate, burst ≥ 1, low ≤ high lag, 0 < cut < 1');
    this.tokens = burst;
    this.current = maxRate;
    this.filled = this.reported = clock.now();
  }

  /** How many items a second may pass now. */
  get rate(): number {
    return this.current;
  }

  /**
   * Resolves when the caller may send one item.
   * @throws the signal's reason when that was aborted first; then no token is used
   */
  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.fill();
    if (this.waiting.size === 0 && this.tokens >= 1) {
      this.tokens -= 1;
      return;
    }
    const isServed = await new Promise<boolean>((resolve) => {
      const turn = () => {
        signal?.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = () => {
        this.waiting.delete(turn);
        this.serve();
        resolve(false);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.add(turn);
      this.serve();
    });
    if (!isServed) signal?.throwIfAborted();
  }

  /** Tells how far the consumers are behind, as often as it is measured. Without reports the rate stays. */
  report(lag: number): void {
    const { maxRate, minRate, highLag, lowLag, cut, cutEveryMs, recoveryMs } = this.options;
    this.fill();
    const now = this.filled;
    // After a silence nobody knows what happened in it, so that one report is not worth more than a short time.
    const sinceReport = Math.min(now - this.reported, cutEveryMs);
    this.reported = now;
    if (lag >= highLag && now - this.lastCut >= cutEveryMs) {
      this.current = Math.max(minRate, this.current * cut);
      this.lastCut = now;
    } else if (lag <= lowLag) {
      this.current = Math.min(maxRate, this.current + ((maxRate - minRate) * sinceReport) / recoveryMs);
    }
    // Those who wait already wait by the new rate.
    this.serve();
  }

  private fill(): void {
    const now = this.options.clock.now();
    this.tokens = Math.min(this.options.burst, this.tokens + ((now - this.filled) / 1000) * this.current);
    this.filled = now;
  }

  /** Lets pass who can, and sets the one timer to when the next one can. */
  private serve(): void {
    this.fill();
    for (const turn of this.waiting) {
      if (this.tokens < 1) break;
      this.tokens -= 1;
      this.waiting.delete(turn);
      turn();
    }
    this.callOff?.();
    this.callOff = null;
    if (this.waiting.size === 0) return;
    // Whole milliseconds, rounded up: timers know no less, and one that comes early would come twice.
    const wait = Math.ceil(((1 - this.tokens) / this.current) * 1000);
    this.callOff = this.options.clock.after(Math.max(1, wait), () => this.serve());
  }
}
