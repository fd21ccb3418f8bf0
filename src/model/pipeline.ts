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
}

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

export interface Pipeline {
  name: string;
  brokers: BrokerConfig[];
  stages: Stage[];
  objectives: Objectives;
}

/** Does this reference mean that queue? A reference without a group means every group of the destination. */
export function refMatches(
  ref: QueueRef,
  queue: { broker: string; namespace: string | null; destination: string; group: string | null },
): boolean {
  return (
    ref.broker === queue.broker &&
    ref.destination === queue.destination &&
    sameNamespace(ref.namespace, queue.namespace) &&
    (ref.group === null || ref.group === queue.group)
  );
}
