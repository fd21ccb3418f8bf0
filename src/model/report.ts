import * as z from 'zod';
import { approximate, figure, missing } from './figureSchema';
import { severities } from './severity';
import { brokerReading, identity } from './sweep';

export const queueState = z.enum([
  'unknown',
  'idle',
  'healthy',
  'at-capacity',
  'growing',
  'draining',
  'stuck',
  'no-consumer',
  'data-loss-risk',
  'stale',
]);
export type QueueState = z.infer<typeof queueState>;

export const stageState = z.enum(['unknown', 'idle', 'starved', 'busy', 'blocked', 'bottleneck']);
export type StageState = z.infer<typeof stageState>;

export { severities };
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;

export const causeKind = z.enum([
  'too-few-consumers',
  'partition-limited',
  'hot-partition',
  'stuck-consumer',
  'no-consumer',
  'cpu-bound',
  'memory-bound',
  'downstream-wait',
  'rebalance-loop',
  'redelivery-loop',
  'prefetch-too-small',
  'prefetch-too-large',
  'publisher-burst',
  'broker-flow-control',
  'unknown',
]);
export type CauseKind = z.infer<typeof causeKind>;

export const adviceKind = z.enum([
  'scale-out',
  'optimise',
  'add-partitions',
  'rekey',
  'restart-consumer',
  'start-consumer',
  'set-prefetch',
  'limit-producer',
  'bounded-buffer',
  'batch',
  'autoscale',
  'circuit-breaker',
  'priority',
  'shed-load',
  'dead-letter',
  'fix-downstream',
  'free-broker',
  'extend-retention',
  'reset-offsets',
]);
export type AdviceKind = z.infer<typeof adviceKind>;

export const strategyKind = z.enum([
  'bounded-buffer',
  'rate-limiting',
  'autoscaling',
  'load-shedding',
  'batching',
  'circuit-breaker',
  'priority-queues',
]);
export type StrategyKind = z.infer<typeof strategyKind>;

export const trend = z.object({
  state: z.enum(['growing', 'stable', 'draining', 'unknown']),
  /** Messages per second. */
  slope: figure,
  /** 0…1. */
  confidence: z.number(),
  lane: z.enum(['fast', 'normal', 'slow']).nullable(),
  since: z.string().nullable(),
});
export type Trend = z.infer<typeof trend>;

/** One change of a queue's state: also a line of `watch --format json`. */
export const stateChange = z.object({
  at: z.string(),
  queue: z.string(),
  from: queueState.nullable(),
  to: queueState,
  severity,
  reason: z.string(),
});
export type StateChange = z.infer<typeof stateChange>;

export const edge = z.object({
  /** Stage name or queue id. */
  from: z.string(),
  to: z.string(),
  /** Messages per second. */
  rate: figure,
  source: z.enum(['file', 'asyncapi', 'broker', 'source']),
});
export type Edge = z.infer<typeof edge>;

export const queueReport = z.object({
  ...identity.shape,
  backlog: figure,
  waiting: figure,
  inFlight: figure,
  lost: figure,
  capacity: figure,
  consumers: figure,
  /** The broker's or library's word for how it is made: quorum, fifo, bullmq … */
  queueType: z.string().nullable().optional(),
  /** How many it has; absent where the system has none. */
  partitions: z.number().int().nullable().optional(),
  ageSeconds: figure,
  arrivalRate: figure,
  departureRate: figure,
  /** arrivalRate − departureRate where both are counted, else the backlog's slope. Messages per second. */
  growthRate: figure,
  trend,
  state: queueState,
  /** The evidence for the state in one sentence with figures. */
  reason: z.string(),
  /** Seconds until empty at the present rates; null: never, or nothing to drain is known. */
  drainSeconds: figure,
  timeToFullSeconds: figure,
  severity,
  missing,
  approximate,
});
export type QueueReport = z.infer<typeof queueReport>;

export const stageReport = z.object({
  name: z.string(),
  state: stageState,
  inputRate: figure,
  /** Messages per second finished now. */
  processingRate: figure,
  /** Messages per second its instances could do, when known. */
  serviceRate: figure,
  /** 0…1. */
  utilisation: figure,
  instances: figure,
  /** Queue ids. */
  consumes: z.array(z.string()),
  produces: z.array(z.string()),
  /** The stage at the end of the blocked chain, or `broker:NAME`; only when blocked. */
  waitsFor: z.string().nullable(),
  missing,
});
export type StageReport = z.infer<typeof stageReport>;

export const cause = z.object({ kind: causeKind, confidence: z.number(), evidence: z.array(z.string()) });
export type Cause = z.infer<typeof cause>;

export const recommendation = z.object({
  kind: adviceKind,
  title: z.string(),
  /** In all, not to add. */
  instances: figure,
  partitions: figure,
  targetSecondsPerMessage: figure,
  /** Messages per second. */
  producerLimit: figure,
  /** Messages. */
  bufferSize: figure,
  prefetch: figure,
  drainSeconds: figure,
  /** Of all instances. */
  monthlyCost: figure,
  why: z.string(),
  commands: z.array(z.string()),
  /** Only of an editor: `analyze` reads no source. */
  code: z
    .array(z.object({ path: z.string(), line: z.number().int().positive(), title: z.string() }))
    .optional()
    .describe(
      'Places in source code where a quick fix carries the advice out, when the editor knows which code consumes the queue: path relative to the workspace with /, line from 1, title of the fix. Absent: no source was joined.',
    ),
});
export type Recommendation = z.infer<typeof recommendation>;

export const bottleneck = z.object({
  /** Exactly one of stage and broker is set: a broker in alarm is no stage. */
  stage: z.string().nullable(),
  broker: z.string().nullable(),
  /** Queue id. */
  queue: z.string().nullable(),
  severity,
  confidence: z.number(),
  inputRate: figure,
  processingRate: figure,
  /** inputRate − processingRate, or the growth where the broker counts neither. Messages per second. */
  deficit: z.number(),
  backlog: figure,
  /** Null: never at the present rates. */
  drainSeconds: figure,
  drainText: z.string(),
  cause,
  otherCauses: z.array(cause),
  recommendations: z.array(recommendation),
  /** Where the bottleneck moves after the first recommendation; its capacity only where it has been seen. */
  next: z.object({ stage: z.string(), atRate: figure }).nullable(),
});
export type Bottleneck = z.infer<typeof bottleneck>;

export const stepShare = z.object({
  step: z.string(),
  /** 0…1 of the window: refused by the step after it, and refusing the one before it. */
  sendShare: figure,
  receiveShare: figure,
  sendPerSecond: figure,
  receivePerSecond: figure,
  /** Length of an episode in seconds, half and 99 of a hundred of which are no longer; absent without buckets. */
  sendP50: z.number().nullable().optional(),
  sendP99: z.number().nullable().optional(),
  receiveP50: z.number().nullable().optional(),
  receiveP99: z.number().nullable().optional(),
  missing,
});
export type StepShare = z.infer<typeof stepShare>;

export const strategy = z.object({
  kind: strategyKind,
  overflow: z.enum(['block', 'drop', 'throttle', 'reject', 'spill']).nullable(),
  rank: z.number().int(),
  fits: z.string(),
  tradeOff: z.string(),
});
export type Strategy = z.infer<typeof strategy>;

export const runbook = z.object({
  queue: z.string(),
  title: z.string(),
  steps: z.array(
    z.object({
      text: z.string(),
      command: z.string().nullable(),
      /** What is gone for good once it is done; only on destructive steps. */
      loses: z.string().optional(),
    }),
  ),
});
export type Runbook = z.infer<typeof runbook>;

export const note = z.object({
  level: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  text: z.string(),
  stage: z.string().nullable(),
  queue: z.string().nullable(),
});
export type Note = z.infer<typeof note>;

/** What `analyze --format json` prints. */
export const report = z.object({
  version: z.literal(1),
  /** Empty without a pipeline file. */
  pipeline: z.string(),
  /** The answer in a sentence or two; every surface begins with it. */
  sentence: z.string(),
  window: z.object({ from: z.string(), to: z.string(), seconds: z.number(), samples: z.number().int() }),
  edges: z.array(edge),
  timeline: z.array(stateChange),
  brokers: z.array(brokerReading),
  queues: z.array(queueReport),
  stages: z.array(stageReport),
  /** Worst first, by deficit. */
  bottlenecks: z.array(bottleneck),
  steps: z.array(stepShare),
  strategies: z.array(strategy),
  runbooks: z.array(runbook),
  notes: z.array(note),
});
export type Report = z.infer<typeof report>;
