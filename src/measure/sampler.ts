import type { SeenPublisher } from '../model/publisher';
import type { Sweep } from '../model/sweep';
import { deadlineMs, SampledSource, type SamplerOptions } from './sampledSource';
import type { Source } from './source';

export type { SamplerOptions };

/** A broker is never read for more than a quarter of the time. */
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

  /** Whom the brokers see publish, asked now: no sweep needs it. */
  async publishers(signal: AbortSignal): Promise<SeenPublisher[]> {
    return (await Promise.all(this.sources.map((source) => source.publishers(signal)))).flat();
  }

  private async readAll(signal: AbortSignal, retryNow: boolean): Promise<Sweep> {
    const until = firstOf(signal, this.closing.signal);
    try {
      return await this.readUntil(until.signal, retryNow);
    } finally {
      until.release();
    }
  }

  private async readUntil(signal: AbortSignal, retryNow: boolean): Promise<Sweep> {
    signal.throwIfAborted();
    const at = this.options.clock.now();
    const readings = await Promise.all(this.sources.map((source) => source.read(at, signal, retryNow)));
    signal.throwIfAborted();
    return {
      version: 1,
      at: new Date(at).toISOString(),
      brokers: readings.map(({ broker }) => broker),
      queues: readings.flatMap(({ queues }) => queues),
      stages: readings.flatMap(({ stages }) => stages),
      steps: readings.flatMap(({ steps }) => steps),
    };
  }

  /** Sweeps every interval until aborted or closed, then resolves. A slow broker stretches the interval to four times its sweep. */
  async run(onSweep: (sweep: Sweep) => void, signal: AbortSignal): Promise<void> {
    const { clock, intervalMs } = this.options;
    const until = firstOf(signal, this.closing.signal);
    const ended = () => until.signal.aborted;
    try {
      while (!ended()) {
        const begun = clock.now();
        const sweep = await this.sweep(until.signal).catch((error: unknown) => {
          if (!ended()) throw error;
        });
        if (!sweep || ended()) return;
        onSweep(sweep);
        const busy = Math.max(0, ...this.sources.map(({ busyMs }) => busyMs));
        await clock.sleep(Math.max(intervalMs, sweepShare * busy) - this.elapsed(begun), until.signal);
      }
    } finally {
      until.release();
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

/** Aborted with the first of two signals. Unlike AbortSignal.any it leaves nothing on a signal that lives for days. */
function firstOf(...signals: readonly AbortSignal[]): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(signals.find(({ aborted }) => aborted)?.reason);
  for (const signal of signals) signal.addEventListener('abort', abort);
  if (signals.some(({ aborted }) => aborted)) abort();
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of signals) signal.removeEventListener('abort', abort);
    },
  };
}
