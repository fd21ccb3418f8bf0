import type { Trace } from '../../measure/history';
import type { StateChange } from '../../model/report';
import { orNaN } from '../../model/series';
import type { QueueReading, Sweep } from '../../model/sweep';
import type { ChartColumn, ChartSeries } from '../../protocol/chart';

/** What is the same for every span of a chart. */
export type ChartFrame = Pick<ChartSeries, 'queue' | 'name' | 'source' | 'seconds' | 'spans'>;

/**
 * A chart's series from what was read.
 * @param latest says why a column stays empty
 */
export function chartSeries(
  frame: ChartFrame,
  trace: Trace,
  latest: QueueReading | null,
  changes: readonly StateChange[],
): ChartSeries {
  const columns: Record<ChartColumn, (number | null)[]> = {
    backlog: trace.backlog.map(orNull),
    arrivals: rates(trace.at, trace.produced),
    departures: rates(trace.at, trace.consumed),
    age: trace.age.map(orNull),
  };
  return {
    ...frame,
    at: [...trace.at],
    ...columns,
    missing: reasons(columns, latest),
    changes: changes.map(({ at, to, severity, reason }) => ({ at: Date.parse(at), to, severity, reason })),
  };
}

/** A queue's figures in sweeps, oldest first. */
export function traceOf(sweeps: readonly Sweep[], id: string): Trace {
  const rows = sweeps.flatMap(({ at, queues }) =>
    queues.filter((queue) => queue.id === id).map((row) => ({ at: Date.parse(at), row })),
  );
  const column = (of: (row: QueueReading) => number | null) => rows.map(({ row }) => orNaN(of(row)));
  return {
    at: rows.map(({ at }) => at),
    backlog: column((row) => row.backlog),
    produced: column((row) => row.produced),
    consumed: column((row) => row.consumed),
    age: column((row) => row.ageSeconds),
  };
}

/** The part of a trace since a moment, milliseconds since the epoch. */
export function since(trace: Trace, from: number): Trace {
  const start = trace.at.findIndex((at) => at >= from);
  const cut = (values: readonly number[]) => (start < 0 ? [] : values.slice(start));
  const { at, backlog, produced, consumed, age } = trace;
  return { at: cut(at), backlog: cut(backlog), produced: cut(produced), consumed: cut(consumed), age: cut(age) };
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value);

/** What a counter rose by since the entry before, per second; null at the first, after a gap and where it began anew. */
function rates(at: readonly number[], counter: readonly number[]): (number | null)[] {
  return counter.map((value, i) => {
    const [before, then] = [counter[i - 1] ?? NaN, at[i - 1] ?? NaN];
    const rate = ((value - before) * 1000) / ((at[i] ?? NaN) - then);
    return Number.isFinite(rate) && rate >= 0 ? rate : null;
  });
}

const figures = { backlog: 'backlog', arrivals: 'produced', departures: 'consumed', age: 'ageSeconds' } as const;
const titles = { backlog: 'Backlog', arrivals: 'Arrivals', departures: 'Departures', age: 'Age' };

/** Why there is nothing to draw, for each column without a figure. */
function reasons(columns: Record<ChartColumn, (number | null)[]>, latest: QueueReading | null): ChartSeries['missing'] {
  const empty = (Object.keys(columns) as ChartColumn[]).filter((name) =>
    columns[name].every((value) => value === null),
  );
  const why = (name: ChartColumn) => latest?.missing[figures[name]]?.reason ?? 'not read twice in this time yet';
  return Object.fromEntries(empty.map((name) => [name, `${titles[name]}: ${why(name)}.`]));
}
