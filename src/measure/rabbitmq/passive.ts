import type { Channel, ChannelModel } from 'amqplib';
import { Socket } from 'node:net';
import type { BrokerConfig } from '../../model/brokerUrl';
import type { QueueName } from '../../model/identity';
import type { SweepRequest } from '../source';
import { tlsOptions } from '../tls';
import { within } from '../within';
import type { ApiDepth } from './depths';

/** What passive checks found, and what they cost. */
export interface PassiveChecks {
  checks: PassiveCheck[];
  /** Received. */
  bytes: number;
}

/** What a passive check found: the queue, or null where there is no such queue. */
export interface PassiveCheck {
  vhost: string;
  name: string;
  found: ApiDepth | null;
}

/**
 * Asks for named queues by AMQP, each with a passive declaration, which declares nothing and needs no permission but that
 * to enter the virtual host (tried with 3.10). It tells what waits and how many consume.
 * @throws when a virtual host cannot be entered, or time is up
 */
export async function checkPassively(
  config: BrokerConfig,
  wanted: readonly QueueName[],
  request: SweepRequest,
): Promise<PassiveChecks> {
  const names = new Map<string, Set<string>>();
  for (const { namespace, destination } of wanted) {
    const vhost = namespace ?? (config.path || '/');
    names.set(vhost, (names.get(vhost) ?? new Set()).add(destination));
  }
  const checks: PassiveCheck[] = [];
  let bytes = 0;
  for (const [vhost, queues] of names) {
    const connection = await enter(config, vhost, request);
    try {
      checks.push(...(await checkQueues(connection, vhost, [...queues], request)));
    } finally {
      bytes += receivedOver(connection);
      void connection.close().catch(() => undefined);
    }
  }
  return { checks, bytes };
}

/** The client's own connection is no part of its types. */
function receivedOver({ connection }: ChannelModel): number {
  const stream: unknown = 'stream' in connection ? connection.stream : null;
  return stream instanceof Socket ? stream.bytesRead : 0;
}

async function enter(config: BrokerConfig, vhost: string, request: SweepRequest): Promise<ChannelModel> {
  const [{ host, port } = { host: '127.0.0.1', port: 5672 }] = config.hosts;
  const address = {
    ...{ protocol: config.tls ? 'amqps' : 'amqp', hostname: host, port, vhost },
    ...{ username: config.username ?? 'guest', password: config.password ?? 'guest' },
  };
  const socket = { ...(config.tls ? await tlsOptions(config.tls) : {}), timeout: request.callTimeoutMs };
  // Loaded where it is needed: most brokers have a management API.
  const { connect } = await import('amqplib');
  const connecting = connect(address, socket);
  // Too late for this sweep: nobody else would end it.
  const late = () => void connecting.then((connection) => connection.close()).catch(() => undefined);
  const connection = await within(connecting, request.callTimeoutMs, request.signal, 'no answer').catch(
    (error: unknown) => {
      late();
      throw error;
    },
  );
  connection.on('error', () => undefined);
  return connection;
}

async function checkQueues(
  connection: ChannelModel,
  vhost: string,
  names: readonly string[],
  { callTimeoutMs, signal }: SweepRequest,
): Promise<PassiveCheck[]> {
  const checks: PassiveCheck[] = [];
  let channel: Channel | null = null;
  for (const name of names) {
    channel ??= await within(openChannel(connection), callTimeoutMs, signal, 'no answer');
    try {
      const { messageCount, consumerCount } = await within(
        channel.checkQueue(name),
        callTimeoutMs,
        signal,
        'no answer',
      );
      checks.push({ vhost, name, found: { vhost, name, messages_ready: messageCount, consumers: consumerCount } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      // The refusal closes the channel.
      channel = null;
      checks.push({ vhost, name, found: null });
    }
  }
  return checks;
}

async function openChannel(connection: ChannelModel): Promise<Channel> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  return channel;
}

const isNotFound = (error: unknown) => error instanceof Error && 'code' in error && error.code === 404;
