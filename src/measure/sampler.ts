import type { Sweep } from '../model/sweep';
import type { Clock } from './clock';
import { deadlineMs, SampledSource } from './sampledSource';
import type { Source, SourceOptions } from './source';

export interface SamplerOptions {
  clock: Clock;
  /** Between the beginnings of two sweeps, milliseconds. */
  intervalMs: number;
  /** Longest a single call to a broker may take, milliseconds. A whole sweep of one broker may take twice that. */
  callTimeoutMs: number;
  log: SourceOptions['log'];
}

/** A sweep is followed by a pause, so that reading never takes more than a quarter of the time (brokers.md G1). */
const sweepShare = 4;

/** Reads several brokers side by side, once or over and over. A broker that fails costs its own row only. */
export class Sampler {
  private readonly sources: readonly SampledSource[];
  private readonly closing = new AbortController();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    sources: readonly Source[],
    private readonly options: SamplerOptions,
  ) {
    this.sources = sources.map((source) => new SampledSource(source, options));
  }

  /**
   * One sweep over all brokers; begins when the one before has ended.
   * @param signal its abort gives up the sweep
   * @param options `retryNow` reads failing brokers too that are waiting for their next try (a person asked)
   * @throws the signal's reason when aborted, an Error when the sampler is closed
   */
  sweep(signal: AbortSignal, options: { retryNow?: boolean } = {}): Promise<Sweep> {
    const next = this.last.then(() => this.readAll(signal, options.retryNow ?? false));
    this.last = next.catch(() => undefined);
    return next;
  }

  private async readAll(signal: AbortSignal, retryNow: boolean): Promise<Sweep> {
    const either = AbortSignal.any([signal, this.closing.signal]);
    either.throwIfAborted();
    const at = this.options.clock.now();
    const readings = await Promise.all(this.sources.map((source) => source.read(at, either, retryNow)));
    either.throwIfAborted();
    return {
      version: 1,
      at: new Date(at).toISOString(),
      brokers: readings.map(({ broker }) => broker),
      queues: readings.flatMap(({ queues }) => queues),
      stages: readings.flatMap(({ stages }) => stages),
      steps: readings.flatMap(({ steps }) => steps),
    };
  }

  /** Sweeps every interval until aborted or closed, then resolves. Slow sweeps stretch the interval to four times theirs. */
  async run(onSweep: (sweep: Sweep) => void, signal: AbortSignal): Promise<void> {
    const { clock, intervalMs } = this.options;
    const either = AbortSignal.any([signal, this.closing.signal]);
    const ended = () => either.aborted;
    while (!ended()) {
      const begun = clock.now();
      const sweep = await this.sweep(either).catch((error: unknown) => {
        if (!ended()) throw error;
      });
      if (!sweep || ended()) return;
      onSweep(sweep);
      const took = this.elapsed(begun);
      await clock.sleep(Math.max(intervalMs, sweepShare * took) - took, either);
    }
  }

  /** Since then, as far as a clock that may be set can be believed: never below 0 or above what a sweep may take. */
  private elapsed(begun: number): number {
    return Math.min(Math.max(0, this.options.clock.now() - begun), deadlineMs(this.options));
  }

  /** Gives up what is under way and closes every source. */
  async close(): Promise<void> {
    this.closing.abort(new Error('the sampler is closed'));
    await Promise.all(this.sources.map((source) => source.close()));
  }
}
