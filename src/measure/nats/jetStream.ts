import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import pMap from 'p-map';
import { refuseEndless } from '../inflow';
import { consumerInfo, streamInfo, type StreamRead } from './api';

/** Lists of consumers asked for at once. */
const listsAtOnce = 16;

/** What one server told of its streams, by whatever way. */
export interface NatsRead {
  streams: StreamRead[];
  /** JetStream domain; null for none. */
  domain: string | null;
  /** Milliseconds since the epoch by the server's clock; null where it is not told. */
  now: number | null;
  roundTripSeconds: number;
}

/**
 * Streams and consumers of the user's account by the JetStream API: lists only, answered by the leaders wherever they
 * are. The server publishes an advisory for each of these requests.
 * @param wanted names of streams; null: all
 * @throws what the client throws when not even the streams can be listed
 */
export async function readByApi(
  connection: NatsConnection,
  timeoutMs: number,
  wanted: ReadonlySet<string> | null,
): Promise<NatsRead> {
  const manager = await jetstreamManager(connection, { timeout: timeoutMs, checkAPI: false });
  const asked = performance.now();
  const { domain = null } = await manager.getAccountInfo();
  const roundTripSeconds = (performance.now() - asked) / 1000;
  const listed: StreamRead['stream'][] = [];
  for await (const info of manager.streams.list()) {
    const stream = streamInfo.parse(info);
    if (!wanted || wanted.has(stream.config.name)) listed.push(stream);
    refuseEndless(listed);
  }
  const streams = await pMap(
    listed,
    async (stream): Promise<StreamRead> => ({ stream, consumers: await consumersOf(manager, stream) }),
    { concurrency: listsAtOnce },
  );
  return { streams, domain, now: null, roundTripSeconds };
}

async function consumersOf(manager: JetStreamManager, { config, state }: StreamRead['stream']) {
  if (state.consumer_count === 0) return [];
  try {
    const consumers = [];
    for await (const info of manager.consumers.list(config.name)) {
      consumers.push(consumerInfo.parse(info));
      refuseEndless(consumers);
    }
    return consumers;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
