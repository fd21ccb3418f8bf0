import type { BrokerReading, QueueReading, StageReading, StepReading, Sweep } from './sweep';

/** A figure at one time after the other, NaN where it was null. Packed: thousands of queues have hundreds each. */
export type Figures = Readonly<Float64Array>;

/**
 * One queue over a window. The columns have one entry for each sweep in which the queue was listed; NaN where the figure
 * was null. `first` and `latest` keep what has no column (partitions, members, the broker's state).
 */
export interface QueueSeries {
  id: string;
  first: QueueReading;
  latest: QueueReading;
  /** Milliseconds since the epoch, ascending. */
  at: Figures;
  /** Messages. */
  backlog: Figures;
  /** Counters. */
  produced: Figures;
  consumed: Figures;
  /** Was the group sharing out its partitions just then? Absent: nobody looked. */
  rebalancing?: readonly boolean[] | undefined;
  /** The oldest reading kept from before the window: what is usual, beside what is now. */
  past?: PastReading | null | undefined;
}

/** What had been produced at an earlier moment. */
export interface PastReading {
  /** Milliseconds since the epoch. */
  at: number;
  /** Counter. */
  produced: number;
}

/** A row at the beginning and at the end of the time in which it was seen. */
export interface Seen<Row> {
  first: Row;
  latest: Row;
  /** From the first to the latest. */
  seconds: number;
}

/** Everything seen over a window: the only input of the diagnosis besides the pipeline. */
export interface Observation {
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  /** Sweeps in the window. */
  samples: number;
  /** One after the other: the figures of one may be lent only until the next is asked for (`withOwnFigures`). */
  queues: Iterable<QueueSeries>;
  /** As last seen. */
  brokers: BrokerReading[];
  stages: Seen<StageReading>[];
  /** A step that several workers report has a row for each. */
  steps?: Seen<StepReading>[] | undefined;
}

/** One whose queues may be looked at in any order, as often as wanted. */
export interface WholeObservation extends Observation {
  queues: QueueSeries[];
}

/** A queue whose figures stay as they are. Only when they were read is never lent: queues share it. */
export const withOwnFigures = (series: QueueSeries): QueueSeries => ({
  ...series,
  ...{ backlog: series.backlog.slice(), produced: series.produced.slice(), consumed: series.consumed.slice() },
});

const none = new Float64Array(0);

/** A queue of which only the rows are left. */
export const withoutFigures = (series: QueueSeries): QueueSeries => ({
  ...series,
  ...{ at: none, backlog: none, produced: none, consumed: none, rebalancing: undefined },
});

/** The index of the first time that is not before the given one; the length when all are. Times ascending. */
export function firstSince(at: ArrayLike<number>, since: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? NaN) < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const orNaN = (figure: number | null) => figure ?? NaN;

const rebalancingStates = new Set(['PreparingRebalance', 'CompletingRebalance', 'Assigning', 'Reconciling']);

/** Kafka's words for a group whose members wait for their partitions, of both group protocols. */
export const isRebalancing = ({ brokerState }: QueueReading) => rebalancingStates.has(brokerState ?? '');

/** The sweeps' rows of each stage: one row for each name. */
export const seenStages = (sweeps: readonly { at: number; stages: readonly StageReading[] }[]): Seen<StageReading>[] =>
  seen(
    sweeps.map(({ at, stages }) => ({ at, rows: stages })),
    ({ name }) => name,
  );

/** The sweeps' rows of each step: rows of one sweep for the same step are of workers, told apart by their order. */
export const seenSteps = (sweeps: readonly { at: number; steps: readonly StepReading[] }[]): Seen<StepReading>[] =>
  seen(
    sweeps.map(({ at, steps }) => ({ at, rows: steps })),
    (row, before) => {
      const workers = before.filter(({ step, pipeline }) => step === row.step && pipeline === row.pipeline);
      return JSON.stringify([row.pipeline, row.step, workers.length]);
    },
  );

function seen<Row>(
  moments: readonly { at: number; rows: readonly Row[] }[],
  keyOf: (row: Row, before: readonly Row[]) => string,
): Seen<Row>[] {
  const found = new Map<string, Seen<Row> & { since: number }>();
  for (const { at, rows } of moments) {
    rows.forEach((row, index) => {
      const key = keyOf(row, rows.slice(0, index));
      const known = found.get(key);
      if (known) Object.assign(known, { latest: row, seconds: (at - known.since) / 1000 });
      else found.set(key, { first: row, latest: row, seconds: 0, since: at });
    });
  }
  return [...found.values()].map(({ first, latest, seconds }) => ({ first, latest, seconds }));
}

/** A series while sweeps are added to it. */
interface Growing extends Omit<QueueSeries, 'at' | 'backlog' | 'produced' | 'consumed' | 'rebalancing'> {
  at: number[];
  backlog: number[];
  produced: number[];
  consumed: number[];
  rebalancing: boolean[];
}

/**
 * The columns of a few sweeps, oldest first. An empty list gives an observation without samples.
 * @param since milliseconds since the epoch: earlier sweeps are only each queue's past
 */
export function observe(sweeps: readonly Sweep[], since = -Infinity): WholeObservation {
  const past = new Map<string, PastReading>();
  const queues = new Map<string, Growing>();
  const timed = sweeps.map((sweep) => ({ ...sweep, at: Date.parse(sweep.at) }));
  const window = timed.filter(({ at }) => at >= since);
  for (const { at, queues: rows } of timed.filter((sweep) => sweep.at < since)) {
    for (const { id, produced } of rows) if (produced !== null && !past.has(id)) past.set(id, { at, produced });
  }
  for (const { at, queues: rows } of window) {
    for (const reading of rows) {
      const series = queues.get(reading.id) ?? begun(reading, past.get(reading.id) ?? null);
      queues.set(reading.id, series);
      series.latest = reading;
      series.at.push(at);
      series.backlog.push(orNaN(reading.backlog));
      series.produced.push(orNaN(reading.produced));
      series.consumed.push(orNaN(reading.consumed));
      series.rebalancing.push(isRebalancing(reading));
    }
  }
  const last = window.at(-1);
  return {
    from: window[0]?.at ?? 0,
    to: last?.at ?? 0,
    samples: window.length,
    queues: Array.from(queues.values(), packed),
    brokers: last?.brokers ?? [],
    stages: seenStages(window),
    steps: seenSteps(window),
  };
}

const begun = (reading: QueueReading, past: PastReading | null): Growing => ({
  ...{ id: reading.id, first: reading, latest: reading, past },
  ...{ at: [], backlog: [], produced: [], consumed: [], rebalancing: [] },
});

const packed = ({ at, backlog, produced, consumed, ...rest }: Growing): QueueSeries => ({
  ...rest,
  at: new Float64Array(at),
  ...{ backlog: new Float64Array(backlog), produced: new Float64Array(produced), consumed: new Float64Array(consumed) },
});
