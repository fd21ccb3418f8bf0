import { queueId } from '../../src/model/identity';
import { defaultObjectives, type Pipeline, type QueueRef, type Stage } from '../../src/model/pipeline';
import { observe, type WholeObservation } from '../../src/model/series';
import { brokerReading, queueReading, type BrokerReading, type QueueReading, type Sweep } from '../../src/model/sweep';

const start = Date.parse('2026-01-01T00:00:00.000Z');

/** A queue as a function of time: builders below make them, `watched` samples them. */
export type QueueOverTime = (seconds: number) => QueueReading | null;

export interface Flow {
  destination: string;
  group?: string | null;
  /** Messages per second. */
  arrives?: number;
  finishes?: number;
  /** Waiting at the beginning. */
  waits?: number;
  consumers?: number | null;
  /** Finished messages are committed only so often, in seconds. */
  commitsEvery?: number;
  reading?: Partial<QueueReading>;
}

/** A queue with steady rates; what is finished never exceeds what has arrived. */
export function flow({ arrives = 0, finishes = arrives, waits = 0, commitsEvery, ...rest }: Flow): QueueOverTime {
  return (seconds) => {
    const committedAt = commitsEvery ? Math.floor(seconds / commitsEvery) * commitsEvery : seconds;
    const produced = waits + arrives * seconds;
    return counted(rest, produced, Math.min(waits + arrives * committedAt, finishes * committedAt));
  };
}

/** A queue whose counters are given; `produced` counts what waited at the beginning too. */
export function counted(
  { destination, group = 'worker', consumers = 1, reading }: Omit<Flow, 'arrives' | 'finishes' | 'waits'>,
  produced: number,
  consumed: number,
): QueueReading {
  const backlog = produced - consumed;
  return {
    ...blank,
    id: queueId({ broker: 'main', destination, group }),
    ...{ destination, group, backlog, waiting: backlog, produced, consumed, consumers },
    ...reading,
  };
}

/** Every figure null. */
const blank = queueReading.parse({
  id: 'main/blank',
  broker: 'main',
  system: 'kafka',
  kind: 'topic',
  destination: 'blank',
});

export interface Watching {
  /** Length of the window and time between samples, seconds. */
  seconds?: number;
  every?: number;
  brokers?: BrokerReading[];
}

/** The observation of some queues over a window; a queue that is null at a moment was not listed then. */
export function watched(
  queues: QueueOverTime[],
  { seconds = 60, every = 1.5, brokers }: Watching = {},
): WholeObservation {
  const sweeps = Array.from({ length: Math.floor(seconds / every) + 1 }, (_, i): Sweep => ({
    version: 1,
    at: new Date(start + i * every * 1000).toISOString(),
    brokers: brokers ?? [broker('main')],
    queues: queues.flatMap((queue) => queue(i * every) ?? []),
    stages: [],
    steps: [],
  }));
  return observe(sweeps);
}

export const broker = (name: string, more: Partial<BrokerReading> = {}): BrokerReading =>
  brokerReading.parse({
    ...{ name, system: 'kafka', url: 'kafka://127.0.0.1:9092', state: 'ok' },
    sweep: { seconds: 0.01, requests: 3, bytes: 300 },
    ...more,
  });

/** A reference of the pipeline file, written `orders` or `orders/validator`. */
export function ref(place: string, capacity: number | null = null): QueueRef {
  const [destination = '', group = null] = place.split('/');
  const name = { broker: 'main', namespace: null, destination, group };
  return { ...name, id: queueId(name), capacity };
}

export const stage = (name: string, consumes: QueueRef[], produces: QueueRef[], more: Partial<Stage> = {}): Stage => ({
  ...{ name, consumes, produces, instances: null, maxInstances: null, costPerInstance: null, ratePerInstance: null },
  ...{ critical: false, durable: null, ordered: null },
  ...more,
});

export const pipelineOf = (...stages: Stage[]): Pipeline => ({
  name: 'orders',
  brokers: [],
  stages,
  objectives: defaultObjectives,
});

/** Repeatable numbers 0…1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface NoisyFlow {
  seed: number;
  /** λ, messages per second. */
  arrivalRate: number;
  /** What the consumer can do, messages per second. */
  serviceRate: number;
  commitsEvery: number;
  seconds: number;
  /** Of the simulation, seconds; 0.1 when absent. */
  step?: number;
}

/** Random arrivals and services (both Poisson), committed in batches at a random phase. */
export function noisyFlow({
  seed,
  arrivalRate,
  serviceRate,
  commitsEvery,
  seconds,
  step = 0.1,
}: NoisyFlow): QueueOverTime {
  const random = seeded(seed);
  const phase = random() * commitsEvery;
  const states: [produced: number, committed: number][] = [];
  let [produced, finished, committed] = [0, 0, 0];
  const warmUp = 20;
  for (let i = 0; i <= (seconds + warmUp) / step; i++) {
    produced += poisson(arrivalRate * step, random);
    finished = Math.min(produced, finished + poisson(serviceRate * step, random));
    const time = i * step + phase;
    if (Math.floor(time / commitsEvery) !== Math.floor((time - step) / commitsEvery)) committed = finished;
    states.push([produced, committed]);
  }
  return (at) => {
    const [arrived = 0, done = 0] = states[Math.round((at + warmUp) / step)] ?? [];
    return counted({ destination: 'noisy' }, arrived, done);
  };
}

/** Knuth's method; exact for the small means used here. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let events = 0;
  for (let product = random(); product > limit; product *= random()) events++;
  return events;
}
