import * as z from 'zod';

/**
 * What NATS tells of streams and consumers, alike in its JetStream API and on its monitoring page (schemas
 * io.nats.jetstream.api.v1 stream_info and consumer_info; checked against nats-server 2.9). What an older server leaves
 * out has its default.
 */

const count = z.number().catch(0);
/** RFC 3339; NATS writes the year 1 for never. */
const moment = z
  .string()
  .transform((text) => Date.parse(text))
  .refine((ms) => ms > 0)
  .nullable()
  .catch(null);

/** Who leads a stream or consumer, and the other nodes that have it, as the node that was asked sees it. */
const cluster = z
  .object({
    leader: z.string().optional().catch(undefined),
    replicas: z
      .array(z.object({ name: z.string() }))
      .nullish()
      .transform((replicas) => replicas ?? []),
  })
  .optional()
  .catch(undefined);
export type Cluster = z.infer<typeof cluster>;

export const streamInfo = z.object({
  cluster,
  config: z.object({
    name: z.string(),
    subjects: z.array(z.string()).catch([]),
    retention: z.string().catch('limits'),
    discard: z.string().catch('old'),
    /** −1: none. */
    max_msgs: z.number().catch(-1),
    max_bytes: z.number().catch(-1),
  }),
  state: z.object({
    messages: count,
    first_seq: count,
    /** Milliseconds since the epoch. */
    first_ts: moment,
    last_seq: count,
    last_ts: moment,
    consumer_count: count,
  }),
});
export type StreamInfo = z.infer<typeof streamInfo>;

const sequences = z.object({ consumer_seq: count, stream_seq: count });

export const consumerInfo = z.object({
  cluster,
  name: z.string(),
  config: z.object({
    ack_policy: z.string().catch('none'),
    deliver_policy: z.string().catch('all'),
    /** Push consumers only: where messages are pushed to. */
    deliver_subject: z.string().optional().catch(undefined),
    filter_subject: z.string().optional().catch(undefined),
    filter_subjects: z.array(z.string()).optional().catch(undefined),
    /** −1: none. */
    max_ack_pending: z.number().catch(-1),
  }),
  delivered: sequences,
  ack_floor: sequences,
  num_pending: count,
  num_ack_pending: count,
  num_redelivered: count,
  /** Open requests of clients that pull. */
  num_waiting: count,
  push_bound: z.boolean().catch(false),
  paused: z.boolean().catch(false),
});
export type ConsumerInfo = z.infer<typeof consumerInfo>;

/** One stream with its consumers, or why those could not be read. */
export interface StreamRead {
  stream: StreamInfo;
  consumers: readonly ConsumerInfo[] | Error;
}

/** `/jsz?streams=1&consumers=1&config=1`. */
export const jsz = z.object({
  now: moment,
  config: z.object({ domain: z.string().optional() }).catch({}),
  meta_cluster: z.object({ cluster_size: z.number() }).optional().catch(undefined),
  account_details: z
    .array(
      z.object({
        name: z.string(),
        stream_detail: z
          .array(streamInfo.extend({ consumer_detail: z.array(consumerInfo).nullish() }))
          .nullish()
          .transform((streams) => streams ?? []),
      }),
    )
    .nullish()
    .transform((accounts) => accounts ?? []),
});
export type Jsz = z.infer<typeof jsz>;
