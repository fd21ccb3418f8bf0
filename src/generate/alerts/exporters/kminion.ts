import { select, sumBy } from '../promql';
import type { Exporter } from '../words';
import { isGroupOfKafka } from './kafkaOffsets';

const total = sumBy('job', 'instance');
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** github.com/redpanda-data/kminion, by its sums of a topic, which every granularity has. */
export const kminion: Exporter = {
  name: 'kminion',
  tellsOf: 'consumer groups of Kafka',
  fits: isGroupOfKafka,
  fingerprint: 'kminion_exporter_up{}',
  needs: 'kminion with its default namespace, consumer groups and topics enabled',
  describe({ destination, group }) {
    const topic = { topic_name: destination };
    const both = { group_id: group ?? '', ...topic };
    const lag = select('kminion_kafka_consumer_group_topic_lag', both);
    const offsets = select('kminion_kafka_consumer_group_topic_offset_sum', both);
    const end = select('kminion_kafka_topic_high_water_mark_sum', topic);
    const start = select('kminion_kafka_topic_low_water_mark_sum', topic);
    const members = total(select('kminion_kafka_consumer_group_members', { group_id: group ?? '' }));
    const stands = (window: string) => `${total(`changes(${offsets}[${window}])`)} == 0`;
    return {
      present: lag,
      backlog: total(lag),
      growth: (window) => total(`deriv(${lag}[${window}])`),
      arrivals: (window) => total(`rate(${end}[${window}])`),
      stuck: (window) =>
        `${total(lag)} > 1 and ${stands(window)} and ${total(`changes(${end}[${window}])`)} > 0 unless (${members} == 0)`,
      noConsumers: (window) => `${members} == 0 and ${total(lag)} > 0 and ${stands(window)}`,
      age: { why: 'offsets have no times', enable: 'it is told from the backlog and what arrives instead' },
      retained: (share) => `${total(lag)} / (${total(end)} - ${total(start)}) > ${share} and ${total(start)} > 0`,
    };
  },
  show({ destination, group }, { partitions, consumers }) {
    const topic = { topic_name: destination };
    const both = { group_id: group ?? '', ...topic };
    const committed = partitions.filter(({ neverCommitted }) => !neverCommitted);
    return {
      [select('kminion_kafka_consumer_group_members', { group_id: group ?? '' })]: consumers,
      [select('kminion_kafka_topic_high_water_mark_sum', topic)]: sumOf(partitions.map(({ end }) => end)),
      [select('kminion_kafka_topic_low_water_mark_sum', topic)]: sumOf(partitions.map(({ start }) => start)),
      [select('kminion_kafka_consumer_group_topic_offset_sum', both)]: sumOf(committed.map((one) => one.committed)),
      [select('kminion_kafka_consumer_group_topic_lag', both)]: sumOf(
        committed.map((one) => Math.max(0, one.end - one.committed)),
      ),
    };
  },
};
