import type { AlertQueue, Exporter, ExporterName } from '../words';
import { burrow } from './burrow';
import { kafkaExporter, otel, strimzi } from './kafkaOffsets';
import { kminion } from './kminion';
import { lagExporter } from './lagExporter';
import { natsExporter } from './nats';
import { rabbitmq, rabbitmqDetailed } from './rabbitmq';
import { redisExporter } from './redis';
import { self } from './self';
import { cloudwatchExporter, yace } from './sqs';

/** Every exporter, the one that tells most first. */
export const exporters: readonly Exporter[] = [
  ...[kafkaExporter, strimzi, kminion, lagExporter, otel, burrow],
  ...[rabbitmqDetailed, rabbitmq, redisExporter, natsExporter, yace, cloudwatchExporter, self],
];

/** @throws {Error} for a name that no exporter has */
export function exporterNamed(name: ExporterName): Exporter {
  const found = exporters.find((exporter) => exporter.name === name);
  if (!found) throw new Error(`no exporter ${name}`);
  return found;
}

/** Those that could tell of one of the queues, and whose series were found. @param found fingerprints that matched series */
export const recognised = (found: ReadonlySet<string>, queues: readonly AlertQueue[]): ExporterName[] =>
  exporters.filter(({ fingerprint, fits }) => found.has(fingerprint) && queues.some(fits)).map(({ name }) => name);
