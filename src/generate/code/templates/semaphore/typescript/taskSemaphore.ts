export interface TaskSemaphoreOptions {
  /** How many at once; without it TASK_SEMAPHORE_CONCURRENCY of the environment. */
  concurrency?: number;
  /** When it is aborted no more slots are given; tasks that have one go on. */
  signal?: AbortSignal;
}

/** What asking for a slot rejects with once none are given any more. */
export class TaskSemaphoreStopped extends Error {
  override name = 'TaskSemaphoreStopped';
}

/**
 * So many slots, and a task needs one to run.
 *
 * A loop that starts tasks has to wait for the slot, not for the task:
 *
 *     const release = await semaphore.acquire();
 *     void handle(message).catch(report).finally(release);
 */
export class TaskSemaphore {
  /** How many at once where neither the caller nor the environment says it. */
  static readonly #defaultConcurrency = 8;
  readonly #size: number;
  readonly #signal: AbortSignal | undefined;
  /** Who waits for a slot, the first first. */
  #waiting: { take: () => void; refuse: (reason: TaskSemaphoreStopped) => void }[] = [];
  readonly #closing: (() => void)[] = [];
  #held = 0;
  #stopped = false;

  /** @throws {RangeError} for a size below 1 */
  constructor({ concurrency, signal }: TaskSemaphoreOptions = {}) {
    this.#size = TaskSemaphore.#concurrencyOf(concurrency);
    this.#signal = signal;
    if (signal?.aborted) this.stop();
    signal?.addEventListener('abort', this.stop, { once: true });
  }

  /**
   * Waits for a slot.
   * @returns what gives it back; calling it again does nothing
   * @throws {TaskSemaphoreStopped} when there will be none
   */
  async acquire(): Promise<() => void> {
    if (this.#stopped) throw new TaskSemaphoreStopped('no more slots are given');
    if (this.#held < this.#size) this.#held++;
    else await new Promise<void>((take, refuse) => this.#waiting.push({ take, refuse }));
    let held = true;
    return () => {
      if (held) this.#release();
      held = false;
    };
  }

  /** Runs a task in a slot. @returns what the task does @throws what the task throws, {TaskSemaphoreStopped} */
  async run<R>(task: () => Promise<R>): Promise<R> {
    const release = await this.acquire();
    try {
      return await task();
    } finally {
      release();
    }
  }

  /** Gives no more slots; tasks that have one go on. */
  readonly stop = (): void => {
    this.#stopped = true;
    this.#signal?.removeEventListener('abort', this.stop);
    for (const { refuse } of this.#waiting.splice(0)) refuse(new TaskSemaphoreStopped('no more slots are given'));
  };

  /** Gives no more slots and waits until every task has given back its own. */
  async close(): Promise<void> {
    this.stop();
    if (this.#held > 0) await new Promise<void>((closed) => this.#closing.push(closed));
  }

  /** The slot goes to who has waited longest. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next) next.take();
    else this.#held--;
    if (this.#held === 0) for (const closed of this.#closing.splice(0)) closed();
  }

  static #concurrencyOf(given: number | undefined): number {
    const { TASK_SEMAPHORE_CONCURRENCY: text } = process.env;
    const size = given ?? (text ? Number(text) : TaskSemaphore.#defaultConcurrency);
    if (Number.isInteger(size) && size >= 1) return size;
    const where = given === undefined ? 'TASK_SEMAPHORE_CONCURRENCY' : 'concurrency';
    throw new RangeError(`${where}: ${given ?? text ?? ''} is no whole number from 1 up`);
  }
}
