import { select } from '../promql';
import type { Exporter } from '../words';
import { isGroupOfKafka } from './kafkaOffsets';

const labels = 'job, instance, cluster';
const partition = `on (${labels}, topic, partition)`;
const total = (expression: string) => `sum by (${labels}) (${expression})`;

/** github.com/linkedin/Burrow by its own page of metrics. */
export const burrow: Exporter = {
  name: 'burrow',
  tellsOf: 'consumer groups of Kafka',
  fits: isGroupOfKafka,
  fingerprint: 'burrow_kafka_consumer_lag_total{}',
  needs: "Burrow's own /metrics; a bridge such as burrow_exporter names its metrics kafka_burrow_… and is none",
  eachPartition: true,
  describe({ destination, group }) {
    const end = select('burrow_kafka_topic_partition_offset', { topic: destination });
    const offset = select('burrow_kafka_consumer_current_offset', { consumer_group: group ?? '', topic: destination });
    // Burrow counts its lag when the group commits, so that of a stopped group stands still: it is taken from the offsets.
    const lag = `(${end} - ${partition} ${offset})`;
    return {
      present: offset,
      backlog: total(`clamp_min(${lag}, 0)`),
      growth: (window) => `(${total(`rate(${end}[${window}])`)} - ${total(`deriv(${offset}[${window}])`)})`,
      arrivals: (window) => total(`rate(${end}[${window}])`),
      stuck: (window) =>
        `count by (${labels}) (${partitionOnly(`changes(${offset}[${window}])`)} == 0 and ${lag} > 1 and ${partition} changes(${end}[${window}]) > 0)`,
      noConsumers: {
        why: 'Burrow counts no members',
        enable: 'kafka_exporter or kminion count them; a group without members is found as stuck',
      },
      age: { why: 'offsets have no times', enable: 'it is told from the backlog and what arrives instead' },
      retained: {
        why: 'Burrow tells no log start offsets',
        enable: 'kafka_exporter or kminion do',
      },
    };
  },
  show({ destination, group }, { partitions }) {
    return Object.fromEntries(
      partitions.flatMap(({ end, committed, neverCommitted }, number) => {
        const one = { cluster: 'local', topic: destination, partition: `${number}` };
        const ofGroup = { ...one, consumer_group: group ?? '' };
        return [
          [select('burrow_kafka_topic_partition_offset', one), end],
          [select('burrow_kafka_consumer_current_offset', ofGroup), neverCommitted ? null : committed],
        ];
      }),
    );
  },
};

const partitionOnly = (expression: string) => `sum by (${labels}, topic, partition) (${expression})`;
