import { known, nothing, unread, type Told } from '../told';
import type { ApiConsumer, ApiMessageStats, ApiOverview, ApiQueue } from './api';
import type { Limits } from './limits';

/** Statistics reach the management API every five seconds (`collect_statistics_interval`). */
const notYet = 'no statistics yet: RabbitMQ sends them every 5 s';

/** A figure that the API leaves out until the queue's first statistics, and for as long as its node is down. */
export const depth = (figure: number | undefined, { state }: Pick<ApiQueue, 'state'>): Told =>
  figure !== undefined ? known(figure) : unread(state && state !== 'running' ? `the queue is ${state}` : notYet);

type CounterName = 'publish' | 'ack' | 'deliver_no_ack' | 'get_no_ack' | 'redeliver';
type RateName = 'publish_details' | 'ack_details' | 'deliver_no_ack_details' | 'get_no_ack_details';

/** Handed out for good: acknowledged, or delivered or fetched where no acknowledgement is wanted. */
const finished = ['ack', 'deliver_no_ack', 'get_no_ack'] as const;

/** Messages counted so far, and messages per second by the broker itself. */
export interface Counters {
  produced: Told;
  consumed: Told;
  redelivered: Told;
  arrivalRate: Told;
  departureRate: Told;
}

/**
 * Counters since the queue's statistics began, and the broker's own rates. A counter that is absent although the queue
 * has statistics has counted nothing: 0.
 */
export function countersOf(queue: ApiQueue, overview: ApiOverview, limits: Limits): Counters {
  const absent = whyUncounted(queue, overview);
  const stats: ApiMessageStats = queue.message_stats ?? {};
  const sum = (names: readonly CounterName[], approximate?: string): Told =>
    absent ?? known(total(names.map((name) => stats[name] ?? 0)), approximate);
  const rate = (names: readonly RateName[], approximate?: string): Told => {
    if (absent) return absent;
    if (overview.rates_mode === 'none') return unread('this RabbitMQ computes no rates (rates_mode none)');
    return known(total(names.map((name) => stats[name]?.rate ?? 0)), approximate);
  };
  const refused = limits.overflow?.startsWith('reject-publish')
    ? 'publishes that the limit refused are counted too'
    : undefined;
  const left =
    limits.expires || limits.overflow === 'drop-head'
      ? 'messages that expire or are dropped are not counted'
      : undefined;
  return {
    produced: sum(['publish'], refused),
    consumed: sum(finished, left),
    redelivered: sum(['redeliver']),
    arrivalRate: rate(['publish_details'], refused),
    departureRate: rate(['ack_details', 'deliver_no_ack_details', 'get_no_ack_details'], left),
  };
}

const total = (figures: readonly number[]) => figures.reduce((a, b) => a + b, 0);

function whyUncounted(queue: ApiQueue, { rates_mode, disable_stats }: ApiOverview): Told | null {
  if (queue.message_stats) return null;
  if (disable_stats) return unread("this RabbitMQ's management API keeps no statistics (management.disable_stats)");
  if (rates_mode === 'none') return unread('this RabbitMQ keeps no message statistics (rates_mode none)');
  return queue.messages === undefined ? depth(undefined, queue) : null;
}

/** Age of the first waiting message, where its publisher set a timestamp. @param now milliseconds since the epoch */
export function ageOf({ messages, head_message_timestamp: head }: ApiQueue, now: number): Told {
  if (messages === 0) return nothing('nothing is unfinished');
  if (head === undefined) return unread('publishers set no timestamp on their messages');
  return known(
    Math.max(0, now / 1000 - head),
    "of the first waiting message, by its publisher's clock in whole seconds",
  );
}

/** The smallest limit of its consumers; those without one (0) have no limit. */
export function prefetchOf(consumers: readonly ApiConsumer[] | null): Told {
  if (consumers === null) return unread('consumers could not be listed');
  if (consumers.length === 0) return nothing('nobody consumes');
  const limits = consumers.flatMap(({ prefetch_count }) => (prefetch_count ? [prefetch_count] : []));
  if (limits.length === 0) return nothing('its consumers have no prefetch limit');
  const [least, most] = [Math.min(...limits), Math.max(...limits)];
  const same = least === most && limits.length === consumers.length;
  return known(least, same ? undefined : 'the smallest: its consumers differ');
}
