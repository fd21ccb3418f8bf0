import { select, sumBy } from '../promql';
import type { AlertQueue, Exporter, QueueSeries } from '../words';

const total = sumBy('job', 'instance');
const database = ({ namespace }: AlertQueue) => `db${namespace ?? '0'}`;
const stream = (queue: AlertQueue) => ({ db: database(queue), stream: queue.destination });
const group = (queue: AlertQueue) => ({ ...stream(queue), group: queue.group ?? '' });
const key = (queue: AlertQueue) => ({ db: database(queue), key: queue.destination });
/** Ids of entries begin with the time they were added at; simulated ones begin here, milliseconds. */
const epoch = 1_700_000_000_000;

/** github.com/oliver006/redis_exporter. */
export const redisExporter: Exporter = {
  name: 'redis_exporter',
  tellsOf: 'streams with a group, lists and sorted sets of Redis',
  fits: ({ system, kind, group: named }) => system === 'redis' && (kind === 'stream' ? named !== null : true),
  fingerprint: 'redis_exporter_build_info{}',
  needs:
    'redis_exporter with this key in --check-single-streams (a stream) or --check-single-keys (a list, a sorted set)',
  describe: (queue) => (queue.kind === 'stream' ? streamSeries(queue) : listSeries(queue)),
  show(queue, { t, partitions, consumers, nextAgeSeconds, lastArrival }) {
    const backlog = partitions.reduce((sum, { end, committed }) => sum + end - committed, 0);
    if (queue.kind !== 'stream') return { [select('redis_key_size', key(queue))]: backlog };
    return {
      [select('redis_stream_group_messages_pending', group(queue))]: 0,
      [select('redis_stream_group_consumers', group(queue))]: consumers,
      [select('redis_stream_last_generated_id', stream(queue))]: epoch + lastArrival * 1000,
      [select('redis_stream_group_last_delivered_id', group(queue))]:
        epoch + (nextAgeSeconds > 0 ? t - nextAgeSeconds : lastArrival) * 1000,
    };
  },
};

/** By the ids of entries, which are times: a lag in messages is told by newer versions only, and as 0 where Redis does not know it. */
function streamSeries(queue: AlertQueue): QueueSeries {
  const pending = select('redis_stream_group_messages_pending', group(queue));
  const newest = select('redis_stream_last_generated_id', stream(queue));
  const delivered = select('redis_stream_group_last_delivered_id', group(queue));
  const consumers = total(select('redis_stream_group_consumers', group(queue)));
  // An id of 0: nothing was ever delivered, and the difference would be half a century.
  const behind = `((${total(newest)} - (${total(delivered)} > 0)) / 1000)`;
  const moves = (id: string, window: string) => total(`changes(${id}[${window}])`);
  return {
    present: pending,
    inSeconds: true,
    backlog: behind,
    growth: (window) =>
      `((${total(`deriv(${newest}[${window}])`)} - ${total(`deriv(${delivered}[${window}])`)}) / 1000)`,
    arrivals: { why: 'ids are times, not counts', enable: 'none is needed' },
    stuck: (window) => `${moves(delivered, window)} == 0 and ${moves(newest, window)} > 0 and ${consumers} > 0`,
    // A consumer stays listed until it is deleted, also when its program is gone: then the group is found as stuck.
    noConsumers: () => `${consumers} == 0 and (${total(newest)} > ${total(delivered)} or ${total(pending)} > 0)`,
    ageOfNext: true,
    age: behind,
    retained: {
      why: 'redis_exporter does not tell what MAXLEN a stream is cut to',
      enable: 'where it is cut by time (MINID), give that as --retention',
    },
  };
}

function listSeries(queue: AlertQueue): QueueSeries {
  const size = select('redis_key_size', key(queue));
  const list = {
    why: 'a list counts neither what came nor who reads',
    enable: 'backpressure watch --listen, with --exporter self',
  };
  return {
    present: {
      why: 'an empty list is no key, so that its absence is the best news',
      enable: 'alert on up == 0 of the exporter instead',
    },
    backlog: total(size),
    growth: (window) => total(`deriv(${size}[${window}])`),
    arrivals: { ...list, enable: 'the measured rate stands in the rules instead' },
    stuck: list,
    noConsumers: list,
    age: list,
    retained: { why: 'nothing is taken away from a list unread', enable: 'nothing' },
  };
}
