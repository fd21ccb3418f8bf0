/** What is the matter with a stage, besides having more to do than it can. */
export interface Ailments {
  /** Messages that each of its consumers may hold unfinished: so many as wait, and the others have nothing to do. */
  prefetch?: number;
  /** Between it and the broker, seconds: with a small prefetch it waits for the wire. */
  roundTripSeconds?: number;
  /** The group shares out its partitions so often and for so long, seconds; nobody works meanwhile. */
  rebalances?: { everySeconds: number; forSeconds: number };
  /** It works in batches: only so long of every so often, seconds. */
  shifts?: { everySeconds: number; forSeconds: number };
  /** 0…1: share of the deliveries that fail and come again. */
  redelivered?: number;
  /** Shares of its limits, 0…1. */
  cpu?: number;
  memory?: number;
  network?: number;
}

/** One queue and the stage that reads it, under a consumer group named after the stage. */
export interface Hop {
  destination: string;
  /** Share of the traffic for each partition. */
  partitions: readonly number[];
  /** Limit in messages; null: none. */
  capacity: number | null;
  /** Seconds between two commits of the stage. */
  commitSeconds: number;
  /** Hops of the same stage share its instances. */
  stage: string;
  instances: number;
  maxInstances: number;
  /** Messages per second that one instance finishes when it is busy. */
  ratePerInstance: number;
  /** Money per month. */
  costPerInstance: number;
  /**
   * Who produces to it (the source, or stages), and how many messages for each one finished there. Absent: the stage of
   * the hop before, one for one.
   */
  fedBy?: Readonly<Record<string, number>>;
  ailments?: Ailments;
}

/** What may be changed about a stage while it works. */
export type StageChange =
  | { instances: number }
  | { ratePerInstance: number }
  | { prefetch: number }
  /** Of its queue: what waits stays in the partitions it is in. */
  | { partitions: number }
  /** Of its queue, messages. */
  | { capacity: number };

/** Something that happens at a moment counted in seconds from the opening of the demo (negative: before it). */
export type Event = { seconds: number } & (
  | { arrivalRate: number }
  | ({ stage: string } & StageChange)
  /** The broker is out of memory from then on, and keeps everybody who publishes waiting. */
  | { alarm: boolean }
  /** The consumer of one partition of a queue hangs from then on. */
  | { destination: string; stuckPartition: number }
  /** It was deleted and made anew: empty, and its counters begin at 0. */
  | { destination: string; recreated: true }
);

/** A pipeline: `source` produces to the first hop, each stage to the next, where the hops do not say otherwise. */
export interface Scenario {
  source: string;
  /** Messages per second. */
  arrivalRate: number;
  bursts: { everySeconds: number; forSeconds: number; factor: number } | null;
  hops: readonly Hop[];
  events: readonly Event[];
  seed: number;
}

/** Who produces to each hop, and how many messages for each one finished there. */
export const writersOf = ({ source, hops }: Pick<Scenario, 'source' | 'hops'>): Readonly<Record<string, number>>[] =>
  hops.map(({ fedBy }, index) => fedBy ?? { [hops[index - 1]?.stage ?? source]: 1 });
