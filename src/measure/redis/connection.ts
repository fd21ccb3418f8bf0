import { Redis, type RedisOptions } from 'ioredis';
import type { BrokerConfig } from '../../model/brokerUrl';
import { tlsOptions } from '../tls';
import { SourceError } from '../source';
import { within } from '../within';
import { redisError } from './errors';

/**
 * Connects, or says why not. ioredis' own connectTimeout ends with the TCP handshake, so the whole of it has a deadline
 * here; and its connect() tells only "Connection is closed", so the last error it mentioned is kept.
 * @throws {SourceError}
 */
export async function connect(config: BrokerConfig, timeoutMs: number, signal: AbortSignal): Promise<Redis> {
  const client = new Redis({ ...(await options(config)), connectTimeout: timeoutMs });
  let mentioned: Error | undefined;
  client.on('error', (error: Error) => (mentioned = error));
  try {
    await within(client.connect(), timeoutMs, signal, 'no answer');
    return client;
  } catch (error) {
    client.disconnect();
    throw redisError(mentioned ?? error);
  }
}

async function options(config: BrokerConfig) {
  const [first] = config.hosts;
  return {
    host: first?.host ?? '127.0.0.1',
    port: first?.port ?? 6379,
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

/** The number of the database, 0 by default. @throws {SourceError} when the path is no number */
export function databaseOf(config: BrokerConfig): number {
  if (config.path === '') return 0;
  if (!/^\d+$/.test(config.path)) {
    throw new SourceError('unknown', `"${config.path}" is no Redis database`, 'name it by its number: redis://host/0');
  }
  return Number(config.path);
}
