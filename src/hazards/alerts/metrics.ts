import type { System } from '../../model/sweep';

/** A family of figures about what waits, and the exporter that has it. */
interface LagMetric {
  name: RegExp;
  exporter: string;
  system: System;
}

/** Gauges of what waits, by exporter, as their own documentation names them. The first that fits holds. */
const lagMetrics: readonly LagMetric[] = [
  { name: /^kminion_kafka_consumer_group_topic(_partition)?_(lag|offset_lag)$/, exporter: 'kminion', system: 'kafka' },
  { name: /^kafka_burrow_\w*lag$|^burrow_\w*lag$/, exporter: 'burrow', system: 'kafka' },
  { name: /^kafka_consumergroup_group_(\w+_)?lag(_seconds)?$/, exporter: 'lag_exporter', system: 'kafka' },
  { name: /^kafka_consumer_?group_lag(_sum)?$/, exporter: 'kafka_exporter', system: 'kafka' },
  {
    name: /^rabbitmq_(detailed_)?queue_messages(_ready|_unacked|_unacknowledged)?$/,
    exporter: 'rabbitmq',
    system: 'rabbitmq',
  },
  {
    name: /^redis_(stream_group_(lag|messages_pending)|stream_length|key_size|list_length)$/,
    exporter: 'redis_exporter',
    system: 'redis',
  },
  { name: /^(nats|jetstream|gnatsd)_consumer_num_(ack_)?pending$/, exporter: 'nats_exporter', system: 'nats' },
  { name: /^aws_sqs_approximate_(number_of_messages|age)\w*$/, exporter: 'yace', system: 'aws_sqs' },
  { name: /^backpressure_queue_(backlog|waiting|in_flight|age_seconds)$/, exporter: 'self', system: 'prometheus' },
];

/** What an expression of PromQL selects of what waits. */
export interface Selected extends LagMetric {
  metric: string;
  /** The metric with its matchers, as it stands. */
  text: string;
  /** Offset in the expression. */
  at: number;
}

/** The gauges of what waits that an expression selects, in their order. */
export const selectedIn = (expression: string): Selected[] =>
  [...expression.matchAll(/\b([a-zA-Z_]\w*)(\{[^}]{0,2000}\})?/g)].flatMap((match) => {
    const [text, metric = ''] = match;
    const known = lagMetrics.find(({ name }) => name.test(metric));
    return known ? [{ ...known, metric, text, at: match.index }] : [];
  });

/** Images of exporters, whoever builds them. */
const images: readonly { image: RegExp; exporter: string; system: System }[] = [
  { image: /\bkafka[-_]exporter\b/, exporter: 'kafka_exporter', system: 'kafka' },
  { image: /\bkminion\b/, exporter: 'kminion', system: 'kafka' },
  { image: /\bburrow\b/, exporter: 'burrow', system: 'kafka' },
  { image: /\bkafka-lag-exporter\b/, exporter: 'lag_exporter', system: 'kafka' },
  { image: /\bredis_exporter\b/, exporter: 'redis_exporter', system: 'redis' },
  { image: /\bprometheus-nats-exporter\b/, exporter: 'nats_exporter', system: 'nats' },
  { image: /\byet-another-cloudwatch-exporter\b/, exporter: 'yace', system: 'aws_sqs' },
];

/** The exporters among container images. */
export const imagesOf = (started: readonly string[]): { exporter: string; system: System }[] =>
  images.filter(({ image }) => started.some((name) => image.test(name)));

/** Container images that a text of YAML starts (Compose, Kubernetes). */
export const imagesIn = (text: string): string[] =>
  [...text.matchAll(/^[ \t-]*image:[ \t]*["']?([^\s"'#]+)/gm)].flatMap(([, name]) => name ?? []);
