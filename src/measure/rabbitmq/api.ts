import * as z from 'zod';

/**
 * What the management API answers (rawcdn docs of rabbitmq_management, checked against 3.10). Statistics come up to five
 * seconds late, and a queue without any has not been counted yet; so every figure may be absent.
 */

const count = z.number().optional().catch(undefined);
const word = z.string().optional().catch(undefined);
const rate = z.object({ rate: z.number() }).optional().catch(undefined);
/** Arguments and policies: keys the administrator chose. */
const settings = z.record(z.string(), z.unknown()).catch({});

export const apiOverview = z.object({
  rabbitmq_version: z.string(),
  rates_mode: word,
  disable_stats: z.boolean().optional().catch(undefined),
  object_totals: z.object({ queues: count, consumers: count }).optional().catch(undefined),
});
export type ApiOverview = z.infer<typeof apiOverview>;

const messageStats = z.object({
  publish: count,
  publish_details: rate,
  ack: count,
  ack_details: rate,
  deliver_no_ack: count,
  deliver_no_ack_details: rate,
  get_no_ack: count,
  get_no_ack_details: rate,
  redeliver: count,
});
export type ApiMessageStats = z.infer<typeof messageStats>;

export const apiQueue = z.object({
  vhost: z.string(),
  name: z.string(),
  type: word,
  state: word,
  messages: count,
  messages_ready: count,
  messages_unacknowledged: count,
  consumers: count,
  consumer_capacity: count,
  head_message_timestamp: count,
  arguments: settings,
  effective_policy_definition: settings,
  message_stats: messageStats.optional().catch(undefined),
});
export type ApiQueue = z.infer<typeof apiQueue>;
/** Asked for in `columns`: a list of 10,000 queues shrinks from 14 MB to about 2. */
export const queueColumns = Object.keys(apiQueue.shape).join();

/** The queue that a consumer reads. */
export const apiConsumerPlace = z.object({ queue: z.object({ vhost: z.string(), name: z.string() }) });

export const apiConsumer = apiConsumerPlace.extend({
  consumer_tag: z.string(),
  prefetch_count: count,
  channel_details: z.object({ connection_name: word, peer_host: word }).catch({}),
});
export type ApiConsumer = z.infer<typeof apiConsumer>;

export const apiBinding = z.object({
  vhost: z.string(),
  source: z.string(),
  destination: z.string(),
  destination_type: z.string(),
  routing_key: z.string(),
});
export type ApiBinding = z.infer<typeof apiBinding>;

export const apiConnection = z.object({ name: word, state: word });
export type ApiConnection = z.infer<typeof apiConnection>;

/** 200 without alarms, 503 with those in force. */
export const apiAlarms = z.object({
  alarms: z.array(z.object({ node: word, resource: word })).catch([]),
});
export type ApiAlarms = z.infer<typeof apiAlarms>;
