import { known, nothing, unread, type Told } from '../told';
import type { ConsumerInfo, StreamInfo } from './api';

/**
 * Is every message of the stream one for this consumer? Only then do sequence numbers of the stream count its work; a
 * filtered consumer's backlog is `num_pending`, never a difference of sequences.
 */
export function readsEverything({ config: { subjects } }: StreamInfo, { config }: ConsumerInfo): boolean {
  if (config.deliver_policy === 'last_per_subject') return false;
  const filters = [config.filter_subject, ...(config.filter_subjects ?? [])].filter((filter) => filter !== undefined);
  return filters.every(
    (filter) => filter === '' || filter === '>' || (subjects.length === 1 && filter === subjects[0]),
  );
}

/** Everything up to here was handed out, or limits took it away first. */
const passed = (stream: StreamInfo, consumer: ConsumerInfo) =>
  Math.max(consumer.delivered.stream_seq, stream.state.first_seq - 1);

/**
 * Messages the consumer has done with, since the stream's first. With the backlog this makes what was produced, all by
 * the consumer's own figures, which are of one moment; the stream's are of another.
 */
export function consumedOf(stream: StreamInfo, consumer: ConsumerInfo): Told {
  if (readsEverything(stream, consumer)) return known(Math.max(0, passed(stream, consumer) - consumer.num_ack_pending));
  return known(
    Math.max(0, consumer.delivered.consumer_seq - consumer.num_ack_pending),
    'a filtered consumer counts deliveries: a message delivered twice counts twice',
  );
}

/** Messages that limits took away before the consumer was handed them, until it goes on behind them. */
export function lostOf(stream: StreamInfo, consumer: ConsumerInfo): Told {
  if (!readsEverything(stream, consumer)) return unread('of a filtered consumer NATS does not tell it');
  return known(passed(stream, consumer) - consumer.delivered.stream_seq);
}

/**
 * Age of the oldest unfinished message. NATS tells the times of the stream's first and last message only; that of one
 * between would mean reading the message itself.
 * @param now milliseconds since the epoch, by the server's clock where it is told
 */
export function ageOf(stream: StreamInfo, consumer: ConsumerInfo, backlog: number, now: number): Told {
  if (backlog === 0) return nothing('nothing is unfinished');
  const { first_seq, first_ts, last_seq, last_ts } = stream.state;
  const oldest = consumer.ack_floor.stream_seq + 1;
  if (readsEverything(stream, consumer)) {
    if (oldest <= first_seq && first_ts !== null) return known(Math.max(0, (now - first_ts) / 1000));
    if (oldest === last_seq && last_ts !== null) return known(Math.max(0, (now - last_ts) / 1000));
  }
  return unread(
    'NATS tells the times of a stream’s first and last message only, and the oldest unfinished lies between',
  );
}

/** Who takes messages. An idle worker that pulls has a request open; a busy one holds messages. */
export function consumersOf({ config, push_bound, num_waiting, num_ack_pending }: ConsumerInfo): Told {
  if (config.deliver_subject !== undefined)
    return known(push_bound ? 1 : 0, push_bound ? 'at least: a group may share' : undefined);
  if (num_waiting > 0) return known(num_waiting, 'open pull requests: a worker may have several');
  if (num_ack_pending > 0) return unread('nobody asks just now, but somebody holds messages');
  return known(0, 'no pull request is open and nobody holds a message');
}

/** Is everything handed out that may be without acknowledgement? NATS then stops delivering without a word. */
export const isAtCap = ({ config, num_ack_pending, num_pending }: ConsumerInfo): boolean =>
  config.max_ack_pending > 0 && num_ack_pending >= config.max_ack_pending && num_pending > 0;

/** What keeps the consumer from delivering, if anything does. */
export function stateOf(consumer: ConsumerInfo): string | null {
  const { config, num_pending, num_ack_pending, num_waiting, paused, push_bound } = consumer;
  if (paused) return 'paused';
  if (isAtCap(consumer)) return `ack-pending cap: ${num_ack_pending} of max_ack_pending ${config.max_ack_pending}`;
  if (num_pending === 0) return null;
  if (config.deliver_subject !== undefined) return push_bound ? null : 'nobody is subscribed';
  return num_waiting === 0 && num_ack_pending === 0 ? 'nobody asks' : null;
}
