import type { Redis } from 'ioredis';
import type { BrokerConfig } from '../../model/brokerUrl';
import { connectCluster } from './cluster';
import { connectBySentinel, connectTo } from './connection';
import type { Command } from './send';

/** Connections to every server that holds keys of a database. */
export interface Link {
  clients: readonly Redis[];
  /** Addresses of servers that hold keys and cannot be reached. */
  away: readonly string[];
  /** Who holds the command's key; null where that server is away. */
  clientFor(command: Command): Redis | null;
}

/** Connects as the kind of URL says. @throws {SourceError} when no server that holds keys can be reached */
export async function connectLink(config: BrokerConfig, timeoutMs: number, signal: AbortSignal): Promise<Link> {
  if (config.scheme === 'redis+cluster') return connectCluster(config, timeoutMs, signal);
  const [host = { host: '127.0.0.1', port: 6379 }] = config.hosts;
  const client =
    config.scheme === 'redis+sentinel'
      ? await connectBySentinel(config, timeoutMs, signal)
      : await connectTo(host, config, timeoutMs, signal);
  return { clients: [client], away: [], clientFor: () => client };
}
