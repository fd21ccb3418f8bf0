/**
 * A bounded buffer between producers and a sink that may be slow, fail, or take only part of a batch.
 *
 * At every moment accepted = flushed + held + dropped + failed. A failed flush loses nothing and keeps the order; what
 * it had delivered before it failed is delivered again (at least once). One call of the sink runs at a time.
 */

/** `blocked`: full. `critical`: the high watermark was reached, and the low one not yet again. */
export type State = 'normal' | 'elevated' | 'critical' | 'blocked' | 'draining';

/** What happens to an item that finds the buffer full; `sample` thins out already from the high watermark on. */
export type Overflow = 'block' | 'drop-oldest' | 'drop-newest' | 'sample';

export type DropReason = 'oldest' | 'newest' | 'sampled' | 'timeout' | 'draining';

/** What became of one item of a batch: delivered, to be tried again, or refused for good. */
export type Outcome = 'flushed' | 'retry' | 'failed';

/**
 * Delivers a batch. An empty answer: all of it was delivered; else there is one outcome for each item. A rejection: none
 * was. Give it a time limit of its own; `signal` is aborted when a drain has run out of time.
 */
export type Sink<T> = (batch: readonly T[], signal: AbortSignal) => Promise<readonly Outcome[]>;

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

const defaults = {
  /** Most items held, those of a running flush among them. */
  capacity: 1000,
  /** Shares of the capacity. */
  lowWatermark: 0.5,
  highWatermark: 0.8,
  /** Most items in one call of the sink. */
  batchSize: 100,
  overflow: 'block' as Overflow,
  /** The share of items that `sample` keeps, above 0 and at most 1. */
  sampleRate: 0.1,
  /** How long `block` lets a producer wait at most. */
  maxBlockMs: 30_000,
  /** Longest wait of an item for its batch to fill; adapts between the two. */
  minFlushMs: 10,
  maxFlushMs: 1000,
  /** So many failed flushes in a row open the circuit … */
  failuresToOpen: 5,
  /** … for so long; then one batch is tried. */
  openMs: 10_000,
  clock: systemClock,
  /** Hears of every change; like `onError` it must not throw. */
  onState: (() => undefined) as (state: State) => void,
  /** Every error of the sink. The items it concerns are still held. */
  onError: (() => undefined) as (error: unknown) => void,
};

export type Options = Partial<typeof defaults>;

export interface Metrics {
  /** Items whose `push` was decided, those dropped among them. */
  accepted: number;
  flushed: number;
  held: number;
  failed: number;
  dropped: Record<DropReason, number>;
  /** Producers that wait for room. */
  waiting: number;
  state: State;
  circuit: 'closed' | 'open' | 'half-open';
  /** The flush interval now. */
  flushMs: number;
  failedFlushes: number;
  /** From the acceptance of an item to its delivery, over all that were flushed. */
  latency: { sumMs: number; maxMs: number };
}

interface Held<T> {
  item: T;
  since: number;
}
interface Waiter<T> {
  item: T;
  decide: (isAccepted: boolean) => void;
  callOff: () => void;
}

export class FlowController<T> {
  private readonly options: typeof defaults;
  private readonly queue: Held<T>[] = [];
  private flushing: Held<T>[] = [];
  /** First come, first served. */
  private readonly waiting = new Set<Waiter<T>>();
  private readonly stop = new AbortController();
  private drained: Promise<T[]> | null = null;
  private finish: () => void = () => undefined;
  private timer: { at: number; callOff: () => void } | null = null;

  private state: State = 'normal';
  private flushMs: number;
  /** No flush starts before this time of the clock. */
  private notBefore = 0;
  private failuresInRow = 0;
  private sampled = 0;

  private accepted = 0;
  private flushed = 0;
  private failed = 0;
  private failedFlushes = 0;
  private readonly dropped = { oldest: 0, newest: 0, sampled: 0, timeout: 0, draining: 0 };
  private readonly latency = { sumMs: 0, maxMs: 0 };

  /** @throws {RangeError} when sizes, watermarks or intervals contradict each other */
  constructor(
    private readonly sink: Sink<T>,
    options: Options = {},
  ) {
    this.options = { ...defaults, ...options };
    const { capacity, batchSize, lowWatermark, highWatermark, sampleRate } = this.options;
    const { minFlushMs, maxFlushMs, failuresToOpen } = this.options;
    const isSound =
      Number.isInteger(capacity) &&
      Number.isInteger(batchSize) &&
      failuresToOpen >= 1 &&
      batchSize >= 1 &&
      capacity >= batchSize &&
      0 < lowWatermark &&
      lowWatermark <= highWatermark &&
      highWatermark <= 1 &&
      0 < sampleRate &&
      sampleRate <= 1 &&
      0 < minFlushMs &&
      minFlushMs <= maxFlushMs;
    if (!isSound) {
      throw new RangeError(
        'wanted: 1 ≤ batchSize ≤ capacity, low ≤ high watermark ≤ 1, 0 < rate ≤ 1, min ≤ max interval, failures ≥ 1',
      );
    }
    this.flushMs = minFlushMs;
  }

  /**
   * Hands an item over. Under `block` it waits while the buffer is full.
   * @returns false when the item was dropped; the metrics say why
   */
  push(item: T): Promise<boolean> {
    const { capacity, overflow, highWatermark } = this.options;
    if (this.drained) return Promise.resolve(this.drop('draining'));
    const isFull = this.held >= capacity;
    if (isFull && overflow === 'block') return this.wait(item);
    if (overflow === 'sample' && this.held >= highWatermark * capacity && !this.isSampled()) {
      return Promise.resolve(this.drop('sampled'));
    }
    if (isFull) {
      // What the sink is working on can no longer be dropped.
      if (overflow !== 'drop-oldest' || this.queue.length === 0) return Promise.resolve(this.drop('newest'));
      this.queue.shift();
      this.dropped.oldest += 1;
    }
    this.take(item);
    this.plan();
    return Promise.resolve(true);
  }

  /**
   * Takes no more items, flushes what is held, and ends after `limitMs` even when the sink does not. It is the last
   * chance, so an open circuit is not waited for.
   * @returns what was not delivered, oldest first; of a call that was cut off some may have been
   */
  drain(limitMs: number): Promise<T[]> {
    this.drained ??= new Promise((resolve) => {
      const callOff = this.options.clock.after(limitMs, () => this.finish());
      this.finish = () => {
        callOff();
        this.timer?.callOff();
        this.stop.abort();
        resolve([...this.flushing, ...this.queue].map(({ item }) => item));
      };
    });
    for (const waiter of this.waiting) this.release(waiter, this.drop('draining'));
    this.notBefore = 0;
    this.watch();
    if (this.held === 0) this.finish();
    else this.plan();
    return this.drained;
  }

  get metrics(): Metrics {
    const { accepted, flushed, held, failed, failedFlushes, flushMs, state } = this;
    const isOpen = this.failuresInRow >= this.options.failuresToOpen;
    const circuit = !isOpen ? 'closed' : this.flushing.length > 0 ? 'half-open' : 'open';
    return {
      ...{ accepted, flushed, held, failed, dropped: { ...this.dropped }, waiting: this.waiting.size },
      ...{ state, circuit, flushMs, failedFlushes, latency: { ...this.latency } },
    };
  }

  private get held(): number {
    return this.queue.length + this.flushing.length;
  }

  private take(item: T): void {
    this.accepted += 1;
    this.queue.push({ item, since: this.options.clock.now() });
    this.watch();
  }

  private drop(reason: DropReason): false {
    this.accepted += 1;
    this.dropped[reason] += 1;
    return false;
  }

  private wait(item: T): Promise<boolean> {
    return new Promise((decide) => {
      const callOff = this.options.clock.after(this.options.maxBlockMs, () =>
        this.release(waiter, this.drop('timeout')),
      );
      const waiter = { item, decide, callOff };
      this.waiting.add(waiter);
    });
  }

  private release(waiter: Waiter<T>, isAccepted: boolean): void {
    this.waiting.delete(waiter);
    waiter.callOff();
    waiter.decide(isAccepted);
  }

  /** Keeps every (1 ÷ rate)th item: the share is exact, and no chance is in it. */
  private isSampled(): boolean {
    const { sampleRate } = this.options;
    this.sampled += 1;
    return Math.floor(this.sampled * sampleRate) > Math.floor((this.sampled - 1) * sampleRate);
  }

  /** Sets when to flush next: once a batch is full or its oldest item has waited for the interval. */
  private plan(): void {
    const [oldest] = this.queue;
    if (!oldest || this.flushing.length > 0 || this.stop.signal.aborted) return;
    const isDue = this.drained !== null || this.queue.length >= this.options.batchSize;
    const at = Math.max(this.notBefore, isDue ? 0 : oldest.since + this.flushMs);
    const wait = at - this.options.clock.now();
    if (wait > 0 && this.timer && this.timer.at <= at) return;
    this.timer?.callOff();
    this.timer = null;
    if (wait > 0) this.timer = { at, callOff: this.options.clock.after(wait, () => void this.flush()) };
    else void this.flush();
  }

  private async flush(): Promise<void> {
    this.timer = null;
    const batch: Held<T>[] = [];
    // One by one, which moves nothing; splice moves all the others.
    for (let held; batch.length < this.options.batchSize && (held = this.queue.shift());) batch.push(held);
    this.flushing = batch;
    const outcomes = await this.deliver(batch.map(({ item }) => item));
    const again = batch.filter((_, index) => outcomes[index] === 'retry');
    this.flushing = [];
    if (again.length > 0) this.queue.unshift(...again);
    this.count(batch, outcomes);
    this.adapt(batch.length, again.length);
    for (const waiter of this.waiting) {
      if (this.held >= this.options.capacity) break;
      this.take(waiter.item);
      this.release(waiter, true);
    }
    this.watch();
    if (this.drained && this.held === 0) this.finish();
    this.plan();
  }

  /** Never rejects: the error of a sink is told, and all of its batch is to be tried again. */
  private async deliver(items: readonly T[]): Promise<readonly Outcome[]> {
    try {
      const outcomes = await this.sink(items, this.stop.signal);
      if (outcomes.length === 0) return items.map(() => 'flushed');
      if (outcomes.length === items.length) return outcomes;
      throw new RangeError(`the sink told ${outcomes.length} outcomes of ${items.length} items`);
    } catch (error) {
      this.options.onError(error);
      return items.map(() => 'retry');
    }
  }

  private count(batch: readonly Held<T>[], outcomes: readonly Outcome[]): void {
    const now = this.options.clock.now();
    batch.forEach(({ since }, index) => {
      if (outcomes[index] === 'failed') this.failed += 1;
      if (outcomes[index] !== 'flushed') return;
      this.flushed += 1;
      this.latency.sumMs += now - since;
      this.latency.maxMs = Math.max(this.latency.maxMs, now - since);
    });
  }

  /** Pressed, it flushes sooner; idle, in fuller batches; after a failure later and, after several, not for a while. */
  private adapt(tried: number, again: number): void {
    const { clock, capacity, lowWatermark, batchSize, minFlushMs, maxFlushMs, failuresToOpen, openMs } = this.options;
    const isFailure = again === tried;
    this.failuresInRow = isFailure ? this.failuresInRow + 1 : 0;
    if (isFailure) this.failedFlushes += 1;
    if (again > 0) this.flushMs = Math.min(maxFlushMs, this.flushMs * 2);
    else if (this.held >= lowWatermark * capacity) this.flushMs = Math.max(minFlushMs, this.flushMs / 2);
    else if (tried < batchSize / 2) this.flushMs = Math.min(maxFlushMs, this.flushMs * 1.5);
    const pause = this.drained ? minFlushMs : this.failuresInRow >= failuresToOpen ? openMs : this.flushMs;
    this.notBefore = again > 0 ? clock.now() + pause : 0;
  }

  private watch(): void {
    const { capacity, lowWatermark, highWatermark, onState } = this.options;
    const level = this.held / capacity;
    const wasCritical = this.state === 'critical' || this.state === 'blocked';
    const state = this.drained
      ? 'draining'
      : level >= 1
        ? 'blocked'
        : level >= highWatermark || (wasCritical && level >= lowWatermark)
          ? 'critical'
          : level >= lowWatermark
            ? 'elevated'
            : 'normal';
    if (state === this.state) return;
    this.state = state;
    onState(state);
  }
}
