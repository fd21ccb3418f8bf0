export interface WorkerPoolOptions<T> {
  /** Does the work for one item. */
  handle: (item: T) => Promise<void>;
  /** Hears of every item whose handling failed, and why. What it throws itself ends the process, as nobody is left to tell. */
  failed: (item: T, error: unknown) => void;
  /** How many at once; without it WORKER_POOL_CONCURRENCY of the environment. */
  concurrency?: number;
  /** When it is aborted no more items are taken; those begun are finished. */
  signal?: AbortSignal;
}

/** What `submit` rejects with once no more items are taken. */
export class WorkerPoolStopped extends Error {
  override name = 'WorkerPoolStopped';
}

/**
 * Handles items, so many at once.
 *
 * There is no queue in it: `await pool.submit(item)` waits until the item is begun, so a producer that awaits goes no
 * faster than the handling, and no item lies where a shutdown could forget it.
 */
export class WorkerPool<T> {
  /** How many at once where neither the caller nor the environment says it. */
  static readonly #defaultConcurrency = 8;
  readonly #options: WorkerPoolOptions<T>;
  readonly #size: number;
  /** Producers that wait, the first first. */
  #waiting: { begin: () => void; refuse: (reason: WorkerPoolStopped) => void }[] = [];
  readonly #closing: (() => void)[] = [];
  #running = 0;
  #stopped = false;

  /** @throws {RangeError} for a size below 1 */
  constructor(options: WorkerPoolOptions<T>) {
    this.#options = options;
    this.#size = WorkerPool.#concurrencyOf(options.concurrency);
    if (options.signal?.aborted) this.stop();
    options.signal?.addEventListener('abort', this.stop, { once: true });
  }

  /** Waits until the item is begun. @throws {WorkerPoolStopped} when it will not be */
  async submit(item: T): Promise<void> {
    if (this.#stopped) throw new WorkerPoolStopped('no more items are taken');
    if (this.#running < this.#size) this.#running++;
    else await new Promise<void>((begin, refuse) => this.#waiting.push({ begin, refuse }));
    void this.#run(item);
  }

  /** Takes no more items; those begun go on. */
  readonly stop = (): void => {
    this.#stopped = true;
    this.#options.signal?.removeEventListener('abort', this.stop);
    for (const { refuse } of this.#waiting.splice(0)) refuse(new WorkerPoolStopped('no more items are taken'));
  };

  /** Takes no more items and waits until those begun are finished. */
  async close(): Promise<void> {
    this.stop();
    if (this.#running > 0) await new Promise<void>((closed) => this.#closing.push(closed));
  }

  async #run(item: T): Promise<void> {
    try {
      await this.#options.handle(item);
    } catch (error) {
      this.#options.failed(item, error);
    } finally {
      this.#ended();
    }
  }

  /** The place goes to who has waited longest. */
  #ended(): void {
    const next = this.#waiting.shift();
    if (next) next.begin();
    else this.#running--;
    if (this.#running === 0) for (const closed of this.#closing.splice(0)) closed();
  }

  static #concurrencyOf(given: number | undefined): number {
    const { WORKER_POOL_CONCURRENCY: text } = process.env;
    const size = given ?? (text ? Number(text) : WorkerPool.#defaultConcurrency);
    if (Number.isInteger(size) && size >= 1) return size;
    const where = given === undefined ? 'WORKER_POOL_CONCURRENCY' : 'concurrency';
    throw new RangeError(`${where}: ${given ?? text ?? ''} is no whole number from 1 up`);
  }
}
