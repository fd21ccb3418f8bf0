import { none, unknown, type MissingReason } from '../../model/figure';
import { queueId, type QueueName } from '../../model/identity';
import type { MemberReading, QueueFigure, QueueReading } from '../../model/sweep';
import { isNoStream, rowReason } from './errors';
import { ageOf, consumedOf, lostOf, waitingOf, type Told } from './figures';
import type { GroupRead, StreamRead } from './read';
import { textOf } from './reply';
import type { ConsumerInfo, GroupInfo, StreamInfo } from './stream';

/** Figures that Redis streams never have. */
export const notApplicable = [
  'delayed',
  'redelivered',
  'rebalances',
  'capacity',
  'capacityBytes',
  'prefetch',
  'consumerCapacity',
] as const satisfies readonly QueueFigure[];

/** Figures that every row of a stream has an answer for. */
const perRow = [
  'backlog',
  'waiting',
  'lost',
  'inFlight',
  'ageSeconds',
  'produced',
  'consumed',
  'retained',
  'consumers',
  'arrivalRate',
  'departureRate',
] as const satisfies readonly QueueFigure[];
type RowFigure = (typeof perRow)[number];

/** Where rows belong. */
export interface Place {
  broker: string;
  /** Number of the database, as text. */
  database: string;
}
interface StreamName extends Place {
  /** The key. */
  stream: string;
}

/**
 * A row for each group of the stream, or one without group. None for a key that has gone since it was listed.
 * @param now milliseconds since the epoch, by the clock that made the ids
 */
export function streamRows(place: Place, { key, stream, groups }: StreamRead, now: number): QueueReading[] {
  const name = { ...place, stream: textOf(key) };
  if (isNoStream(stream) || isNoStream(groups)) return [];
  if (stream instanceof Error) return [unreadRow(name, null, rowReason(stream))];
  if (groups instanceof Error) return [unreadRow(name, null, rowReason(groups))];
  if (groups.length === 0) return [lonelyRow(name, stream)];
  return groups.map((read) => groupRow(name, stream, read, now));
}

/** The rows and, for every wanted queue that is not among them, one that says so. */
export function wantedRows(place: Place, wanted: readonly QueueName[], rows: readonly QueueReading[]): QueueReading[] {
  const absent = wanted.filter(
    ({ destination, group }) =>
      !rows.some(
        (row) => row.destination === destination && (group == null || row.group === null || row.group === group),
      ),
  );
  const named = new Map(absent.map((name) => [queueId(name), name]));
  const notThere = [...named.values()].map(({ destination, group }) => {
    const known = rows.some((row) => row.destination === destination);
    return unreadRow(
      { ...place, stream: destination },
      group ?? null,
      known ? 'the stream has no such group (yet)' : 'there is no such stream (yet)',
    );
  });
  return [...rows, ...notThere];
}

function groupRow(name: StreamName, stream: StreamInfo, read: GroupRead, now: number): QueueReading {
  const { group } = read;
  const waiting = waitingOf(stream, group);
  const consumed = consumedOf(stream, group);
  const row = emptyRow(name, textOf(group.name));
  put(row, 'waiting', waiting);
  put(row, 'inFlight', { value: group.pending });
  put(row, 'backlog', waiting.value === null ? waiting : { ...waiting, value: waiting.value + group.pending });
  put(row, 'lost', lostOf(stream, group));
  put(row, 'consumed', consumed);
  put(row, 'produced', producedOf(stream, group));
  put(row, 'ageSeconds', ageOf(stream, group, waiting.value, read.oldestPending, now));
  put(row, 'retained', { value: stream.length });
  put(row, 'consumers', { value: group.consumers });
  row.members = read.consumers?.map(member) ?? null;
  return row;
}

/** The row of a stream that no group reads: nothing is owed to anyone, so nothing is a backlog. */
function lonelyRow(name: StreamName, stream: StreamInfo): QueueReading {
  const row = emptyRow(name, null);
  for (const figure of perRow) row.missing[figure] = none('no group reads this stream');
  put(row, 'produced', producedOf(stream, null));
  put(row, 'retained', { value: stream.length });
  put(row, 'arrivalRate', { value: null, missing: ratesNeedTwo });
  return row;
}

/** The row of a key that could not be read. */
function unreadRow(name: StreamName, group: string | null, reason: string): QueueReading {
  const row = emptyRow(name, group);
  for (const figure of perRow) row.missing[figure] = unknown(reason);
  return row;
}

/** Read in the same moment as the group's own figures where Redis counts both, so that in − out = growth holds. */
function producedOf(stream: StreamInfo, group: GroupInfo | null): Told {
  if (group?.entriesRead != null && group.lag !== null) return { value: group.entriesRead + group.lag };
  if (stream.entriesAdded !== null) return { value: stream.entriesAdded };
  return { value: null, missing: unknown('Redis before 7.0 does not count what is added') };
}

const ratesNeedTwo: MissingReason = unknown('Redis tells no rates: they come from two sweeps');

const member = ({ name, pending, idleSeconds }: ConsumerInfo): MemberReading => ({
  id: name,
  client: null,
  host: null,
  inFlight: pending,
  idleSeconds,
  prefetch: null,
});

function emptyRow({ broker, database, stream }: StreamName, group: string | null): QueueReading {
  const figures = Object.fromEntries([...perRow, ...notApplicable].map((figure) => [figure, null])) as Record<
    QueueFigure,
    null
  >;
  return {
    id: queueId({ broker, namespace: database, destination: stream, group }),
    broker,
    system: 'redis',
    kind: 'stream',
    namespace: database === '0' ? null : database,
    destination: stream,
    group,
    ...figures,
    brokerState: null,
    queueType: 'stream',
    overflow: null,
    deadLetter: null,
    partitions: null,
    members: null,
    bindings: null,
    missing: { arrivalRate: ratesNeedTwo, departureRate: ratesNeedTwo },
    approximate: {},
  };
}

function put(row: QueueReading, figure: RowFigure, told: Told): void {
  row[figure] = told.value;
  if (told.value === null) row.missing[figure] = told.missing;
  else {
    Reflect.deleteProperty(row.missing, figure);
    if (told.approximate !== undefined) row.approximate[figure] = told.approximate;
  }
}
