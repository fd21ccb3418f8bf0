import { realClock } from '../measure/clock';
import { History } from '../measure/history';
import { openSource, prometheusPast } from '../measure/open';
import type { Questions } from '../measure/questions';
import { Sampler } from '../measure/sampler';
import type { SeenPublisher } from '../model/publisher';
import type { Source, SourceOptions, SweepRequest } from '../measure/source';
import { LiveDiagnosis } from '../diagnose/queues';
import type { BrokerConfig } from '../model/brokerUrl';
import { defaultObjectives } from '../model/pipeline';
import type { QueueReport } from '../model/report';
import type { BrokerReading, Sweep } from '../model/sweep';
import { inSlices } from './slices';

/** Where a broker to read was named. */
export type Origin = 'saved' | 'file' | 'demo' | 'recording';

/** A broker that is to be read. */
export interface Wanted {
  config: BrokerConfig;
  origin: Origin;
  /** What is known of its past already. */
  past?: readonly Sweep[];
  /** Already opened; else it is opened by its first sweep. */
  source?: Source;
  /** What a pipeline file asks it for. */
  questions?: Questions;
  /** It is the Prometheus of the pipeline's history: its past is read first. */
  hasPast?: boolean;
}

const callTimeoutMs = 5000;
/** As much of a Prometheus' past as a state may be judged on, read as closely as we sample by default. */
const pastMs = 600_000;
const pastStepSeconds = 10;

/**
 * One broker with its own sampler and history: a slow one holds up no other, and one that is removed takes its past with
 * it. One that is only named elsewhere, or asked for more, goes on where the one `before` it ended.
 */
export class WatchedBroker {
  readonly config: BrokerConfig;
  readonly origin: Origin;
  /** All but its past: a broker for which this changes is another one. */
  readonly key: string;
  readonly history: History;
  /** As last read; null before the first sweep. */
  reading: BrokerReading | null = null;
  /** As last judged. */
  queues: readonly QueueReport[] = [];
  readonly #sampler: Sampler;
  readonly #diagnosis = new LiveDiagnosis();
  #judging: { dispose: () => void } | null = null;
  #run: { paceMs: number; abort: AbortController } | null = null;

  constructor(
    wanted: Wanted,
    private readonly onChange: () => void,
    private readonly log: SourceOptions['log'],
    before: WatchedBroker | null = null,
  ) {
    this.history = before?.history ?? new History();
    this.reading = before?.reading ?? null;
    this.queues = before?.queues ?? [];
    const { config, origin, questions, hasPast } = wanted;
    this.config = config;
    this.origin = origin;
    this.key = keyOf(wanted);
    // The pace is set anew by starting another run, so the sampler itself only needs a starting value.
    const pace = () => this.#run?.paceMs ?? 10_000;
    const source = wanted.source ?? opensLater(config, { wanted: null, questions, log });
    this.#sampler = new Sampler([hasPast && questions ? this.#afterItsPast(source, questions) : source], {
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
      .run((sweep) => {
        // Paused meanwhile: what was under way is no longer wanted.
        if (run === this.#run) this.take(sweep);
      }, run.abort.signal)
      .catch((error: unknown) => this.log('error', `${this.config.name}: reading stopped: ${String(error)}`));
  }

  /** Reads once, now, even when a failed broker is given a rest. */
  async refresh(signal: AbortSignal): Promise<void> {
    // A sweep rejects only when it was given up: the broker was removed meanwhile.
    const sweep = await this.#sampler.sweep(signal, { retryNow: true }).catch(() => null);
    if (sweep) this.take(sweep);
  }

  /** Whom the broker sees publish, asked now. */
  publishers(signal: AbortSignal): Promise<SeenPublisher[]> {
    return this.#sampler.publishers(signal);
  }

  /** The source, whose first sweep comes after what its Prometheus knows of the minutes before. */
  #afterItsPast(source: Source, questions: Questions): Source {
    let past: Promise<void> | undefined;
    const read = async ({ at, signal, callTimeoutMs }: SweepRequest) => {
      const to = at - pastStepSeconds * 1000;
      const span = { from: to - pastMs, to, stepSeconds: pastStepSeconds };
      this.remember(await prometheusPast(source.config, questions, span, { signal, callTimeoutMs }));
    };
    return {
      config: source.config,
      sweep: async (request) => {
        await (past ??= read(request).catch((error: unknown) =>
          this.log('warn', `${source.config.name}: its past cannot be read: ${String(error)}`),
        ));
        return source.sweep(request);
      },
      close: () => source.close(),
    };
  }

  /** Takes over what is known of the past, oldest first. */
  remember(past: readonly Sweep[]): void {
    const latest = past.at(-1);
    for (const sweep of past.slice(0, -1)) this.history.add(sweep);
    if (latest) this.take(latest);
  }

  /** Makes the past what is given, as if nothing had been read after it. */
  rewind(past: readonly Sweep[]): void {
    this.history.clear();
    this.remember(past);
  }

  /** Adds a sweep to the history and judges the queues anew. */
  take(sweep: Sweep): void {
    this.history.add(sweep);
    this.reading = sweep.brokers.find(({ name }) => name === this.config.name) ?? this.reading;
    const now = Date.parse(sweep.at);
    // What is still under way is of an older sweep.
    this.#judging?.dispose();
    this.#judging = inSlices(
      this.#judge(now),
      (queues) => {
        this.queues = queues;
        this.onChange();
      },
      (error) => this.log('error', `${this.config.name}: its queues could not be judged: ${String(error)}`),
    );
  }

  *#judge(now: number): Generator<unknown, QueueReport[]> {
    const queues: QueueReport[] = [];
    for (const report of this.#diagnosis.judge(this.history.series(this.#diagnosis.needs), {
      objectives: defaultObjectives,
      now,
    })) {
      yield queues.push(report);
    }
    return queues;
  }

  async close(): Promise<void> {
    this.#judging?.dispose();
    this.setPace(null);
    await this.#sampler.close();
  }
}

/** What tells two wanted brokers of one name apart. */
export const keyOf = ({ config, origin, questions, hasPast }: Wanted): string =>
  JSON.stringify([config, origin, questions, hasPast]);

/** A source that is opened by its first sweep, so that a driver which cannot be loaded is a failed row like any other. */
function opensLater(config: BrokerConfig, options: SourceOptions): Source {
  let opened: Promise<Source> | undefined;
  const open = () => (opened ??= openSource(config, options));
  return {
    config,
    sweep: async (request) => (await open()).sweep(request),
    publishers: async (request) => (await open()).publishers?.(request) ?? [],
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
}
