import { EventEmitter, type CancellationToken, type Disposable } from 'vscode';
import type { analysis as Analysis } from '../diagnose/analyze';
import { defaultObjectives, type Pipeline } from '../model/pipeline';
import type { Report, StateChange } from '../model/report';
import type { Observation, QueueSeries } from '../model/series';
import type { WhatIfChange, WhatIfResult } from '../model/whatIf';
import type { KeptReport, PageStatus } from '../protocol/page';
import type { KeptReports } from './keptReports';
import { Owner } from './owner';
import { readingsPerWindow, type Poller } from './poller';
import { settings } from './settings';
import { inSlices } from './slices';
import type { WatchedBroker } from './watchedBroker';

/** What a report is about: the brokers it reads and the stages between their queues. */
export interface Subject {
  brokers: () => readonly WatchedBroker[];
  pipeline: Pipeline | null;
  /** The moment it is about, and the milliseconds before it, where that is not now: a recording. */
  moment?: () => { at: number; windowMs: number; name: string };
}

/** A report needs that many readings in its window: with fewer, a trend is guessing. */
const fewestReadings = readingsPerWindow * 0.3;
/** How long past its window an analysis waits for a slow broker, milliseconds. */
const grace = 10_000;

/** Makes reports: over what was already read where that is enough, else after reading for a window. */
export class Analyst implements Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<void>());
  #subject: Subject | null = null;
  #report: Report | null = null;
  #status: PageStatus = { phase: 'empty', text: 'Nothing has been analyzed yet.', progress: null };

  /** Adds to a report what code tells; as it comes unless somebody can. */
  complete: (report: Report) => Promise<Report> = (report) => Promise.resolve(report);

  /** There is another report or status. */
  readonly onDidChange = this.#changed.event;

  /** @param changes states that changed since a moment, of queues that are wanted */
  constructor(
    private readonly poller: Poller,
    private readonly kept: KeptReports,
    private readonly changes: (from: number, wanted: (queue: string) => boolean) => StateChange[] = () => [],
  ) {}

  get report(): Report | null {
    return this.#report;
  }

  get status(): PageStatus {
    return this.#status;
  }

  /** The reports of the last analyses, latest first. */
  get last(): KeptReport[] {
    return this.kept.list;
  }

  /** A report that was kept; null once it made way for later ones. */
  keptReport(id: number): Report | null {
    return this.kept.find(id);
  }

  /** Finds the reports of before the window was reloaded; where there is none of now, the latest of them is shown. */
  async recall(): Promise<void> {
    await this.kept.recall();
    const { latest } = this.kept;
    if (this.#owner.ended || this.#subject || this.#report || !latest) return;
    this.#report = latest;
    const at = new Date(latest.window.to).toLocaleString();
    this.say({ phase: 'empty', text: `The last report, of ${at}. Analyze reads the brokers anew.`, progress: null });
  }

  /** The last minutes of every queue of the report: [milliseconds since the epoch, messages]. */
  history(): Record<string, [at: number, backlog: number][]> {
    const brokers = this.#subject?.brokers() ?? [];
    const recent = (id: string) => brokers.flatMap(({ history }) => history.recent(id, this.poller.judgedMs()));
    return Object.fromEntries((this.#report?.queues ?? []).map(({ id }) => [id, recent(id)]));
  }

  /**
   * Reads as long as it has to and reports.
   * @param progress told 0…1 while reading
   * @returns when it was cancelled, the report of what was read until then; null where that was nothing
   */
  async analyze(
    subject: Subject,
    token: CancellationToken,
    progress: (share: number, text: string) => void,
  ): Promise<Report | null> {
    this.#subject = subject;
    if (!subject.moment && this.#coveredMs() === null) {
      const hold = this.poller.hold('analysis');
      try {
        await this.#window(token, progress);
      } finally {
        hold.dispose();
      }
    }
    if (token.isCancellationRequested && !subject.brokers().some(({ history }) => history.latest)) {
      this.say({ phase: 'empty', text: 'The analysis was cancelled before anything was read.', progress: null });
      return null;
    }
    await this.refresh();
    const report = this.#report;
    if (report) {
      await this.kept.add(report);
      this.#changed.fire();
    }
    if (token.isCancellationRequested && report) {
      const text = `Cancelled: the report is about the ${report.window.samples} readings until then.`;
      this.say({ phase: this.#status.phase, text, progress: null });
    }
    return report;
  }

  /** Forgets what the reports are about, and the last one. */
  clear(): void {
    this.#subject = null;
    this.#report = null;
    this.say({ phase: 'empty', text: 'Nothing has been analyzed yet.', progress: null });
  }

  /** Reports again over what has been read since. Nothing happens before the first analysis. */
  async refresh(): Promise<void> {
    const { analysis } = await import('./later');
    const subject = this.#subject;
    if (!subject || this.#owner.ended) return;
    const moment = subject.moment?.();
    const now = moment?.at ?? Date.now();
    const since = now - (moment?.windowMs ?? this.#coveredMs() ?? this.poller.judgedMs());
    const steps = this.#reporting(analysis, subject, since, now);
    try {
      const measured = await new Promise<Report>((resolve, reject) => inSlices(steps, resolve, reject));
      const report = await this.complete(measured);
      if (this.#subject !== subject) return;
      this.#report = report;
    } catch (error) {
      this.say({ phase: 'failed', text: `The analysis failed: ${String(error)}`, progress: null });
      throw error;
    }
    this.say(this.#watching(moment?.name));
  }

  *#reporting(analysis: typeof Analysis, subject: Subject, since: number, now: number): Generator<unknown, Report> {
    const { brokers, pipeline, moment } = subject;
    const observations: Observation[] = [];
    for (const { history } of brokers()) yield observations.push(history.observed(since));
    const observation = together(observations);
    const isSeen = (queue: string) => brokers().some(({ history }) => history.listedSince(queue, since));
    const timeline = moment ? [] : this.changes(since, isSeen);
    const options = { objectives: pipeline?.objectives ?? defaultObjectives, now };
    return yield* analysis(observation, pipeline, options, timeline);
  }

  /** What the page says of a report that stands. */
  #watching(recording: string | undefined): PageStatus {
    if (recording !== undefined)
      return { phase: 'replaying', text: `From the recording ${recording}.`, progress: null };
    if (!this.poller.paused)
      return { phase: 'live', text: `Live: read every ${settings.intervalMs() / 1000} s.`, progress: null };
    return { phase: 'paused', text: 'Reading is paused: the figures stand still until you resume.', progress: null };
  }

  /** What a change of a stage of the last report would do; null before the first report. */
  async whatIf(change: WhatIfChange): Promise<WhatIfResult | null> {
    const { whatIf } = await import('./later');
    return this.#report && whatIf(this.#report, this.#subject?.pipeline ?? null, change);
  }

  /** Sets what the page says above the report, or instead of one. */
  say(status: PageStatus): void {
    this.#status = status;
    this.#changed.fire();
  }

  dispose(): void {
    this.#owner.dispose();
  }

  /** The shortest window, in milliseconds, that every readable broker's history fills; null when none does. */
  #coveredMs(): number | null {
    const brokers = this.#subject?.brokers() ?? [];
    const covers = (ms: number) => brokers.every((broker) => broker.reading?.state === 'failed' || fills(broker, ms));
    return [settings.windowMs(), this.poller.judgedMs()].find(covers) ?? null;
  }

  /** Resolves once a window has been read, the token is cancelled or the brokers took too long. */
  #window(token: CancellationToken, progress: (share: number, text: string) => void): Promise<void> {
    const lengthMs = settings.windowMs();
    const began = Date.now();
    return new Promise((resolve) => {
      const until = new Owner();
      const step = () => {
        const passed = Date.now() - began;
        if (token.isCancellationRequested || this.#coveredMs() !== null || passed > lengthMs + grace) {
          until.dispose();
          resolve();
          return;
        }
        const share = Math.min(1, passed / lengthMs);
        const text = `Reading for ${Math.max(0, Math.ceil((lengthMs - passed) / 1000))} s more`;
        progress(share, text);
        this.say({ phase: 'sampling', text, progress: share });
      };
      const timer = setInterval(step, 1000);
      until.own({ dispose: () => clearInterval(timer) });
      until.own(token.onCancellationRequested(step));
      until.own(this.poller.onDidChange(step));
      step();
    });
  }
}

/** Does a broker's history reach back that many milliseconds, with readings enough? A reading's breadth is forgiven. */
function fills({ history }: WatchedBroker, ms: number): boolean {
  const latest = history.latest;
  if (!latest) return false;
  const { from, to, samples } = history.span(Date.parse(latest.at) - ms);
  return samples >= fewestReadings && to - from >= ms * (1 - 1.5 / Math.max(2, samples));
}

function* eachQueue(observations: readonly Observation[]): Generator<QueueSeries, void> {
  for (const { queues } of observations) yield* queues;
}

/** Several brokers' observations as one. */
function together(observations: readonly Observation[]): Observation {
  const seen = observations.filter(({ samples }) => samples > 0);
  return {
    from: seen.length > 0 ? Math.min(...seen.map(({ from }) => from)) : 0,
    to: seen.length > 0 ? Math.max(...seen.map(({ to }) => to)) : 0,
    samples: seen.length > 0 ? Math.max(...seen.map(({ samples }) => samples)) : 0,
    queues: { [Symbol.iterator]: () => eachQueue(observations) },
    brokers: observations.flatMap(({ brokers }) => brokers),
    stages: observations.flatMap(({ stages }) => stages),
    steps: observations.flatMap(({ steps }) => steps ?? []),
  };
}
