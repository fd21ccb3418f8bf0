import { Document } from 'yaml';
import { plain } from '../../model/escape';
import { rate } from '../../model/format';
import { queueLabel } from '../../model/identity';
import type { System } from '../../model/sweep';
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
  const make = triggers[queue.system];
  if (!make) return { why: `KEDA has no scaler for ${queue.system}`, enable: 'name the broker itself' };
  return (
    make(queue, url, threshold) ?? {
      why: 'nobody reads it',
      enable: 'a consumer group, whose backlog is what scales',
    }
  );
}

/** Null where KEDA asks for the group that reads, and nobody does. */
type MakeTrigger = (queue: AlertQueue, url: string, threshold: string) => Trigger | null;

const kafkaTrigger: MakeTrigger = ({ destination, group }, url, threshold) =>
  group === null
    ? null
    : {
        type: 'kafka',
        metadata: {
          ...{ bootstrapServers: hostsOf(url), consumerGroup: group, topic: destination, lagThreshold: threshold },
          // A partition whose commits do not move is not helped by more consumers.
          excludePersistentLag: 'true',
        },
      };

const rabbitmqTrigger: MakeTrigger = ({ destination, namespace }, _url, threshold) => ({
  type: 'rabbitmq',
  metadata: {
    ...{ protocol: 'amqp', hostFromEnv: 'RABBITMQ_URL', vhostName: namespace ?? '/', queueName: destination },
    ...{ mode: 'QueueLength', value: threshold },
  },
});

const sqsTrigger: MakeTrigger = ({ destination }, url, threshold) => ({
  type: 'aws-sqs-queue',
  metadata: { queueURL: destination, queueLength: threshold, ...awsPlace(url) },
});

const redisTrigger: MakeTrigger = ({ kind, destination, group, namespace }, url, threshold) => {
  const address = hostsOf(url);
  const databaseIndex = namespace ?? '0';
  if (kind !== 'stream')
    return { type: 'redis', metadata: { address, listName: destination, listLength: threshold, databaseIndex } };
  if (group === null) return null;
  return {
    type: 'redis-streams',
    metadata: { address, stream: destination, consumerGroup: group, lagCount: threshold, databaseIndex },
  };
};

const natsTrigger: MakeTrigger = ({ destination, group }, url, threshold) =>
  group === null
    ? null
    : {
        type: 'nats-jetstream',
        metadata: {
          natsServerMonitoringEndpoint: hostsOf(url).replace(/:\d+/, ':8222'),
          ...{ account: '$G', stream: destination, consumer: group, lagThreshold: threshold },
        },
      };

const triggers: Partial<Record<System, MakeTrigger>> = {
  kafka: kafkaTrigger,
  rabbitmq: rabbitmqTrigger,
  aws_sqs: sqsTrigger,
  redis: redisTrigger,
  nats: natsTrigger,
};

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
