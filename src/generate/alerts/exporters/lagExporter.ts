import { select } from '../promql';
import type { Exporter } from '../words';
import { isGroupOfKafka } from './kafkaOffsets';

const labels = 'job, instance, cluster_name';
const partition = `on (${labels}, topic, partition)`;
const total = (expression: string) => `sum by (${labels}) (${expression})`;
/** A lag that is not known is NaN, and one NaN would make a whole sum unknown. */
const known = (expression: string) => `${expression} > -Inf`;

/** github.com/seglo/kafka-lag-exporter and its successor klag-exporter. */
export const lagExporter: Exporter = {
  name: 'lag_exporter',
  tellsOf: 'consumer groups of Kafka',
  fits: isGroupOfKafka,
  fingerprint: 'kafka_consumergroup_group_lag{group!=""}',
  needs: 'kafka-lag-exporter or klag-exporter, with no metric left out by its whitelist',
  eachPartition: true,
  describe({ destination, group }) {
    const topic = { topic: destination };
    const both = { group: group ?? '', ...topic };
    const lag = select('kafka_consumergroup_group_lag', both);
    const offset = select('kafka_consumergroup_group_offset', both);
    const lagSum = select('kafka_consumergroup_group_topic_sum_lag', both);
    const end = select('kafka_partition_latest_offset', topic);
    const start = select('kafka_partition_earliest_offset', topic);
    return {
      present: lag,
      backlog: total(known(lag)),
      // The lag of a partition carries its reader's name: a rebalance would begin the series anew.
      growth: (window) => total(known(`deriv(${lagSum}[${window}])`)),
      arrivals: (window) => total(`rate(${end}[${window}])`),
      stuck: (window) =>
        `count by (${labels}) (changes(${offset}[${window}]) == 0 and ${lag} > 1 and ${partition} changes(${end}[${window}]) > 0)`,
      noConsumers: {
        why: 'it counts no members',
        enable: 'kafka_exporter or kminion count them; a group without members is found as stuck',
      },
      age: `max by (${labels}) (${known(select('kafka_consumergroup_group_lag_seconds', both))})`,
      retained: (share) =>
        `max by (${labels}) (${lag} / ${partition} (${end} - ${start}) > ${share} and ${partition} ${start} > 0)`,
    };
  },
  show({ destination, group }, { partitions, ageSeconds }) {
    const series: Record<string, number> = {};
    let sum = 0;
    partitions.forEach(({ start, end, committed, neverCommitted }, number) => {
      const one = { topic: destination, partition: `${number}` };
      const ofGroup = { group: group ?? '', ...one };
      const lag = neverCommitted ? NaN : Math.max(0, end - committed);
      if (!neverCommitted) sum += lag;
      series[select('kafka_partition_latest_offset', one)] = end;
      series[select('kafka_partition_earliest_offset', one)] = start;
      series[select('kafka_consumergroup_group_offset', ofGroup)] = neverCommitted ? NaN : committed;
      series[select('kafka_consumergroup_group_lag', ofGroup)] = lag;
      series[select('kafka_consumergroup_group_lag_seconds', ofGroup)] = neverCommitted ? NaN : ageSeconds;
    });
    return {
      ...series,
      [select('kafka_consumergroup_group_topic_sum_lag', { group: group ?? '', topic: destination })]: sum,
    };
  },
};
