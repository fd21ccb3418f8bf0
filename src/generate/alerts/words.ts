import type { QueueReport } from '../../model/report';

/** What a Prometheus may read queues from (CONTRACTS.md, `alerts`). */
export const exporterNames = [
  ...([
    'kafka_exporter',
    'kminion',
    'burrow',
    'strimzi',
    'lag_exporter',
    'otel',
    'rabbitmq',
    'rabbitmq_detailed',
  ] as const),
  ...(['redis_exporter', 'nats_exporter', 'yace', 'cloudwatch_exporter', 'self'] as const),
] as const;
export type ExporterName = (typeof exporterNames)[number];

/** The faults that are told of, in the order in which they are written. */
export const faults = [
  ...(['growing', 'will-not-drain', 'stuck', 'no-consumers', 'retention-loss', 'absent'] as const),
  ...(['age-warning', 'age-critical'] as const),
] as const;
export type Fault = (typeof faults)[number];

/** What of a queue's report its rules need. */
export type AlertQueue = Pick<
  QueueReport,
  'id' | 'broker' | 'system' | 'kind' | 'namespace' | 'destination' | 'group' | 'arrivalRate' | 'missing'
> & { consumers: number | null; partitions?: number | null | undefined };

/** Why a rule cannot be had, and what to switch on so that it can. */
export interface Refusal {
  why: string;
  enable: string;
}

/** A PromQL expression, or why there is none. */
export type Told = string | Refusal;

/** What an exporter says of one queue. Every expression gives one series for each place that is scraped. */
export interface QueueSeries {
  /** A series that is there as long as the queue is read. */
  present: Told;
  /** The backlog is told in the seconds that the readers are behind, and messages stand for seconds in all that follows. */
  inSeconds?: true;
  /** Messages that still have to be finished. */
  backlog: string;
  /** Messages per second by which the backlog grows, over a window such as `10m`. */
  growth: (window: string) => string;
  /** Messages per second that arrive, over a window. */
  arrivals: ((window: string) => string) | Refusal;
  /** Holds while nothing is finished though messages wait. */
  stuck: ((window: string) => string) | Refusal;
  /** Holds while nobody reads though messages wait. */
  noConsumers: ((window: string) => string) | Refusal;
  /** Seconds; of the oldest unfinished message. */
  age: Told;
  /** The age is that of what comes next, so that a straggler which is retried for ever does not make it grow. */
  ageOfNext?: true;
  /** The share, 0…1, of what is kept that waits: at 1 retention takes messages away unread. Only where it is above a limit. */
  retained: ((share: number) => string) | Refusal;
}

/** A queue as a simulation shows it at one moment: what promtool's tests are made from. */
export interface Moment {
  /** Seconds since the beginning. */
  t: number;
  partitions: { start: number; end: number; committed: number; neverCommitted: boolean }[];
  consumers: number;
  /** Of the oldest unfinished message, and of the oldest one that is not a straggler, seconds. */
  ageSeconds: number;
  nextAgeSeconds: number;
  /** When a message last arrived, seconds since the beginning. */
  lastArrival: number;
  /** Messages that arrived and that were finished in the last minute. */
  lastMinute: { arrived: number; finished: number };
}

/** An exporter: what it calls things. */
export interface Exporter {
  name: ExporterName;
  /** Which queues it tells of, in words. */
  tellsOf: string;
  /** Can it tell of this queue? */
  fits: (queue: AlertQueue) => boolean;
  /** A selector that matches series of this exporter only. */
  fingerprint: string;
  /** What has to be scraped, or switched on, for these rules. */
  needs: string;
  /** Its figures come no closer than that: seconds a rule looks back at least. */
  leastWindow?: number;
  /** It tells of a whole node, never of one queue. */
  wholeNode?: true;
  /** It tells of each partition, so that one that is stuck among others is found. */
  eachPartition?: true;
  describe: (queue: AlertQueue) => QueueSeries;
  /** What it would show at a moment: value by series; null where the series is not there. */
  show: (queue: AlertQueue, moment: Moment) => Record<string, number | null>;
}

/** What alert rules are written for and by. */
export interface AlertOptions {
  exporter: ExporterName;
  /** The age objective: older is a warning. Seconds, above 0. */
  maxAgeSeconds: number;
  /** In what time a backlog should be gone, seconds. */
  drainSeconds: number;
  /** How far back a rule looks for growth, seconds. */
  windowSeconds: number;
  /** How long a fault must last, seconds. */
  forSeconds: number;
  /** Time between two evaluations, seconds; null: as the Prometheus is set. */
  intervalSeconds: number | null;
  /** How long the queue keeps messages, where its metrics do not say; null: unknown. Seconds. */
  retentionSeconds: number | null;
  /** Where the runbook is, without the fault's fragment. */
  runbook: string;
  /** Names of the metrics that the Prometheus really has; null: nobody looked. */
  metrics: ReadonlySet<string> | null;
}

export const defaultAlertOptions: Omit<AlertOptions, 'exporter'> = {
  ...{ maxAgeSeconds: 60, drainSeconds: 600, windowSeconds: 600, forSeconds: 300, intervalSeconds: null },
  ...{ retentionSeconds: null, runbook: 'docs/alerts.md', metrics: null },
};

/** Is this a reason why there is none? */
export const isRefusal = (told: unknown): told is Refusal => typeof told === 'object' && told !== null && 'why' in told;
