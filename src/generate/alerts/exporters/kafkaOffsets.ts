import { select, sumBy } from '../promql';
import type { AlertQueue, Exporter, Moment, QueueSeries } from '../words';

/** Metric names of an exporter that tells of offsets partition by partition. */
interface OffsetNames {
  lag: string;
  /** Of a topic, uncommitted partitions (−1) left out. */
  lagSum: string;
  committed: string;
  members: string;
  end: string;
  start: string;
  groupLabel: string;
}

const kafkaExporterNames: OffsetNames = {
  ...{ lag: 'kafka_consumergroup_lag', lagSum: 'kafka_consumergroup_lag_sum', groupLabel: 'consumergroup' },
  ...{ committed: 'kafka_consumergroup_current_offset', members: 'kafka_consumergroup_members' },
  ...{ end: 'kafka_topic_partition_current_offset', start: 'kafka_topic_partition_oldest_offset' },
};

/** A group reads it, and it is a Kafka's or plays one. */
export const isGroupOfKafka = ({ system, group }: AlertQueue) =>
  (system === 'kafka' || system === 'demo') && group !== null;

const total = sumBy('job', 'instance');

const readingOffsets = (names: OffsetNames, about: Pick<Exporter, 'name' | 'fingerprint' | 'needs'>): Exporter => ({
  ...about,
  tellsOf: 'consumer groups of Kafka',
  fits: isGroupOfKafka,
  eachPartition: true,
  describe: (queue) => seriesOf(names, queue),
  show: (queue, moment) => seriesAt(names, queue, moment),
});

function seriesOf(names: OffsetNames, { destination, group }: AlertQueue): QueueSeries {
  const topic = { topic: destination };
  const ofGroup = { [names.groupLabel]: group ?? '' };
  const both = { ...ofGroup, ...topic };
  const lag = select(names.lag, both);
  const lagSum = select(names.lagSum, both);
  const [end, start] = [select(names.end, topic), select(names.start, topic)];
  const committed = select(names.committed, both);
  const members = total(select(names.members, ofGroup));
  const partition = 'on (job, instance, topic, partition)';
  return {
    present: lagSum,
    backlog: total(lagSum),
    growth: (window) => total(`deriv(${lagSum}[${window}])`),
    // Gauges by type, but they only rise.
    arrivals: (window) => total(`rate(${end}[${window}])`),
    stuck: (window) =>
      `count by (job, instance) (changes(${committed}[${window}]) == 0 and ${lag} > 1 and ${partition} changes(${end}[${window}]) > 0)` +
      ` unless (${members} == 0)`,
    // A group of the new protocol (KIP-848) shows no members to older exporters, but its commits move.
    noConsumers: (window) =>
      `${members} == 0 and ${total(lagSum)} > 0 and ${total(`changes(${committed}[${window}])`)} == 0`,
    age: { why: 'offsets have no times', enable: 'it is told from the backlog and what arrives instead' },
    // Where nothing was ever deleted, all that waits is all there is, and no loss is near.
    retained: (share) =>
      `max by (job, instance) (${lag} / ${partition} (${end} - ${start}) > ${share} and ${partition} ${start} > 0)`,
  };
}

/** What the exporter would say of the queue at a moment. */
function seriesAt(names: OffsetNames, { destination, group }: AlertQueue, { partitions, consumers }: Moment) {
  const both = { [names.groupLabel]: group ?? '', topic: destination };
  const series: Record<string, number> = { [select(names.members, { [names.groupLabel]: group ?? '' })]: consumers };
  let sum = 0;
  partitions.forEach(({ start, end, committed, neverCommitted }, partition) => {
    const one = { topic: destination, partition: `${partition}` };
    series[select(names.end, one)] = end;
    series[select(names.start, one)] = start;
    series[select(names.committed, { ...both, ...one })] = neverCommitted ? -1 : committed;
    series[select(names.lag, { ...both, ...one })] = neverCommitted ? -1 : end - committed;
    sum += neverCommitted ? 0 : end - committed;
  });
  return { ...series, [select(names.lagSum, both)]: sum };
}

/** github.com/danielqsj/kafka_exporter. */
export const kafkaExporter = readingOffsets(kafkaExporterNames, {
  name: 'kafka_exporter',
  fingerprint: 'kafka_consumergroup_lag{consumergroup!="",strimzi_io_cluster=""}',
  needs: 'kafka_exporter, not started with --offset.show-all=false',
});

/** The same exporter as the Strimzi operator deploys it. */
export const strimzi = readingOffsets(kafkaExporterNames, {
  name: 'strimzi',
  fingerprint: 'kafka_consumergroup_lag{consumergroup!="",strimzi_io_cluster!=""}',
  needs: 'spec.kafkaExporter in the Kafka resource, whose topicRegex and groupRegex let this queue through',
});

/** The kafkametrics receiver of the OpenTelemetry collector. */
export const otel = readingOffsets(
  {
    ...{ lag: 'kafka_consumer_group_lag', lagSum: 'kafka_consumer_group_lag_sum', groupLabel: 'group' },
    ...{ committed: 'kafka_consumer_group_offset', members: 'kafka_consumer_group_members' },
    ...{ end: 'kafka_partition_current_offset', start: 'kafka_partition_oldest_offset' },
  },
  {
    name: 'otel',
    fingerprint: 'kafka_consumer_group_lag{group!=""}',
    needs: 'the kafkametrics receiver with the scrapers topics and consumers, exported without metric suffixes',
  },
);
