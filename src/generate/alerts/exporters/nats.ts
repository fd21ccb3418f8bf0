import { select } from '../promql';
import type { AlertQueue, Exporter } from '../words';

// Every server of a cluster tells of a consumer, and only its leader tells the truth; the leader may move.
const most = (expression: string) => `max by (job, account) (${expression})`;
const consumer = ({ destination, group }: AlertQueue) => ({
  ...{ stream_name: destination, consumer_name: group ?? '', is_consumer_leader: 'true' },
});
const stream = ({ destination }: AlertQueue) => ({ stream_name: destination, is_stream_leader: 'true' });
/** So much of a stream's limit is used when it is about to take the oldest away, or to refuse the newest. */
const nearlyFull = 0.9;

/** github.com/nats-io/prometheus-nats-exporter. */
export const natsExporter: Exporter = {
  name: 'nats_exporter',
  tellsOf: 'consumers of JetStream',
  fits: ({ system, group }) => system === 'nats' && group !== null,
  fingerprint: 'jetstream_consumer_num_pending{}',
  needs: 'prometheus-nats-exporter with -jsz=all',
  describe(queue) {
    const of = (figure: string) => select(`jetstream_consumer_${figure}`, consumer(queue));
    const ofStream = (figure: string) => select(`jetstream_stream_${figure}`, stream(queue));
    const backlog = `(${most(of('num_pending'))} + ${most(of('num_ack_pending'))})`;
    const stands = (window: string) =>
      // One message that is never acknowledged holds the floor, but not what is delivered.
      `${most(`changes(${of('delivered_stream_seq')}[${window}])`)} == 0 and ${most(`changes(${of('ack_floor_stream_seq')}[${window}])`)} == 0`;
    const arrivals = (window: string) => most(`rate(${ofStream('last_seq')}[${window}])`);
    return {
      present: of('num_pending'),
      backlog,
      growth: (window) =>
        `(${most(`deriv(${of('num_pending')}[${window}])`)} + ${most(`deriv(${of('num_ack_pending')}[${window}])`)})`,
      arrivals,
      stuck: (window) =>
        `${backlog} > 1 and ${stands(window)} and ${arrivals(window)} > 0 and ${most(`max_over_time(${of('num_ack_pending')}[${window}])`)} > 0`,
      noConsumers: (window) =>
        `${most(of('num_pending'))} > 0 and ${stands(window)} and ${most(`max_over_time(${of('num_waiting')}[${window}])`)} == 0 and ${most(of('num_ack_pending'))} == 0`,
      age: { why: 'the exporter tells no age', enable: 'it is told from the backlog and what arrives instead' },
      // A work queue holds nothing but what waits, so the limit must be near too.
      retained: (share) =>
        `${backlog} / ${most(ofStream('total_messages'))} > ${share} and (` +
        ['messages', 'bytes']
          .map(
            (unit) => `${most(ofStream(`total_${unit}`))} / (${most(ofStream(`limit_${unit}`))} > 0) > ${nearlyFull}`,
          )
          .join(' or ') +
        ')',
    };
  },
  show(queue, { partitions, consumers }) {
    const [start, end, committed] = (['start', 'end', 'committed'] as const).map((field) =>
      partitions.reduce((sum, one) => sum + one[field], 0),
    ) as [number, number, number];
    const backlog = end - committed;
    const held = consumers > 0 ? Math.min(backlog, 1000) : 0;
    const of = (figure: string) => select(`jetstream_consumer_${figure}`, { account: 'A', ...consumer(queue) });
    const ofStream = (figure: string) => select(`jetstream_stream_${figure}`, { account: 'A', ...stream(queue) });
    return {
      [of('num_pending')]: backlog - held,
      [of('num_ack_pending')]: held,
      [of('num_waiting')]: backlog > 0 ? 0 : consumers,
      [of('delivered_stream_seq')]: committed + held,
      [of('ack_floor_stream_seq')]: committed,
      [ofStream('last_seq')]: end,
      [ofStream('total_messages')]: end - start,
      [ofStream('total_bytes')]: (end - start) * 100,
      // At the limit once something was taken away.
      [ofStream('limit_messages')]: start > 0 ? end - start : -1,
      [ofStream('limit_bytes')]: -1,
    };
  },
};
