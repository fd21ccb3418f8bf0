import { SourceError } from '../source';

/** One queue and the stage that reads it, under a consumer group named after the stage. */
export interface Hop {
  destination: string;
  /** Share of the traffic for each partition. */
  partitions: readonly number[];
  /** Limit in messages; null: none. */
  capacity: number | null;
  /** Seconds between two commits of the stage. */
  commitSeconds: number;
  stage: string;
  instances: number;
  maxInstances: number;
  /** Messages per second that one instance finishes when it is busy. */
  ratePerInstance: number;
  /** Money per month. */
  costPerInstance: number;
}

/** Something that happens at a moment counted in seconds from the opening of the demo (negative: before it). */
export type Event = { seconds: number } & (
  { arrivalRate: number } | { stage: string; instances: number } | { stage: string; ratePerInstance: number }
);

/** A pipeline in a row: `source` produces to the first hop, each stage to the next. */
export interface Scenario {
  source: string;
  /** Messages per second. */
  arrivalRate: number;
  bursts: { everySeconds: number; forSeconds: number; factor: number } | null;
  hops: readonly Hop[];
  events: readonly Event[];
  seed: number;
}

const even = (partitions: number) => Array.from({ length: partitions }, () => 1);
const validator: Hop = {
  destination: 'orders',
  partitions: even(12),
  capacity: null,
  commitSeconds: 0.4,
  stage: 'order-validator',
  instances: 3,
  maxInstances: 12,
  ratePerInstance: 500,
  costPerInstance: 40,
};
const payment: Hop = {
  destination: 'validated',
  partitions: even(20),
  capacity: null,
  commitSeconds: 0.5,
  stage: 'payment-processor',
  instances: 2,
  maxInstances: 12,
  ratePerInstance: 150,
  costPerInstance: 60,
};
const notification: Hop = {
  destination: 'results',
  partitions: even(6),
  capacity: null,
  commitSeconds: 0.2,
  stage: 'notification-sender',
  instances: 1,
  maxInstances: 6,
  ratePerInstance: 500,
  costPerInstance: 20,
};
const orders = { source: 'api', arrivalRate: 1050, bursts: null, events: [], seed: 76 };
/** Stages that keep up with 1,050/s at about 70 %. */
const enough = { payment: { ...payment, instances: 10 }, notification: { ...notification, instances: 3 } };

const scenarios: Readonly<Record<string, Scenario>> = {
  healthy: {
    ...orders,
    arrivalRate: 1040,
    bursts: { everySeconds: 60, forSeconds: 3, factor: 1.2 },
    hops: [validator, enough.payment, enough.notification],
  },
  // Traffic rose from a quiet 280/s not two minutes ago, so that 85,000 wait when the demo opens.
  bottleneck: {
    ...orders,
    arrivalRate: 280,
    hops: [validator, payment, notification],
    events: [{ seconds: -113.5, arrivalRate: 1050 }],
  },
  'partition-limited': {
    ...orders,
    arrivalRate: 560,
    hops: [validator, { ...payment, partitions: even(4), instances: 6 }, { ...notification, instances: 3 }],
    events: [{ seconds: -150, arrivalRate: 1050 }],
  },
  'hot-partition': {
    ...orders,
    arrivalRate: 200,
    hops: [
      validator,
      { ...payment, partitions: [11, 2, 2, 2, 2, 1], instances: 6, ratePerInstance: 260 },
      { ...notification, instances: 3 },
    ],
    events: [{ seconds: -150, arrivalRate: 1050 }],
  },
  'stuck-consumer': {
    ...orders,
    hops: [validator, enough.payment, enough.notification],
    events: [{ seconds: -180, stage: 'payment-processor', ratePerInstance: 0 }],
  },
  'no-consumer': {
    ...orders,
    hops: [validator, enough.payment, enough.notification],
    events: [{ seconds: -180, stage: 'payment-processor', instances: 0 }],
  },
  // Twenty minutes with two instances only, worked off for five by ten of them.
  draining: {
    ...orders,
    hops: [{ ...validator, instances: 4 }, enough.payment, { ...notification, instances: 4 }],
    events: [
      { seconds: -1500, stage: 'payment-processor', instances: 2 },
      { seconds: -300, stage: 'payment-processor', instances: 10 },
    ],
  },
};

/** The names a demo URL may carry. */
export const scenarioNames: readonly string[] = Object.keys(scenarios);
const defaultScenario = 'bottleneck';

/**
 * The scenario of that name; an empty name is the bottleneck.
 * @throws {SourceError} `unsupported` for a name nobody knows
 */
export function scenarioNamed(name: string): Scenario {
  const wanted = name === '' ? defaultScenario : name;
  const scenario = Object.hasOwn(scenarios, wanted) ? scenarios[wanted] : undefined;
  if (scenario) return scenario;
  throw new SourceError(
    'unsupported',
    `the demo has no scenario "${wanted}"`,
    `it has ${scenarioNames.map((known) => `demo:${known}`).join(', ')}`,
  );
}
