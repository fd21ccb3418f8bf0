import { queueId, type QueueName } from '../../model/identity';
import type { MemberReading, QueueFigure, QueueReading } from '../../model/sweep';
import { figures, known, nothing, unread, type Told } from '../told';
import { isNoStream, rowReason } from './errors';
import { ageOf, consumedOf, lostOf, producedOf, waitingOf } from './figures';
import type { GroupRead, StreamRead } from './read';
import { textOf } from './reply';
import type { ConsumerInfo, StreamInfo } from './stream';

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
type NotApplicable = (typeof notApplicable)[number];

/** Figures that every row of a stream has an answer for. */
const rowFigures = [
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
type RowFigure = (typeof rowFigures)[number];

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
  const backlog: Told = waiting.value === null ? waiting : { ...waiting, value: waiting.value + group.pending };
  const produced = producedOf(stream, group);
  return {
    ...emptyRow(name, textOf(group.name)),
    ...figures<RowFigure>({
      waiting,
      backlog,
      produced,
      inFlight: known(group.pending),
      lost: lostOf(stream, group),
      consumed: consumedOf(produced, backlog),
      ageSeconds: ageOf(stream, group, waiting.value, read.oldestPending, now),
      retained: known(stream.length),
      consumers: known(group.consumers),
      arrivalRate: ratesNeedTwo,
      departureRate: ratesNeedTwo,
    }),
    members: read.consumers?.map(member) ?? null,
  };
}

/** The row of a stream that no group reads: nothing is owed to anyone, so nothing is a backlog. */
function lonelyRow(name: StreamName, stream: StreamInfo): QueueReading {
  return {
    ...emptyRow(name, null),
    ...figures<RowFigure>({
      ...everyFigure(nothing('no group reads this stream')),
      produced: producedOf(stream, null),
      retained: known(stream.length),
      arrivalRate: ratesNeedTwo,
    }),
  };
}

/** The row of what could not be read. */
const unreadRow = (name: StreamName, group: string | null, reason: string): QueueReading => ({
  ...emptyRow(name, group),
  ...figures(everyFigure(unread(reason))),
});

const everyFigure = (told: Told) =>
  Object.fromEntries(rowFigures.map((figure) => [figure, told])) as Record<RowFigure, Told>;

const ratesNeedTwo = unread('Redis tells no rates: they come from two sweeps');

const member = ({ name, pending, idleSeconds }: ConsumerInfo): MemberReading => ({
  id: name,
  client: null,
  host: null,
  inFlight: pending,
  idleSeconds,
  prefetch: null,
});

function emptyRow({ broker, database, stream }: StreamName, group: string | null) {
  return {
    id: queueId({ broker, namespace: database, destination: stream, group }),
    broker,
    system: 'redis',
    kind: 'stream',
    namespace: database === '0' ? null : database,
    destination: stream,
    group,
    ...(Object.fromEntries(notApplicable.map((figure) => [figure, null])) as Record<NotApplicable, null>),
    brokerState: null,
    queueType: 'stream',
    overflow: null,
    deadLetter: null,
    partitions: null,
    members: null,
    bindings: null,
  } satisfies Omit<QueueReading, RowFigure | 'missing' | 'approximate'>;
}
