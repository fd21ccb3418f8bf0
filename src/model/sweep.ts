import * as z from 'zod';
import { approximate, figure, missing, text } from './figureSchema';
import { system, type System } from './system';

export type { System };

export const brokerError = z.object({
  code: z.enum(['unreachable', 'timeout', 'denied', 'tls', 'wrong-system', 'unsupported', 'unknown']),
  /** What happened, in one sentence. */
  message: z.string(),
  /** What to do about it. */
  next: z.string(),
});
export type BrokerError = z.infer<typeof brokerError>;

export const brokerReading = z.object({
  name: z.string(),
  system,
  /** Never carries a secret. */
  url: z.string(),
  state: z.enum(['ok', 'partial', 'failed']),
  error: brokerError.nullable().default(null),
  /** Memory alarm, blocked publishers and the like, in the broker's own words. */
  pressure: z.array(z.string()).default([]),
  alarms: z.array(z.enum(['memory', 'disk', 'blocked-publishers', 'flow'])).default([]),
  roundTripSeconds: figure,
  /** Figures this system never has: said once here instead of in `missing` of every row. */
  notApplicable: z.array(z.string()).default([]),
  sweep: z.object({ seconds: z.number(), requests: z.number(), bytes: z.number() }),
});
export type BrokerReading = z.infer<typeof brokerReading>;

export const partitionReading = z.object({
  partition: z.number().int(),
  start: figure,
  end: figure,
  committed: figure,
  backlog: figure,
  /** The member that reads it. */
  consumer: text,
});
export type PartitionReading = z.infer<typeof partitionReading>;

export const memberReading = z.object({
  id: z.string(),
  client: text,
  host: text,
  inFlight: figure,
  idleSeconds: figure,
  prefetch: figure,
});
export type MemberReading = z.infer<typeof memberReading>;

const identityFields = {
  /** See identity.ts. */
  id: z.string(),
  broker: z.string(),
  system,
  kind: z.enum(['topic', 'queue', 'stream', 'list', 'sorted_set', 'metric']),
  namespace: text,
  destination: z.string(),
  group: text,
};
export const identity = z.object(identityFields);
export type Identity = z.infer<typeof identity>;

export const queueReading = z.object({
  ...identityFields,
  /** waiting + (inFlight ?? 0): what still has to be finished. Trend, rates and drain time are of this. */
  backlog: figure,
  /** Not handed out. Kafka: end − max(committed, start). */
  waiting: figure,
  /** Committed below the log start: messages that retention took away unread. */
  lost: figure,
  /** Handed out, not acknowledged. */
  inFlight: figure,
  delayed: figure,
  /** Of the oldest unfinished message. */
  ageSeconds: figure,
  /** Counters since some fixed moment; rates come from their differences, never from two depths. */
  produced: figure,
  consumed: figure,
  redelivered: figure,
  rebalances: figure,
  retained: figure,
  /** Limit in messages. */
  capacity: figure,
  capacityBytes: figure,
  consumers: figure,
  prefetch: figure,
  /** Share of time in which the queue could deliver at once, 0…1 (RabbitMQ). */
  consumerCapacity: figure,
  /** The broker's own word: Stable, Empty, running, flow … */
  brokerState: text,
  queueType: text,
  overflow: text,
  deadLetter: text,
  /** Messages per second: the broker's own, or from two sweeps. */
  arrivalRate: figure,
  departureRate: figure,
  partitions: z.array(partitionReading).nullable().default(null),
  members: z.array(memberReading).nullable().default(null),
  bindings: z
    .array(z.object({ exchange: z.string(), key: z.string() }))
    .nullable()
    .default(null),
  missing,
  approximate,
});
export type QueueReading = z.infer<typeof queueReading>;

export const stageReading = z.object({
  name: z.string(),
  /** Counter. */
  processedTotal: figure,
  processedRate: figure,
  /** Shares of the limit, 0…1. */
  cpu: figure,
  memory: figure,
  network: figure,
  instances: figure,
  missing,
});
export type StageReading = z.infer<typeof stageReading>;

const buckets = z
  .array(z.tuple([z.number(), z.number()]))
  .nullable()
  .default(null);
export const stepReading = z.object({
  step: z.string(),
  pipeline: text,
  sendCount: figure,
  receiveCount: figure,
  /** Summed episode lengths, seconds. */
  sendSeconds: figure,
  receiveSeconds: figure,
  sendBuckets: buckets,
  receiveBuckets: buckets,
  missing,
});
export type StepReading = z.infer<typeof stepReading>;

/** Everything read at one moment: `queues --format json`, and each line of a recording. */
export const sweep = z.object({
  version: z.literal(1),
  /** ISO 8601, UTC, milliseconds. */
  at: z.string(),
  brokers: z.array(brokerReading),
  queues: z.array(queueReading),
  stages: z.array(stageReading).default([]),
  steps: z.array(stepReading).default([]),
});
export type Sweep = z.infer<typeof sweep>;

/** The fields of a queue reading that are figures and so need an entry in `missing` when null. */
export const queueFigures = [
  'backlog',
  'waiting',
  'lost',
  'inFlight',
  'delayed',
  'ageSeconds',
  'produced',
  'consumed',
  'redelivered',
  'rebalances',
  'retained',
  'capacity',
  'capacityBytes',
  'consumers',
  'prefetch',
  'consumerCapacity',
  'arrivalRate',
  'departureRate',
] as const satisfies readonly (keyof QueueReading)[];
export type QueueFigure = (typeof queueFigures)[number];
