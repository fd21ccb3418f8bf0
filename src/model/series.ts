import type { BrokerReading, QueueReading, StageReading, Sweep } from './sweep';

/**
 * One queue over a window. The columns have one entry for each sweep in which the queue was listed; NaN where the figure
 * was null. `first` and `latest` keep what has no column (partitions, members, the broker's state).
 */
export interface QueueSeries {
  id: string;
  first: QueueReading;
  latest: QueueReading;
  /** Milliseconds since the epoch, ascending. */
  at: readonly number[];
  /** Messages. */
  backlog: readonly number[];
  /** Counters. */
  produced: readonly number[];
  consumed: readonly number[];
}

/** Everything seen over a window: the only input of the diagnosis besides the pipeline. */
export interface Observation {
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  /** Sweeps in the window. */
  samples: number;
  queues: QueueSeries[];
  /** As last seen. */
  brokers: BrokerReading[];
  stages: { first: StageReading; latest: StageReading; seconds: number }[];
}

export const orNaN = (figure: number | null) => figure ?? NaN;

/** The columns of a few sweeps, oldest first. An empty list gives an observation without samples. */
export function observe(sweeps: readonly Sweep[]): Observation {
  const queues = new Map<
    string,
    QueueSeries & { at: number[]; backlog: number[]; produced: number[]; consumed: number[] }
  >();
  const stages = new Map<string, { first: StageReading; latest: StageReading; seconds: number; since: number }>();
  for (const sweep of sweeps) {
    const at = Date.parse(sweep.at);
    for (const reading of sweep.queues) {
      let series = queues.get(reading.id);
      if (!series) {
        series = { id: reading.id, first: reading, latest: reading, at: [], backlog: [], produced: [], consumed: [] };
        queues.set(reading.id, series);
      }
      series.latest = reading;
      series.at.push(at);
      series.backlog.push(orNaN(reading.backlog));
      series.produced.push(orNaN(reading.produced));
      series.consumed.push(orNaN(reading.consumed));
    }
    for (const reading of sweep.stages) {
      const seen = stages.get(reading.name);
      if (seen) Object.assign(seen, { latest: reading, seconds: (at - seen.since) / 1000 });
      else stages.set(reading.name, { first: reading, latest: reading, seconds: 0, since: at });
    }
  }
  const last = sweeps.at(-1);
  return {
    from: sweeps[0] ? Date.parse(sweeps[0].at) : 0,
    to: last ? Date.parse(last.at) : 0,
    samples: sweeps.length,
    queues: [...queues.values()],
    brokers: last?.brokers ?? [],
    stages: [...stages.values()],
  };
}
