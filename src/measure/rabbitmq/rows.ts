import { queueId, type QueueName } from '../../model/identity';
import {
  queueFigures as queueFigureNames,
  type Identity,
  type MemberReading,
  type QueueFigure,
  type QueueReading,
} from '../../model/sweep';
import { readingOf } from '../reading';
import { allOf, known, nothing, unread, type Told } from '../told';
import type { ApiBinding, ApiConsumer, ApiOverview, ApiQueue } from './api';
import { ageOf, countersOf, depth, prefetchOf } from './figures';
import { limitsOf, type Limits } from './limits';

/** Figures that RabbitMQ never has. */
export const notApplicable = ['lost', 'delayed', 'rebalances'] as const satisfies readonly QueueFigure[];
type NotApplicable = (typeof notApplicable)[number];
export type RowFigure = Exclude<QueueFigure, NotApplicable>;
const rowFigures = queueFigureNames.filter((name): name is RowFigure => !notApplicable.some((other) => other === name));
export const everyFigure = (told: Told) => allOf(rowFigures, told);

/** Everything one sweep read; null for lists that were denied or left out. */
export interface ManagementReading {
  overview: ApiOverview;
  queues: readonly ApiQueue[];
  consumers: readonly ApiConsumer[] | null;
  bindings: readonly ApiBinding[] | null;
}

/** One row for each queue. @param now milliseconds since the epoch */
export function queueRows(broker: string, reading: ManagementReading, now: number): QueueReading[] {
  const consumers = reading.consumers && byQueue(reading.consumers, ({ queue }) => key(queue.vhost, queue.name));
  // Every queue is bound to the default exchange by its own name.
  const bound = reading.bindings?.filter(
    ({ source, destination_type }) => source !== '' && destination_type === 'queue',
  );
  const bindings = bound && byQueue(bound, ({ vhost, destination }) => key(vhost, destination));
  return reading.queues.map((queue) => {
    const place = key(queue.vhost, queue.name);
    const details = {
      consumers: consumers && (consumers.get(place) ?? []),
      bindings: bindings ? (bindings.get(place) ?? []) : null,
    };
    return queueRow(broker, queue, reading.overview, details, now);
  });
}

/** Rows for wanted queues that are not there. @param virtualHost of those that name none */
export function wantedRows(
  broker: string,
  virtualHost: string,
  wanted: readonly QueueName[],
  rows: readonly QueueReading[],
): QueueReading[] {
  const listed = new Set(rows.map(({ id }) => id));
  const missing = new Map(
    wanted.flatMap(({ namespace, destination }) => {
      const place = identity(broker, namespace ?? virtualHost, destination);
      return listed.has(place.id) ? [] : [[place.id, place]];
    }),
  );
  const told = everyFigure(unread('there is no such queue (yet), or the user may not see it'));
  return [...missing.values()].map((place) => readingOf(place, told));
}

function byQueue<T>(items: readonly T[], place: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(place(item));
    if (group) group.push(item);
    else groups.set(place(item), [item]);
  }
  return groups;
}

/** A virtual host's name may hold anything but NUL. */
const key = (vhost: string, name: string) => `${vhost}\0${name}`;

interface Details {
  consumers: readonly ApiConsumer[] | null;
  bindings: readonly ApiBinding[] | null;
}

function queueRow(broker: string, queue: ApiQueue, overview: ApiOverview, details: Details, now: number): QueueReading {
  const limits = limitsOf(queue);
  const stream = queue.type === 'stream';
  const told = stream ? streamFigures(queue) : queueFigures(queue, limits, now);
  const counters = countersOf(queue, overview, limits);
  return readingOf<RowFigure>(
    identity(broker, queue.vhost, queue.name, stream ? 'stream' : 'queue'),
    {
      backlog: told.backlog,
      waiting: told.waiting,
      inFlight: depth(queue.messages_unacknowledged, queue),
      ageSeconds: told.ageSeconds,
      produced: counters.produced,
      consumed: stream ? readersUncounted : counters.consumed,
      redelivered: counters.redelivered,
      retained: told.retained,
      capacity: told.capacity,
      capacityBytes: told.capacityBytes,
      consumers: depth(queue.consumers, queue),
      prefetch: prefetchOf(details.consumers),
      consumerCapacity: told.consumerCapacity,
      arrivalRate: counters.arrivalRate,
      departureRate: stream ? readersUncounted : counters.departureRate,
    },
    {
      brokerState: queue.state ?? null,
      queueType: queue.type ?? null,
      overflow: stream ? null : limits.overflow,
      deadLetter: limits.deadLetter,
      members: details.consumers?.map(member) ?? null,
      bindings: details.bindings?.map(({ source, routing_key }) => ({ exchange: source, key: routing_key })) ?? null,
    },
  );
}

type DepthFigure =
  'backlog' | 'waiting' | 'retained' | 'capacity' | 'capacityBytes' | 'ageSeconds' | 'consumerCapacity';

function queueFigures(queue: ApiQueue, { messages, bytes }: Limits, now: number): Record<DepthFigure, Told> {
  const { messages_ready: ready, messages_unacknowledged: unacknowledged } = queue;
  const backlog = ready === undefined || unacknowledged === undefined ? undefined : ready + unacknowledged;
  return {
    // Not the API's own sum: one answer may mix moments, and the parts have to add up.
    backlog: depth(backlog, queue),
    waiting: depth(ready, queue),
    retained: nothing('a queue keeps nothing that is acknowledged'),
    capacity: messages === null ? nothing('no limit is set') : known(messages),
    capacityBytes: bytes === null ? nothing('no limit is set') : known(bytes),
    ageSeconds: backlog === undefined ? depth(undefined, queue) : ageOf(queue, now),
    consumerCapacity: queue.consumers === 0 ? nothing('nobody consumes') : depth(queue.consumer_capacity, queue),
  };
}

const retainedData = unread('a stream keeps its messages: what its readers have still to read is not told here');
const readersUncounted = unread('the readers of a stream are not counted one by one');

/** What a stream holds is kept, not owed. */
const streamFigures = (queue: ApiQueue): Record<DepthFigure, Told> => ({
  backlog: retainedData,
  waiting: retainedData,
  retained: depth(queue.messages, queue),
  capacity: nothing('a stream discards its oldest data instead'),
  capacityBytes: nothing('a stream discards its oldest data instead'),
  ageSeconds: retainedData,
  consumerCapacity: nothing('a stream has no such figure'),
});

const member = ({ consumer_tag, prefetch_count, channel_details }: ApiConsumer): MemberReading => ({
  id: consumer_tag,
  client: channel_details.connection_name ?? null,
  host: channel_details.peer_host ?? null,
  inFlight: null,
  idleSeconds: null,
  prefetch: prefetch_count === 0 ? null : (prefetch_count ?? null),
});

export const identity = (broker: string, vhost: string, name: string, kind: Identity['kind'] = 'queue'): Identity => ({
  id: queueId({ broker, namespace: vhost, destination: name }),
  broker,
  system: 'rabbitmq',
  kind,
  namespace: vhost === '/' ? null : vhost,
  destination: name,
  group: null,
});
