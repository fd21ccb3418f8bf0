import { Document } from 'yaml';
import { plain } from '../../model/escape';
import { rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import { measuredRate } from './thresholds';
import type { AlertOptions, AlertQueue, Refusal } from './words';
import type { WrittenAlerts } from './write';

/** A scaler of KEDA for a queue (keda.sh/docs, scalers); `threshold` messages for each replica. */
interface Trigger {
  type: string;
  metadata: Record<string, string>;
}

/** Where nothing limits them, so many times the consumers there are now. */
const headroom = 4;
const leastReplicas = 10;

/** Each queue as a ScaledObject of KEDA: as many replicas as keep what waits younger than the age objective. */
export function scaledObjects(
  { queues, brokers = [] }: { queues: readonly AlertQueue[]; brokers?: readonly { name: string; url: string }[] },
  { maxAgeSeconds }: AlertOptions,
): WrittenAlerts {
  const refused: WrittenAlerts['refused'] = [];
  const documents = queues.flatMap((queue) => {
    const url = brokers.find(({ name }) => name === queue.broker)?.url ?? '';
    const made = scaledObject(queue, url, maxAgeSeconds);
    if ('why' in made) {
      refused.push({ subject: plain(queueLabel(queue)), refusal: made });
      return [];
    }
    return [made.toString({ lineWidth: 0 })];
  });
  return { text: documents.join('---\n'), rules: documents.length, refused, tests: null, dashboard: null };
}

function scaledObject(queue: AlertQueue, url: string, maxAgeSeconds: number): Document | Refusal {
  const arrivals = measuredRate(queue);
  if (arrivals === null)
    return {
      why: 'no arrivals were measured',
      enable: 'write it while messages arrive: the threshold rests on their rate',
    };
  const most = queue.partitions ?? Math.max(leastReplicas, headroom * (queue.consumers ?? 0));
  const consumers = Math.min(Math.max(1, queue.consumers ?? 1), most);
  const threshold = Math.max(1, Math.round((arrivals * maxAgeSeconds) / consumers));
  const trigger = triggerOf(queue, url, `${threshold}`);
  if ('why' in trigger) return trigger;
  const name = kubernetesName(queue.group ?? queue.destination);
  const document = new Document({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name },
    spec: {
      scaleTargetRef: { name },
      ...{ pollingInterval: 30, cooldownPeriod: 300, minReplicaCount: 1, maxReplicaCount: most },
      triggers: [trigger],
    },
  });
  document.commentBefore = [
    `${queueLabel(queue)}: set scaleTargetRef.name to the Deployment that reads it.`,
    `${threshold} messages for each replica: ${rate(arrivals)} arrive × ${maxAgeSeconds} s ÷ ${consumers} consumers.`,
    queue.partitions == null
      ? `At most ${most} replicas: nothing of the queue limits them.`
      : `At most ${most} replicas: it has that many partitions, and more would have nothing to read.`,
  ]
    .map((line) => ` ${plain(line)}`)
    .join('\n');
  return document;
}

function triggerOf(queue: AlertQueue, url: string, threshold: string): Trigger | Refusal {
  const hosts = hostsOf(url);
  const { system, kind, destination, group, namespace } = queue;
  switch (system) {
    case 'kafka':
      if (group === null) break;
      return {
        type: 'kafka',
        metadata: {
          ...{ bootstrapServers: hosts, consumerGroup: group, topic: destination, lagThreshold: threshold },
          // A partition whose commits do not move is not helped by more consumers.
          excludePersistentLag: 'true',
        },
      };
    case 'rabbitmq':
      return {
        type: 'rabbitmq',
        metadata: {
          ...{ protocol: 'amqp', hostFromEnv: 'RABBITMQ_URL', vhostName: namespace ?? '/', queueName: destination },
          ...{ mode: 'QueueLength', value: threshold },
        },
      };
    case 'aws_sqs':
      return {
        type: 'aws-sqs-queue',
        metadata: { queueURL: destination, queueLength: threshold, ...awsPlace(url) },
      };
    case 'redis':
      if (kind !== 'stream')
        return {
          type: 'redis',
          metadata: { address: hosts, listName: destination, listLength: threshold, databaseIndex: namespace ?? '0' },
        };
      if (group === null) break;
      return {
        type: 'redis-streams',
        metadata: {
          ...{ address: hosts, stream: destination, consumerGroup: group, lagCount: threshold },
          databaseIndex: namespace ?? '0',
        },
      };
    case 'nats':
      if (group === null) break;
      return {
        type: 'nats-jetstream',
        metadata: {
          natsServerMonitoringEndpoint: hosts.replace(/:\d+/, ':8222'),
          ...{ account: '$G', stream: destination, consumer: group, lagThreshold: threshold },
        },
      };
    default:
      return { why: `KEDA has no scaler for ${system}`, enable: 'name the broker itself' };
  }
  return { why: 'nobody reads it', enable: 'a consumer group, whose backlog is what scales' };
}

/** The region, or what stands in for AWS, where the region only has to be named. */
const awsPlace = (url: string) =>
  url.startsWith('sqs+')
    ? { awsEndpoint: url.slice('sqs+'.length), awsRegion: 'us-east-1' }
    : { awsRegion: hostsOf(url) };

const hostsOf = (url: string) => /^[^:]+:\/\/([^/]*)/.exec(url)?.[1] ?? '';

/** A DNS label (kubernetes.io, object names): at most 63 letters, digits and dashes. */
const kubernetesName = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '') || 'consumer';
