import { queueId } from '../../model/identity';
import type { Identity, MemberReading, QueueFigure, QueueReading } from '../../model/sweep';
import type { WantedQueue } from '../source';
import { readingOf } from '../reading';
import { allOf, known, nothing, unread, type Told } from '../told';
import { isNoStream, rowReason } from './errors';
import { ageOf, consumedOf, lostOf, producedOf, waitingOf } from './figures';
import type { GroupRead, StreamRead } from './read';
import { textOf } from './reply';
import { nameOf } from './send';
import type { ConsumerInfo, StreamInfo } from './stream';

/** Figures that Redis never has. */
export const notApplicable = [
  'redelivered',
  'rebalances',
  'capacity',
  'capacityBytes',
  'prefetch',
  'consumerCapacity',
] as const satisfies readonly QueueFigure[];

/** Figures that every row has an answer for. */
const rowFigures = [
  'backlog',
  'waiting',
  'lost',
  'inFlight',
  'delayed',
  'ageSeconds',
  'produced',
  'consumed',
  'retained',
  'consumers',
  'arrivalRate',
  'departureRate',
] as const satisfies readonly QueueFigure[];
export type RowFigure = (typeof rowFigures)[number];

/** Where rows belong. */
export interface Place {
  broker: string;
  /** Number of the database, as text. */
  database: string;
}
interface KeyName extends Place {
  key: string;
}

/**
 * A row for each group of the stream, or one without group. None for a key that has gone since it was listed.
 * @param now milliseconds since the epoch, by the clock that made the ids
 */
export function streamRows(place: Place, { key, stream, groups }: StreamRead, now: number): QueueReading[] {
  const name = { ...place, key: nameOf(key) };
  if (isNoStream(stream) || isNoStream(groups)) return [];
  if (stream instanceof Error) return [unreadRow(name, null, rowReason(stream))];
  if (groups instanceof Error) return [unreadRow(name, null, rowReason(groups))];
  if (groups.length === 0) return [lonelyRow(name, stream)];
  return groups.map((read) => groupRow(name, stream, read, now));
}

/** The rows and, for every wanted queue that is not among them, one that says so; a pattern may match none. */
export function wantedRows(
  place: Place,
  wanted: readonly WantedQueue[],
  rows: readonly QueueReading[],
): QueueReading[] {
  const absent = wanted.filter(
    ({ destination, group, pattern }) =>
      !pattern &&
      !rows.some(
        (row) => row.destination === destination && (group == null || row.group === null || row.group === group),
      ),
  );
  const named = new Map(absent.map((name) => [queueId(name), name]));
  const notThere = [...named.values()].map(({ destination, group }) => {
    const known = rows.some((row) => row.destination === destination);
    return unreadRow(
      { ...place, key: destination },
      group ?? null,
      known ? 'the stream has no such group (yet)' : `there is no such ${group == null ? 'key' : 'stream'} (yet)`,
    );
  });
  return [...rows, ...notThere];
}

function groupRow(name: KeyName, stream: StreamInfo, read: GroupRead, now: number): QueueReading {
  const { group } = read;
  const waiting = waitingOf(stream, group);
  const backlog: Told = waiting.value === null ? waiting : { ...waiting, value: waiting.value + group.pending };
  const produced = producedOf(stream, group);
  return readingOf<RowFigure>(
    placeOf(name, textOf(group.name)),
    {
      waiting,
      backlog,
      produced,
      inFlight: known(group.pending),
      delayed: nothing('a stream delays nothing'),
      lost: lostOf(stream, group),
      consumed: consumedOf(produced, backlog),
      ageSeconds: ageOf(stream, group, waiting.value, read.oldestPending, now),
      retained: known(stream.length),
      consumers: known(group.consumers),
      arrivalRate: ratesNeedTwo,
      departureRate: ratesNeedTwo,
    },
    { queueType, members: read.consumers?.map(member) ?? null },
  );
}

/** The row of a stream that no group reads: nothing is owed to anyone, so nothing is a backlog. */
function lonelyRow(name: KeyName, stream: StreamInfo): QueueReading {
  const produced = producedOf(stream, null);
  const told = { ...everyFigure(nobodyReads), produced, retained: known(stream.length), arrivalRate: ratesNeedTwo };
  return readingOf<RowFigure>(placeOf(name, null), told, { queueType });
}

/** The row of what could not be read. */
export const unreadRow = (name: KeyName, group: string | null, reason: string): QueueReading =>
  readingOf(placeOf(name, group), everyFigure(unread(reason)), { queueType });

export const everyFigure = (told: Told) => allOf(rowFigures, told);

const nobodyReads = nothing('no group reads this stream');
const ratesNeedTwo = unread('Redis tells no rates: they come from two sweeps');

const member = ({ name, pending, idleSeconds }: ConsumerInfo): MemberReading => ({
  id: name,
  client: null,
  host: null,
  inFlight: pending,
  idleSeconds,
  prefetch: null,
});

const queueType = 'stream';

/** @param kind what holds the queue */
export const placeOf = (
  { broker, database, key }: KeyName,
  group: string | null,
  kind: Identity['kind'] = 'stream',
): Identity => ({
  id: queueId({ broker, namespace: database, destination: key, group }),
  broker,
  system: 'redis',
  kind,
  namespace: database === '0' ? null : database,
  destination: key,
  group,
});
