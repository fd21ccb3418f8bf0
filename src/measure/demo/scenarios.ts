import { SourceError } from '../source';
import { branching } from './branching';
import { enough, even, notification, orders, payment, validator } from './orders';
import type { Scenario } from './scenario';
import { scenariosOfCauses } from './scenariosOfCauses';

export type { Event, Hop, Scenario } from './scenario';

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
  // The queue before the payments has a limit, so that what cannot be paid waits before the validator.
  bounded: {
    ...orders,
    arrivalRate: 280,
    hops: [validator, { ...payment, capacity: 10_000 }, notification],
    events: [{ seconds: -113.5, arrivalRate: 1050 }],
  },
  ...branching,
  ...scenariosOfCauses,
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
