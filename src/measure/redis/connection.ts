import { Redis, type RedisOptions } from 'ioredis';
import { namespaceOf, type BrokerConfig } from '../../model/brokerUrl';
import { limitInflow } from '../inflow';
import { SourceError } from '../source';
import { tlsOptions } from '../tls';
import { within } from '../within';
import { Announced } from './announced';
import { redisError } from './errors';

/** Where one server listens. */
export interface Address {
  host: string;
  port: number;
}

/** Connects to one server. @throws {SourceError} */
export async function connectTo(
  { host, port }: Address,
  config: BrokerConfig,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Redis> {
  return connect({ ...(await options(config)), host, port }, timeoutMs, signal);
}

/** Connects to the master that the sentinels name. @throws {SourceError} */
export async function connectBySentinel(config: BrokerConfig, timeoutMs: number, signal: AbortSignal): Promise<Redis> {
  const [name = ''] = config.path.split('/', 1);
  if (name === '') {
    const next = 'name it after the hosts: redis+sentinel://host:26379/MASTER/0';
    throw new SourceError('unknown', 'a sentinel is asked for a master by its name', next);
  }
  const own = await options(config);
  // The sentinels are asked again with the next sweep.
  const bySentinel = { sentinels: config.hosts, name, sentinelRetryStrategy: () => null };
  return connect({ ...own, ...bySentinel, enableTLSForSentinelMode: config.tls !== null }, timeoutMs, signal);
}

/**
 * Connects, or says why not. ioredis' own connectTimeout ends with the TCP handshake, so the whole of it has a deadline
 * here; and its connect() tells only "Connection is closed", so the last error it mentioned is kept.
 */
async function connect(
  choices: Omit<RedisOptions, 'replyMapping'>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Redis> {
  const client = new Redis({ ...choices, connectTimeout: timeoutMs });
  let mentioned: Error | undefined;
  client.on('error', (error: Error) => (mentioned = error));
  client.once('connect', () => {
    const announced = new Announced();
    limitInflow(client.stream, { screen: (piece) => announced.read(piece), asked: () => announced.begin() });
  });
  try {
    await within(client.connect(), timeoutMs, signal, 'no answer');
    return client;
  } catch (error) {
    client.disconnect();
    throw redisError(mentioned ?? error);
  }
}

async function options(config: BrokerConfig) {
  return {
    ...(config.username === null ? {} : { username: config.username }),
    ...(config.password === null ? {} : { password: config.password }),
    db: databaseOf(config),
    ...(config.tls ? { tls: await tlsOptions(config.tls) } : {}),
    lazyConnect: true,
    // The next sweep is the retry: commands of a lost connection fail at once.
    retryStrategy: () => null,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // These would send commands that a reader need not be allowed, and that a refusal leaves in the server's ACL log.
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
  } satisfies RedisOptions;
}

/** The number of the database, 0 by default. @throws {SourceError} when the URL names none */
export function databaseOf(config: BrokerConfig): number {
  const name = namespaceOf(config) ?? '0';
  if (!/^\d+$/.test(name)) {
    throw new SourceError('unknown', `"${name}" is no Redis database`, 'name it by its number: redis://host/0');
  }
  return Number(name);
}
