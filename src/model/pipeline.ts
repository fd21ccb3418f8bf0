import type { BrokerConfig } from './brokerUrl';
import { sameNamespace } from './identity';

/** A queue that a stage consumes from or produces to. */
export interface QueueRef {
  /** Id as in a sweep. For `produces` of a topic it carries no group, so it may stand for several queues: see refMatches. */
  id: string;
  broker: string;
  namespace: string | null;
  destination: string;
  group: string | null;
  /** Limit in messages that the broker does not tell. */
  capacity: number | null;
  /** What kind of queue the name stands for on a Redis, where it cannot be found out (an empty list is not there). */
  type?: RedisType | undefined;
  /** The destination is a pattern, in which `*` stands for any characters: Redis only. */
  pattern?: boolean | undefined;
  /** How a Prometheus, or a metrics page, knows this queue; absent where a broker of its own tells. */
  figures?: QueueQueries | undefined;
}

export type RedisType = 'stream' | 'list' | 'sorted-set' | 'bullmq' | 'celery' | 'sidekiq' | 'rq';

/** PromQL, or on a metrics page the name of a metric with labels, for each figure of a queue; null where none is named. */
export interface QueueQueries {
  /** Messages. */
  backlog: string | null;
  /** Counters. */
  produced: string | null;
  consumed: string | null;
}

/** PromQL, or on a metrics page the name of a metric with labels, for each figure of a stage; null where none is named. */
export interface StageMetrics {
  /** Name of the Prometheus or metrics page that is asked. */
  from: string;
  /** Messages per second by PromQL; on a page a counter. */
  processed: string | null;
  /** Shares of the limit, 0…1; on a page also a counter of busy seconds. */
  cpu: string | null;
  memory: string | null;
  network: string | null;
}

/** One worker (a service, a job) between queues. */
export interface Stage {
  name: string;
  consumes: QueueRef[];
  produces: QueueRef[];
  instances: number | null;
  maxInstances: number | null;
  /** Money per month for one instance. */
  costPerInstance: number | null;
  /** Messages per second that one instance can do. */
  ratePerInstance: number | null;
  critical: boolean;
  durable: boolean | null;
  ordered: boolean | null;
  metrics?: StageMetrics | undefined;
}

/** What a user wants of the pipeline; severities and advice go by it. */
export interface Objectives {
  /** A backlog older than this is critical when it grows. */
  maxAgeSeconds: number;
  /** A backlog should be gone in this time. */
  drainSeconds: number;
  /** 0…1, what instances should run at afterwards. */
  utilisation: number;
}

/** CONTRACTS.md, pipeline file; the same numbers serve where there is no file. */
export const defaultObjectives: Objectives = { maxAgeSeconds: 60, drainSeconds: 600, utilisation: 0.7 };

/** What a pipeline file says, with its defaults filled in. */
export interface Pipeline {
  name: string;
  brokers: BrokerConfig[];
  stages: Stage[];
  objectives: Objectives;
  /** Name of the Prometheus or metrics page that knows how long each step was in backpressure. */
  stepsFrom?: string | undefined;
  /** Name of the Prometheus whose past is taken instead of waiting for our own samples. */
  historyFrom?: string | undefined;
}

/** Does this reference mean that queue? A reference without a group means every group of the destination. */
export function refMatches(
  ref: QueueRef,
  queue: { broker: string; namespace: string | null; destination: string; group: string | null },
): boolean {
  return (
    ref.broker === queue.broker &&
    (ref.destination === queue.destination || (!!ref.pattern && matchesPattern(ref.destination, queue.destination))) &&
    sameNamespace(ref.namespace, queue.namespace) &&
    (ref.group === null || ref.group === queue.group)
  );
}

/** Does the name fit the pattern, in which `*` stands for any characters, also none? */
export function matchesPattern(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  // The earliest place of each part leaves the most to the next: no way has to be tried twice, as an expression would.
  const from = rest.reduce((at, part) => {
    const found = at < 0 ? -1 : name.indexOf(part, at);
    return found < 0 ? -1 : found + part.length;
  }, first.length);
  return name.startsWith(first) && from >= 0 && name.length - last.length >= from && name.endsWith(last);
}
