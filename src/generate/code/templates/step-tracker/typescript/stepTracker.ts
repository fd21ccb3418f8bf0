/** Tells how often and how long a step of a pipeline is held up, in both directions. */

/** Upper bounds of the buckets for the lengths of episodes, seconds. */
const bounds = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30];

/** Times of being held up that have ended. */
export interface Episodes {
  count: number;
  seconds: number;
  /** How many were as long as each bound or shorter, and longer than the bound before. */
  buckets: number[];
}

/** What a step did in some time. */
export interface Counts {
  sent: number;
  received: number;
  /** The next step refused a message. */
  send: Episodes;
  /** This step refused a message. */
  receive: Episodes;
}

/** Takes counts away. Trackers call it on a timer, never from the step's own calls. */
export interface Recorder {
  record(step: string, worker: string, counts: Counts): void;
}

export interface Options {
  /** Tells the workers of a step apart, each with a tracker of its own; empty where there is one. */
  worker?: string;
  /** How often the recorder is called. */
  everyMs?: number;
  /** Milliseconds that never go back. */
  now?: () => number;
}

/**
 * Watches one worker of a step. An episode begins with the first refusal and ends with the next success in its
 * direction, be it the retry of the message that was held or another one. What has not ended when the tracker is closed
 * is not counted.
 */
export class StepTracker {
  private readonly worker: string;
  private readonly now: () => number;
  private readonly timer: ReturnType<typeof setInterval>;
  private counts = nothing();
  /** When the running episode began; null outside of one. */
  private sendRefusedAt: number | null = null;
  private receiveRefusedAt: number | null = null;

  constructor(
    private readonly step: string,
    private readonly recorder: Recorder,
    { worker = '', everyMs = 1000, now = () => performance.now() }: Options = {},
  ) {
    this.worker = worker;
    this.now = now;
    // A figure that starts at zero can be seen to grow.
    recorder.record(step, worker, nothing());
    this.timer = setInterval(() => this.flush(), everyMs);
    this.timer.unref();
  }

  /** The next step would not take a message. */
  sendRefused(): void {
    this.sendRefusedAt ??= this.now();
  }

  /** The next step took a message, at the first try or at a later one. */
  sent(): void {
    this.counts.sent += 1;
    if (this.sendRefusedAt === null) return;
    add(this.counts.send, this.now() - this.sendRefusedAt);
    this.sendRefusedAt = null;
  }

  /** This step would not take a message. */
  receiveRefused(): void {
    this.receiveRefusedAt ??= this.now();
  }

  /** This step took a message. */
  received(): void {
    this.counts.received += 1;
    if (this.receiveRefusedAt === null) return;
    add(this.counts.receive, this.now() - this.receiveRefusedAt);
    this.receiveRefusedAt = null;
  }

  /** Hands over the rest. */
  close(): void {
    clearInterval(this.timer);
    this.flush();
  }

  private flush(): void {
    const { counts } = this;
    this.counts = nothing();
    this.recorder.record(this.step, this.worker, counts);
  }
}

/** Records by writing a line whenever a step was held up. */
export class StepTrackerLog implements Recorder {
  constructor(private readonly write: (line: string) => void) {}

  record(step: string, worker: string, { sent, received, send, receive }: Counts): void {
    if (send.count + receive.count === 0) return;
    this.write(
      `step ${JSON.stringify(step)} worker ${JSON.stringify(worker)}: sent ${sent}, received ${received}, ` +
        `waited ${send.count} times for the next step (${send.seconds} s), ` +
        `made others wait ${receive.count} times (${receive.seconds} s)`,
    );
  }
}

/**
 * Records for Prometheus: serve `text()` as `text/plain; version=0.0.4`. With a Prometheus or OpenTelemetry client in
 * the program, write a recorder for that one instead.
 */
export class StepTrackerPage implements Recorder {
  private readonly totals = new Map<string, Counts>();

  record(step: string, worker: string, counts: Counts): void {
    const labels = `step="${escaped(step)}"${worker === '' ? '' : `,worker="${escaped(worker)}"`}`;
    const total = this.totals.get(labels) ?? nothing();
    this.totals.set(labels, total);
    total.sent += counts.sent;
    total.received += counts.received;
    merge(total.send, counts.send);
    merge(total.receive, counts.receive);
  }

  /** The page in Prometheus' text format. */
  text(): string {
    return [
      ...this.counter('pipeline_sent_total', ({ sent }) => sent),
      ...this.counter('pipeline_received_total', ({ received }) => received),
      ...this.counter('pipeline_send_backpressure_total', ({ send }) => send.count),
      ...this.counter('pipeline_receive_backpressure_total', ({ receive }) => receive.count),
      ...this.histogram('pipeline_send_backpressure_duration_seconds', ({ send }) => send),
      ...this.histogram('pipeline_receive_backpressure_duration_seconds', ({ receive }) => receive),
      '',
    ].join('\n');
  }

  private counter(name: string, of: (counts: Counts) => number): string[] {
    return [
      `# TYPE ${name} counter`,
      ...[...this.totals].map(([labels, counts]) => `${name}{${labels}} ${of(counts)}`),
    ];
  }

  private histogram(name: string, of: (counts: Counts) => Episodes): string[] {
    const series = [...this.totals].flatMap(([labels, counts]) => {
      const { count, seconds, buckets } = of(counts);
      let below = 0;
      return [
        ...bounds.map((bound, index) => {
          below += buckets[index] ?? 0;
          return `${name}_bucket{${labels},le="${bound}"} ${below}`;
        }),
        `${name}_bucket{${labels},le="+Inf"} ${count}`,
        `${name}_sum{${labels}} ${seconds}`,
        `${name}_count{${labels}} ${count}`,
      ];
    });
    return [`# TYPE ${name} histogram`, ...series];
  }
}

const noEpisodes = (): Episodes => ({ count: 0, seconds: 0, buckets: bounds.map(() => 0) });

const nothing = (): Counts => ({ sent: 0, received: 0, send: noEpisodes(), receive: noEpisodes() });

function add(episodes: Episodes, ms: number): void {
  const seconds = ms / 1000;
  episodes.count += 1;
  episodes.seconds += seconds;
  const index = bounds.findIndex((bound) => seconds <= bound);
  if (index >= 0) episodes.buckets[index] = (episodes.buckets[index] ?? 0) + 1;
}

function merge(into: Episodes, from: Episodes): void {
  into.count += from.count;
  into.seconds += from.seconds;
  into.buckets = into.buckets.map((count, index) => count + (from.buckets[index] ?? 0));
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
