import { criticalFactor, measuredRate } from './thresholds';
import type { AlertOptions, AlertQueue, Exporter, Fault, Moment } from './words';

/** A queue in a situation, and which alerts have to fire in it: what a rule is tested on. */
export interface Scenario {
  name: string;
  /** What fires at the moments that are looked at, of an exporter that can tell of everything. */
  fires: readonly Fault[];
  /** Seconds between two moments. */
  step: number;
  /** The queue at each moment; null while nothing of it is seen. */
  moments: (Moment | null)[];
  /** When the alerts are looked at, seconds. */
  looks: number[];
}

interface Traffic {
  /** Messages per second that arrive and that can be finished, all partitions together. */
  arrive: number;
  serve: number;
  consumers: number;
  /** Served partitions, of two. */
  served?: number;
  seen?: boolean;
  /** Messages that are kept in all; older ones are taken away. */
  keeps?: number;
}

interface Plan {
  name: string;
  fires: readonly Fault[];
  traffic: (t: number) => Traffic;
  /** When it is over, and from when on it is looked at: seconds. */
  until: number;
  from: number;
  backlog?: number;
  /** Messages that are never finished. */
  stragglers?: number;
  neverCommitted?: boolean;
  onlyPartitions?: true;
}

const backingUp = ['growing', 'will-not-drain', 'age-warning', 'age-critical'] as const;
/** Where neither the rate was measured nor matters: messages per second. */
const usualRate = 50;
const looksAtQuiet = 8;
/** A series that ended without a word is seen for five minutes more, seconds (prometheus.io, querying basics: staleness). */
const lookback = 300;

/** What a queue may go through. @param window seconds that the rules look back */
export function scenarios(exporter: Exporter, queue: AlertQueue, options: AlertOptions, window: number): Scenario[] {
  const rate = (exporter.wholeNode ? null : measuredRate(queue)) ?? usualRate;
  const step = window / 10;
  return [...harmless(rate, window, options), ...faulty(rate, window, options)]
    .filter(({ onlyPartitions }) => !onlyPartitions || exporter.eachPartition)
    .map((plan) => ({
      ...{ name: plan.name, fires: plan.fires, step, moments: simulate(plan, step) },
      looks: looksOf(plan, step),
    }));
}

/** Traffic that is served three times as fast as it comes. */
const healthyAt = (rate: number): Traffic => ({ arrive: rate, serve: 3 * rate, consumers: 2 });

/** Situations in which nothing may fire. */
function harmless(rate: number, window: number, { drainSeconds }: AlertOptions): Plan[] {
  const healthy = healthyAt(rate);
  const quiet = { fires: [], until: 6 * window, from: window / 2 };
  return [
    { name: 'healthy', traffic: () => healthy, ...quiet },
    { name: 'idle', traffic: () => ({ arrive: 0, serve: rate, consumers: 1 }), backlog: 2, stragglers: 1, ...quiet },
    {
      ...{ name: 'draining', fires: [], until: 0.8 * drainSeconds + 2 * window, from: 0 },
      ...{ traffic: () => healthy, backlog: rate * drainSeconds * 0.8 },
    },
    {
      ...{ name: 'rebalancing', ...quiet },
      traffic: (t) =>
        t % window < window / 10 ? { ...healthy, serve: 0, consumers: 0, seen: t % window < window / 20 } : healthy,
    },
    { name: 'a few messages are retried for ever', traffic: () => healthy, stragglers: 3, ...quiet },
    {
      name: 'a partition never committed',
      traffic: () => healthy,
      neverCommitted: true,
      onlyPartitions: true,
      ...quiet,
    },
  ];
}

/** Situations with a fault, which begins after two windows. */
function faulty(rate: number, window: number, { maxAgeSeconds, drainSeconds, ...options }: AlertOptions): Plan[] {
  const { forSeconds, retentionSeconds } = options;
  const began = 2 * window;
  const healthy = healthyAt(rate);
  const fault = (during: Partial<Traffic>) => (t: number) => ({ ...healthy, ...(t >= began && during) });
  // Half of what arrives is left: after twice the critical age something that old waits.
  const oldest = 2.5 * criticalFactor * maxAgeSeconds + Math.max(0, 2000 / rate);
  const ripe = began + 2 * window + 3 * forSeconds + oldest + drainSeconds;
  const lossy = ripe + (retentionSeconds ?? 0);
  const grows = { until: ripe, from: ripe - window / 10 };
  const seenLast = began + lookback;
  return [
    { name: 'growing', fires: backingUp, traffic: fault({ serve: rate / 2 }), ...grows },
    { name: 'stuck', fires: [...backingUp, 'stuck'], traffic: fault({ serve: 0 }), ...grows },
    {
      ...{ name: 'one partition is stuck', fires: [...backingUp, 'stuck'], onlyPartitions: true },
      ...{ traffic: fault({ served: 1 }), ...grows },
    },
    {
      ...{ name: 'nobody reads', fires: [...backingUp, 'no-consumers'] },
      ...{ traffic: fault({ serve: 0, consumers: 0 }), ...grows },
    },
    {
      ...{ name: 'retention takes what was not read', fires: [...backingUp, 'stuck', 'retention-loss'] },
      traffic: (t) => ({ ...fault({ serve: 0 })(t), keeps: rate * began }),
      ...{ until: lossy, from: lossy - window / 10 },
    },
    {
      ...{ name: 'not seen any more', fires: ['absent'], traffic: fault({ seen: false }) },
      ...{ until: seenLast + 4 * (window + forSeconds), from: seenLast + 3 * (window + forSeconds) },
    },
  ];
}

function looksOf({ fires, until, from }: Plan, step: number): number[] {
  const wanted = fires.length > 0 ? 1 : looksAtQuiet;
  const every = (until - from) / wanted;
  return Array.from({ length: wanted }, (_, i) => Math.floor((from + (i + 1) * every) / step) * step);
}

/** Two partitions, filled and emptied step by step. */
function simulate(
  { traffic, until, backlog = 0, stragglers = 0, neverCommitted = false }: Plan,
  step: number,
): (Moment | null)[] {
  const moments: (Moment | null)[] = [];
  const ends: number[] = [];
  const partitions = [0, 1].map((number) => ({
    ...{ start: 0, end: backlog / 2, committed: 0, neverCommitted: neverCommitted && number === 1 },
  }));
  for (let t = 0; t <= until; t += step) {
    const { arrive, serve, consumers, served = 2, seen = true, keeps = Infinity } = traffic(t);
    const before = sum(partitions, 'committed');
    if (t > 0) partitions.forEach((one) => (one.end += (arrive / 2) * step));
    const first = sum(partitions, 'end');
    ends.push(first);
    for (const [number, one] of partitions.entries()) {
      if (number < served) {
        const left = stragglers / 2 + (t > 0 ? arrive : 0);
        one.committed = Math.max(one.committed, Math.min(one.committed + (serve / 2) * step, one.end - left));
      }
      one.start = Math.max(one.start, one.end - keeps / 2);
    }
    const finished = sum(partitions, 'committed');
    moments.push(
      seen
        ? {
            ...{ t, partitions: partitions.map((one) => ({ ...one })), consumers },
            // A straggler has been there from the beginning.
            ageSeconds: stragglers > 0 ? t : ageOf(ends, finished, step),
            nextAgeSeconds: ageOf(ends, finished + stragglers, step),
            lastArrival: arrive > 0 ? t : 0,
            lastMinute: { arrived: arrive * 60, finished: ((finished - before) / step) * 60 },
          }
        : null,
    );
  }
  return moments;
}

/** How long ago the oldest message came of those that are not finished, seconds. */
function ageOf(ends: readonly number[], finished: number, step: number): number {
  const came = ends.findIndex((end) => end > finished + 1e-9);
  return came < 0 ? 0 : (ends.length - 1 - came) * step;
}

const sum = (partitions: readonly { end: number; committed: number }[], field: 'end' | 'committed') =>
  partitions.reduce((total, one) => total + one[field], 0);
