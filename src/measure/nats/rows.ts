import { queueId, type QueueName } from '../../model/identity';
import type { QueueFigure, QueueReading } from '../../model/sweep';
import { allOf, figures, known, nothing, unread, type Told } from '../told';
import type { ConsumerInfo, StreamInfo, StreamRead } from './api';
import { rowReason } from './errors';
import { ageOf, consumedOf, consumersOf, lostOf, stateOf } from './figures';

/** Figures that JetStream never has. */
export const notApplicable = ['delayed', 'rebalances', 'consumerCapacity'] as const satisfies readonly QueueFigure[];
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
  'redelivered',
  'retained',
  'capacity',
  'capacityBytes',
  'consumers',
  'prefetch',
  'arrivalRate',
  'departureRate',
] as const satisfies readonly QueueFigure[];
type RowFigure = (typeof rowFigures)[number];

/** Where rows belong. */
export interface Place {
  broker: string;
  /** JetStream domain of the server; null for none. */
  domain: string | null;
}

/**
 * A row for each consumer of the stream, or one without group.
 * @param now milliseconds since the epoch, by the server's clock where it is told
 */
export function streamRows(place: Place, { stream, consumers }: StreamRead, now: number): QueueReading[] {
  if (consumers instanceof Error) {
    const told = { ...everyFigure(unread(rowReason(consumers))), ...streamFigures(stream) };
    return [{ ...emptyRow(place, stream.config.name, null, stream), ...figures<RowFigure>(told) }];
  }
  if (consumers.length === 0) return [lonelyRow(place, stream)];
  return consumers.map((consumer) => consumerRow(place, stream, consumer, now));
}

/** The rows and, for every wanted queue that is not among them, one that says so. */
export function wantedRows(place: Place, wanted: readonly QueueName[], rows: readonly QueueReading[]): QueueReading[] {
  const listed = (name: QueueName) =>
    rows.some(
      ({ destination, group }) =>
        destination === name.destination && (name.group == null || group === null || group === name.group),
    );
  const absent = new Map(wanted.filter((name) => !listed(name)).map((name) => [queueId(name), name]));
  const rowOfAbsent = ({ destination, group }: QueueName): QueueReading => {
    const known = rows.some((row) => row.destination === destination);
    const reason = known ? 'the stream has no such consumer (yet)' : 'there is no such stream (yet)';
    return { ...emptyRow(place, destination, group ?? null, null), ...figures(everyFigure(unread(reason))) };
  };
  return [...rows, ...[...absent.values()].map(rowOfAbsent)];
}

function consumerRow(place: Place, stream: StreamInfo, consumer: ConsumerInfo, now: number): QueueReading {
  const { num_pending, num_ack_pending, num_redelivered, config } = consumer;
  const backlog = num_pending + num_ack_pending;
  const consumed = consumedOf(stream, consumer);
  return {
    ...emptyRow(place, stream.config.name, consumer.name, stream),
    ...figures<RowFigure>({
      ...streamFigures(stream),
      backlog: known(backlog),
      waiting: known(num_pending),
      inFlight: known(num_ack_pending),
      lost: lostOf(stream, consumer),
      ageSeconds: ageOf(stream, consumer, backlog, now),
      produced: consumed.value === null ? consumed : { ...consumed, value: consumed.value + backlog },
      consumed,
      redelivered: known(num_redelivered, 'only those not acknowledged yet: NATS keeps no counter'),
      consumers: consumersOf(consumer),
      prefetch: config.max_ack_pending > 0 ? known(config.max_ack_pending) : nothing('no limit is set'),
      arrivalRate: ratesNeedTwo,
      departureRate: ratesNeedTwo,
    }),
    brokerState: stateOf(consumer),
  };
}

/** The row of a stream without consumers: nothing is owed to anyone, so nothing is a backlog. */
const lonelyRow = (place: Place, stream: StreamInfo): QueueReading => ({
  ...emptyRow(place, stream.config.name, null, stream),
  ...figures<RowFigure>({
    ...everyFigure(nothing('no consumer reads this stream')),
    ...streamFigures(stream),
    produced: known(stream.state.last_seq),
    arrivalRate: ratesNeedTwo,
  }),
});

const streamFigures = ({ config, state }: StreamInfo) => ({
  retained: known(state.messages),
  capacity: limit(config.max_msgs),
  capacityBytes: limit(config.max_bytes),
});

const limit = (most: number) => (most > 0 ? known(most) : nothing('no limit is set'));

const everyFigure = (told: Told) => allOf(rowFigures, told);

const ratesNeedTwo = unread('NATS tells no rates: they come from two sweeps');

/** As RabbitMQ calls what happens at the limit, which the diagnosis knows. */
const overflowOf = ({ config }: StreamInfo) => (config.discard === 'new' ? 'reject-publish' : 'drop-head');

function emptyRow({ broker, domain }: Place, destination: string, group: string | null, stream: StreamInfo | null) {
  return {
    id: queueId({ broker, namespace: domain, destination, group }),
    broker,
    system: 'nats',
    kind: 'stream',
    namespace: domain,
    destination,
    group,
    ...(Object.fromEntries(notApplicable.map((figure) => [figure, null])) as Record<NotApplicable, null>),
    brokerState: null,
    queueType: stream?.config.retention ?? null,
    overflow: stream ? overflowOf(stream) : null,
    deadLetter: null,
    partitions: null,
    members: null,
    bindings: null,
  } satisfies Omit<QueueReading, RowFigure | 'missing' | 'approximate'>;
}
