import { realClock } from '../measure/clock';
import { History } from '../measure/history';
import { openSource } from '../measure/open';
import { Sampler } from '../measure/sampler';
import type { Source, SourceOptions } from '../measure/source';
import { diagnoseQueues } from '../diagnose/queues';
import type { BrokerConfig } from '../model/brokerUrl';
import { defaultObjectives } from '../model/pipeline';
import type { QueueReport } from '../model/report';
import type { BrokerReading, Sweep } from '../model/sweep';

/** Where a broker to read was named. */
export type Origin = 'saved' | 'file' | 'demo';

/** A broker that is to be read. */
export interface Wanted {
  config: BrokerConfig;
  origin: Origin;
  /** What is known of its past already. */
  past?: readonly Sweep[];
  /** Already opened; else it is opened by its first sweep. */
  source?: Source;
}

const callTimeoutMs = 5000;

/** One broker with its own sampler and history: a slow one holds up no other, and one that is removed takes its past with it. */
export class WatchedBroker {
  readonly config: BrokerConfig;
  readonly origin: Origin;
  readonly history = new History();
  /** As last read; null before the first sweep. */
  reading: BrokerReading | null = null;
  /** As last judged. */
  queues: readonly QueueReport[] = [];
  readonly #sampler: Sampler;
  #run: { paceMs: number; abort: AbortController } | null = null;

  constructor(
    { config, origin, source }: Wanted,
    private readonly onChange: () => void,
    private readonly log: SourceOptions['log'],
    /** Milliseconds of history that the states are judged on. */
    private readonly judgedMs: () => number,
  ) {
    this.config = config;
    this.origin = origin;
    // The pace is set anew by starting another run, so the sampler itself only needs a starting value.
    const pace = () => this.#run?.paceMs ?? 10_000;
    this.#sampler = new Sampler([source ?? opensLater(config, { wanted: null, log })], {
      clock: realClock,
      get intervalMs() {
        return pace();
      },
      callTimeoutMs,
      log,
    });
  }

  /** Reads every so many milliseconds from now on, at once the first time; null stops. */
  setPace(paceMs: number | null): void {
    if (paceMs === (this.#run?.paceMs ?? null)) return;
    this.#run?.abort.abort();
    this.#run = null;
    if (paceMs === null) return;
    const run = { paceMs, abort: new AbortController() };
    this.#run = run;
    this.#sampler
      .run((sweep) => this.take(sweep), run.abort.signal)
      .catch((error: unknown) => this.log('error', `${this.config.name}: reading stopped: ${String(error)}`));
  }

  /** Reads once, now, even when a failed broker is given a rest. */
  async refresh(signal: AbortSignal): Promise<void> {
    // A sweep rejects only when it was given up: the broker was removed meanwhile.
    const sweep = await this.#sampler.sweep(signal, { retryNow: true }).catch(() => null);
    if (sweep) this.take(sweep);
  }

  /** Takes over what is known of the past, oldest first. */
  remember(past: readonly Sweep[]): void {
    const latest = past.at(-1);
    for (const sweep of past.slice(0, -1)) this.history.add(sweep);
    if (latest) this.take(latest);
  }

  /** Adds a sweep to the history and judges the queues anew. */
  take(sweep: Sweep): void {
    this.history.add(sweep);
    this.reading = sweep.brokers.find(({ name }) => name === this.config.name) ?? this.reading;
    const now = Date.parse(sweep.at);
    const observation = this.history.observation(now - this.judgedMs());
    this.queues = diagnoseQueues(observation, { objectives: defaultObjectives, now });
    this.onChange();
  }

  async close(): Promise<void> {
    this.setPace(null);
    await this.#sampler.close();
  }
}

/** A source that is opened by its first sweep, so that a driver which cannot be loaded is a failed row like any other. */
function opensLater(config: BrokerConfig, options: SourceOptions): Source {
  let opened: Promise<Source> | undefined;
  return {
    config,
    sweep: async (request) => (await (opened ??= openSource(config, options))).sweep(request),
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}
