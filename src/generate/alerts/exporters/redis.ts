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
      [select('redis_stream_group_lag', group(queue))]: backlog,
      [select('redis_stream_group_messages_pending', group(queue))]: 0,
      [select('redis_stream_group_consumers', group(queue))]: consumers,
      [select('redis_stream_last_generated_id', stream(queue))]: epoch + lastArrival * 1000,
      [select('redis_stream_group_last_delivered_id', group(queue))]:
        epoch + (nextAgeSeconds > 0 ? t - nextAgeSeconds : lastArrival) * 1000,
    };
  },
};

function streamSeries(queue: AlertQueue): QueueSeries {
  const lag = select('redis_stream_group_lag', group(queue));
  const pending = select('redis_stream_group_messages_pending', group(queue));
  const newest = select('redis_stream_last_generated_id', stream(queue));
  const delivered = select('redis_stream_group_last_delivered_id', group(queue));
  const consumers = total(select('redis_stream_group_consumers', group(queue)));
  const backlog = `(${total(lag)} + ${total(pending)})`;
  const stands = (window: string) =>
    `${total(`changes(${delivered}[${window}])`)} == 0 and ${total(`changes(${newest}[${window}])`)} > 0`;
  return {
    present: lag,
    backlog,
    growth: (window) => `(${total(`deriv(${lag}[${window}])`)} + ${total(`deriv(${pending}[${window}])`)})`,
    arrivals: {
      why: 'older versions do not count what is added to a stream',
      enable: 'the measured rate stands in the rules instead',
    },
    // Redis may not know a lag, and it is exported as 0 then; ids it knows always.
    stuck: (window) => `${stands(window)} and ${consumers} > 0`,
    // A consumer stays listed until it is deleted, also when its program is gone.
    noConsumers: () => `${consumers} == 0 and ${backlog} > 0`,
    // An id of 0: nothing was ever delivered, and the difference would be half a century.
    ageOfNext: true,
    age: `(${total(newest)} - (${total(delivered)} > 0)) / 1000`,
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
