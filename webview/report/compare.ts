import { plain } from '../../src/model/escape';
import type { QueueReport, Report, StageReport } from '../../src/model/report';
import { queueName, stateWords } from '../words';

/** One figure before and after; null where a report has none. */
export interface Change {
  before: number | null;
  after: number | null;
}

export interface ComparedRow {
  id: string;
  name: string;
  /** In words; null where a report does not have the row. */
  state: { before: string | null; after: string | null };
  backlog: Change;
  arrivals: Change;
  departures: Change;
}

const change = <Row>(before: Row | undefined, after: Row | undefined, of: (row: Row) => number | null): Change => ({
  before: before ? of(before) : null,
  after: after ? of(after) : null,
});

/** Queues and stages of two reports side by side; those whose state or backlog differs come first, by how much. */
export function compare(before: Report, after: Report): ComparedRow[] {
  const queues = paired(before.queues, after.queues, ({ id }) => id).map(([a, b]): ComparedRow => ({
    ...head(a, b, ({ id }) => id, queueName),
    backlog: change(a, b, ({ backlog }) => backlog),
    arrivals: change(a, b, ({ arrivalRate }) => arrivalRate),
    departures: change(a, b, ({ departureRate }) => departureRate),
  }));
  const stages = paired(before.stages, after.stages, ({ name }) => name).map(([a, b]): ComparedRow => ({
    ...head(
      a,
      b,
      ({ name }) => `stage:${name}`,
      ({ name }) => plain(name),
    ),
    backlog: { before: null, after: null },
    arrivals: change(a, b, ({ inputRate }) => inputRate),
    departures: change(a, b, ({ processingRate }) => processingRate),
  }));
  return [...queues, ...stages].sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name));
}

function head<Row extends QueueReport | StageReport>(
  a: Row | undefined,
  b: Row | undefined,
  idOf: (row: Row) => string,
  nameOf: (row: Row) => string,
) {
  const row = b ?? a;
  const word = (of: Row | undefined) => (of ? stateWords[of.state] : null);
  return { id: row ? idOf(row) : '', name: row ? nameOf(row) : '', state: { before: word(a), after: word(b) } };
}

function paired<Row>(before: readonly Row[], after: readonly Row[], key: (row: Row) => string) {
  const [old, now] = [before, after].map((rows) => new Map(rows.map((row) => [key(row), row])));
  const keys = new Set([...after, ...before].map(key));
  return [...keys].map((id) => [old?.get(id), now?.get(id)] as const);
}

const weight = ({ state, backlog }: ComparedRow) =>
  (state.before === state.after ? 0 : 1e15) + Math.abs((backlog.after ?? 0) - (backlog.before ?? 0));
