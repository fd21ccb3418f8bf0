import * as z from 'zod';
import { fileVersion } from './fileVersion';

/** The shape of `backpressure.yaml` (CONTRACTS.md, pipeline file). Descriptions are shown by editors. */

const reference = z.strictObject({
  broker: z.string().optional().describe('Name of a broker above; may be left out when there is only one.'),
  destination: z.string().min(1).describe('Topic, queue, stream or list, as the broker names it.'),
  namespace: z
    .string()
    .optional()
    .describe('RabbitMQ virtual host, Redis database or NATS domain, when not the default.'),
  group: z.string().optional().describe('Consumer group (Kafka, Redis Streams) or consumer (NATS).'),
  capacity: z.number().int().positive().optional().describe('Limit in messages that the broker does not tell.'),
  type: z
    .enum(['stream', 'list', 'sorted-set', 'bullmq', 'celery', 'sidekiq', 'rq'])
    .optional()
    .describe('Kind of Redis destination; found by itself when absent.'),
  backlog: z.string().optional().describe('PromQL for the backlog of a queue that only a Prometheus knows.'),
  produced: z.string().optional().describe('PromQL for the messages produced so far.'),
  consumed: z.string().optional().describe('PromQL for the messages finished so far.'),
});

const broker = z.strictObject({
  url: z.string().min(1).describe('kafka://host:9092, amqp://user@host/vhost, redis://host/0, demo: …'),
  sasl: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
      username: z.string(),
      password: z.string(),
    })
    .optional(),
  tls: z
    .strictObject({
      ca: z.string().optional(),
      cert: z.string().optional(),
      key: z.string().optional(),
      serverName: z.string().optional(),
    })
    .optional()
    .describe('Files of the certificate authority and of the client.'),
  management: z.string().optional().describe('RabbitMQ: the management API, http://host:15672.'),
  monitoring: z.string().optional().describe('NATS: the monitoring address, http://host:8222.'),
  prometheus: z.string().optional().describe('RabbitMQ: the prometheus plugin, http://host:15692.'),
  region: z.string().optional().describe('SQS: the AWS region.'),
  credentials: z.string().optional().describe('NATS: a credentials file.'),
});

const stage = z.strictObject({
  consumes: z.array(reference).default([]),
  produces: z.array(reference).default([]),
  instances: z.number().int().nonnegative().optional().describe('Where the broker cannot tell.'),
  maxInstances: z.number().int().positive().optional(),
  costPerInstance: z.number().nonnegative().optional().describe('Per month.'),
  ratePerInstance: z.number().positive().optional().describe('Messages per second that one instance can do.'),
  critical: z.boolean().default(false).describe('Never advise to drop messages of this stage.'),
  durable: z.boolean().optional(),
  ordered: z.boolean().optional(),
  metrics: z
    .strictObject({
      from: z.string(),
      processed: z.string().optional(),
      cpu: z.string().optional(),
      memory: z.string().optional(),
      network: z.string().optional(),
    })
    .optional(),
});

export const pipelineFile = z.strictObject({
  version: fileVersion.describe('Of the form of this file; it need not be named.'),
  pipeline: z.string().default('').describe('Name of the pipeline.'),
  brokers: z.record(z.string().min(1), broker).default({}),
  stages: z.record(z.string().min(1), stage).default({}),
  steps: z.strictObject({ from: z.string() }).optional(),
  objectives: z
    .strictObject({
      maxAgeSeconds: z.number().positive().optional().describe('A growing backlog older than this is critical.'),
      drainSeconds: z.number().positive().optional().describe('In what time a backlog should be gone.'),
      utilisation: z.number().gt(0).lte(1).optional().describe('0…1, what instances should run at afterwards.'),
    })
    .optional(),
  history: z.strictObject({ from: z.string() }).optional(),
});
export type PipelineFile = z.infer<typeof pipelineFile>;
