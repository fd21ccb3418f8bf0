import type { Node } from './node';
import type { Call } from './wire';

/** A broker that missed the deadline of a call. */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
}

/**
 * The calls of one sweep: each has a deadline, all are counted. A broker that failed one is not asked again in the same
 * sweep, so that a hanging broker costs one deadline and not one for each request.
 */
export class Calls {
  requests = 0;
  /** Received. */
  bytes = 0;
  /** Of the quickest call; null before the first. */
  roundTripSeconds: number | null = null;
  private readonly away = new Map<Node, unknown>();
  /** How to give up each call that is under way. */
  private readonly underWay = new Set<(reason: unknown) => void>();

  constructor(
    private readonly timeoutMs: number,
    /** The first to be aborted ends the sweep. AbortSignal.any would leave something on one that lives for days. */
    private readonly signals: readonly AbortSignal[],
  ) {
    for (const signal of signals) signal.addEventListener('abort', this.abort);
  }

  /** Leaves the signals alone: to be called at the end of the sweep. */
  end(): void {
    for (const signal of this.signals) signal.removeEventListener('abort', this.abort);
  }

  private readonly abort = () => {
    const reason: unknown = this.signals.find(({ aborted }) => aborted)?.reason;
    for (const giveUp of this.underWay) giveUp(reason);
  };

  /** @throws the signal's reason when one is aborted */
  throwIfAborted(): void {
    for (const signal of this.signals) signal.throwIfAborted();
  }

  /** @throws {DeadlineError} after the time of one call; kafkajs' own errors; the signal's reason when it is aborted */
  async connect(node: Node): Promise<void> {
    await this.guarded(node, () => node.connect());
  }

  /** @throws as `connect` */
  async ask<T>(node: Node, call: Call<T>): Promise<T> {
    this.requests++;
    const began = performance.now();
    const { answer, bytes } = await this.guarded(node, () => node.send(call));
    const seconds = (performance.now() - began) / 1000;
    this.roundTripSeconds = Math.min(seconds, this.roundTripSeconds ?? Infinity);
    this.bytes += bytes;
    return answer;
  }

  private async guarded<T>(node: Node, act: () => Promise<T>): Promise<T> {
    if (this.away.has(node)) throw this.away.get(node);
    try {
      return await this.within(act());
    } catch (error) {
      if (this.away.has(node)) throw this.away.get(node);
      this.away.set(node, error);
      // What is left in flight would be answered late or never.
      node.drop();
      throw error;
    }
  }

  private async within<T>(promise: Promise<T>): Promise<T> {
    this.throwIfAborted();
    const { promise: end, reject } = withReject();
    const timer = setTimeout(
      () => reject(new DeadlineError(`no answer within ${this.timeoutMs / 1000} s`)),
      this.timeoutMs,
    );
    this.underWay.add(reject);
    try {
      return await Promise.race([promise, end]);
    } finally {
      clearTimeout(timer);
      this.underWay.delete(reject);
    }
  }
}

function withReject(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, fail) => {
    reject = fail;
  });
  return { promise, reject };
}
