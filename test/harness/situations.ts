import type { Hop, Scenario } from '../../src/measure/demo/scenario';

/** What a situation is, and what somebody who watches has to be told. Times are seconds after the beginning. */
export interface Situation {
  name: string;
  scenario: Scenario;
  intervalSeconds?: number;
  brokerAway?: readonly { from: number; to: number }[];
  /** The clock of the machine that watches is set: forward, or back when below 0. */
  clockSteps?: readonly { at: number; seconds: number }[];
  /** No alarm from then on; 0: never. Null: there is something to find. */
  quietFrom: number | null;
  /** Something to be alarmed about begins, and has to be found, as one alarm, in 95 % of the runs within so long. */
  trouble?: { at: number; within: number };
  /** A backlog begins to drain, and is called draining within so long. */
  drain?: { at: number; within: number };
}

/** Four consumers of 50/s with a partition each; commits each 5 s. */
const orders: Hop = {
  destination: 'orders',
  partitions: [1, 1, 1, 1],
  capacity: null,
  commitSeconds: 5,
  stage: 'worker',
  instances: 4,
  maxInstances: 16,
  ratePerInstance: 50,
  costPerInstance: 0,
};
const capacity = orders.instances * orders.ratePerInstance;
const at = (utilisation: number, hop: Partial<Hop> = {}, more: Partial<Scenario> = {}): Scenario => ({
  ...{ source: 'api', arrivalRate: utilisation * capacity, bursts: null, events: [], seed: 0 },
  hops: [{ ...orders, ...hop }],
  ...more,
});
const quiet = (name: string, scenario: Scenario, more: Partial<Situation> = {}): Situation => ({
  ...{ name, scenario, quietFrom: 0 },
  ...more,
});
/** ±30 % around the same mean: half of the time each. */
const bursts = (everySeconds: number) => ({ everySeconds, forSeconds: everySeconds / 2, factor: 1.3 / 0.7 });
const bursting = (utilisation: number, everySeconds: number, hop: Partial<Hop> = {}) =>
  at(0.7 * utilisation, hop, { bursts: bursts(everySeconds) });

/** When it happens. */
const then = 1800;
const trouble = (name: string, within: number, scenario: Scenario, more: Partial<Situation> = {}): Situation => ({
  ...{ name, scenario, quietFrom: null, trouble: { at: then, within } },
  ...more,
});
const overload = (share: number, hop: Partial<Hop> = {}) =>
  at(0.7, hop, { events: [{ seconds: then, arrivalRate: (1 + share) * capacity }] });
const outage = { seconds: then, stage: 'worker', instances: 0 };

export const situations: readonly Situation[] = [
  quiet('half used', at(0.5)),
  quiet('70 % used', at(0.7)),
  quiet('70 % used, bursts of ±30 % each minute', bursting(0.7, 60)),
  quiet('70 % used, bursts of ±30 % each 20 minutes', bursting(0.7, 1200)),
  quiet('70 % used, commits each 30 s', at(0.7, { commitSeconds: 30 })),
  quiet('70 % used, commits each 60 s', at(0.7, { commitSeconds: 60 })),
  quiet('70 % used, bursts of ±30 %, commits each 60 s', bursting(0.7, 300, { commitSeconds: 60 })),
  quiet('70 % used, few messages', at(0.014, { ratePerInstance: 1 })),
  quiet('one message a minute', at(1 / 60 / capacity)),
  quiet('70 % used, read each 30 s', at(0.7), { intervalSeconds: 30 }),
  quiet('published in batches each minute', at(0, {}, { arrivalRate: 0, ...publishedInBatches() })),
  quiet(
    'a consumer that works each 5 minutes, after three periods',
    at(0.2, { ailments: { shifts: { everySeconds: 300, forSeconds: 90 } } }),
    { quietFrom: 900 },
  ),
  quiet('rebalances of 40 s', at(0.7, { ailments: { rebalances: { everySeconds: 1500, forSeconds: 40 } } })),
  quiet('broker away for 5 minutes, twice', at(0.7), {
    brokerAway: [
      { from: 1800, to: 2100 },
      { from: 5000, to: 5300 },
    ],
  }),
  quiet('clock set forward by 10 minutes and by an hour', at(0.7, { commitSeconds: 30 }), {
    clockSteps: [
      { at: 1800, seconds: 600 },
      { at: 4500, seconds: 3600 },
    ],
  }),
  quiet('clock set back by 1 minute and by an hour', at(0.7, { commitSeconds: 30 }), {
    clockSteps: [
      { at: 1800, seconds: -60 },
      { at: 4500, seconds: -3600 },
    ],
  }),
  quiet(
    'topic deleted and made anew',
    at(0.7, {}, { events: [{ seconds: then, destination: 'orders', recreated: true }] }),
  ),
  quiet(
    'a deployment of 30 s',
    at(0.7, {}, { events: [outage, { seconds: then + 30, stage: 'worker', instances: 4 }] }),
  ),
  quiet('traffic doubles to 70 % used', at(0.35, {}, { events: [{ seconds: then, arrivalRate: 0.7 * capacity }] })),
  quiet(
    'draining, after an outage before anybody looked',
    at(
      0.7,
      {},
      {
        events: [
          { seconds: -500, stage: 'worker', instances: 0 },
          { seconds: -10, stage: 'worker', instances: 4 },
        ],
      },
    ),
    { drain: { at: 0, within: 120 } },
  ),
  trouble('+100 %', 150, overload(1)),
  trouble('+20 %', 200, overload(0.2)),
  trouble('+20 %, bursts of ±30 % each minute', 200, {
    ...bursting(0.7, 60),
    events: [{ seconds: then, arrivalRate: 0.7 * 1.2 * capacity }],
  }),
  trouble('+20 %, commits each 60 s', 450, overload(0.2, { commitSeconds: 60 })),
  trouble('+20 %, few messages', 450, overloadOfFew()),
  trouble('+5 %', 900, overload(0.05)),
  trouble('consumer stopped', 150, at(0.7, {}, { events: [{ seconds: then, stage: 'worker', ratePerInstance: 0 }] })),
  trouble(
    'consumer stopped, commits each 60 s',
    300,
    at(0.7, { commitSeconds: 60 }, { events: [{ seconds: then, stage: 'worker', ratePerInstance: 0 }] }),
  ),
  trouble('consumers gone', 150, at(0.7, {}, { events: [outage] })),
  trouble(
    'one partition of four stuck',
    200,
    at(0.7, {}, { events: [{ seconds: then, destination: 'orders', stuckPartition: 2 }] }),
  ),
  trouble(
    '+100 % for 20 minutes, then twice the consumers',
    150,
    at(
      0.7,
      {},
      {
        events: [
          { seconds: then, arrivalRate: 2 * capacity },
          { seconds: then + 1200, arrivalRate: 0.7 * capacity },
          { seconds: then + 1200, stage: 'worker', instances: 8 },
        ],
      },
    ),
    { drain: { at: then + 1200, within: 120 } },
  ),
  trouble(
    'consumers gone for 10 minutes, then back',
    150,
    at(0.7, {}, { events: [outage, { seconds: then + 600, stage: 'worker', instances: 4 }] }),
    { drain: { at: then + 600, within: 120 } },
  ),
];

/** A fiftieth of the traffic, and of what its consumers can do. */
function overloadOfFew(): Scenario {
  const few = capacity / 50;
  return at(0.014, { ratePerInstance: 1 }, { events: [{ seconds: then, arrivalRate: 1.2 * few }] });
}

/** All the messages of a minute within three seconds: 30 s of work. */
function publishedInBatches(): Partial<Scenario> {
  return { arrivalRate: 0.0001, bursts: { everySeconds: 60, forSeconds: 3, factor: (10 * capacity) / 0.0001 } };
}
