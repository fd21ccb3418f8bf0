import type { Redis } from 'ioredis';
import type { BrokerConfig } from '../../model/brokerUrl';
import { sameNamespace } from '../../model/identity';
import type { BrokerError, QueueReading } from '../../model/sweep';
import {
  SourceError,
  type OpenSource,
  type Source,
  type SourceOptions,
  type SourceReading,
  type SweepRequest,
  type WantedQueue,
} from '../source';
import { within } from '../within';
import { connect, databaseOf } from './connection';
import { isDenied, redisError } from './errors';
import { findAll, findWanted } from './find';
import { queueRow } from './queueRows';
import { readStreams, type StreamRead } from './read';
import { readQueues, type QueueRead } from './readQueues';
import { notApplicable, streamRows, wantedRows } from './rows';
import { bytes, sendOver, type Keyspace, type Send } from './send';
import { greet } from './server';

/** Streams with their consumer groups, and queues of jobs, of one Redis database. Connects on the first sweep. */
export const open: OpenSource = (config, options) => new RedisSource(config, options);

class RedisSource implements Source {
  private client: Redis | null = null;
  private closed = false;
  private readonly wanted: readonly WantedQueue[] | null;

  constructor(
    readonly config: BrokerConfig,
    { wanted }: SourceOptions,
  ) {
    const here = ({ broker, namespace }: WantedQueue) =>
      broker === config.name && (namespace == null || sameNamespace(namespace, config.path));
    this.wanted = wanted?.filter(here) ?? null;
  }

  async sweep(request: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const client = await this.connected(request);
    const bytesBefore = client.stream.bytesRead;
    let requests = 0;
    const send: Send = (commands) => {
      requests += commands.length;
      return within(sendOver(client)(commands), request.callTimeoutMs, request.signal, 'no answer');
    };
    try {
      const { now, roundTripSeconds } = await greet(send);
      const keyspace: Keyspace = { send, nodes: [send] };
      const found = await (this.wanted ? findWanted(keyspace, this.wanted) : findAll(keyspace));
      const streams = await readStreams(send, found.streams.map(bytes));
      const queues = await readQueues(send, found.queues);
      const seconds = (performance.now() - began) / 1000;
      const { name, system, url } = this.config;
      const error = deniedError(streams, queues);
      return {
        broker: {
          ...{ name, system, url, state: error ? 'partial' : 'ok', error, pressure: [], alarms: [] },
          roundTripSeconds,
          notApplicable: [...notApplicable],
          sweep: { seconds, requests, bytes: client.stream.bytesRead - bytesBefore },
        },
        queues: this.rows(streams, queues, now ?? request.at),
        stages: [],
        steps: [],
      };
    } catch (error) {
      // Replies may still be under way on this connection: the next sweep begins with a new one.
      this.disconnect();
      throw redisError(error);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.disconnect();
    return Promise.resolve();
  }

  private async connected({ callTimeoutMs, signal }: SweepRequest): Promise<Redis> {
    if (this.config.scheme !== 'redis' && this.config.scheme !== 'rediss') {
      throw new SourceError(
        'unsupported',
        `this version cannot read ${this.config.scheme}:// yet`,
        'name one server: redis://host:6379',
      );
    }
    if (this.client?.status === 'ready') return this.client;
    this.disconnect();
    const client = await connect(this.config, callTimeoutMs, signal);
    // Closed while the connection was being made: nobody else would end it.
    if (this.closed) client.disconnect();
    else this.client = client;
    return client;
  }

  private disconnect(): void {
    this.client?.disconnect();
    this.client = null;
  }

  private rows(streams: readonly StreamRead[], queues: readonly QueueRead[], now: number): QueueReading[] {
    const place = { broker: this.config.name, database: `${databaseOf(this.config)}` };
    const rows = [
      ...streams.flatMap((read) => streamRows(place, read, now)),
      ...queues.map((read) => queueRow(place, read, now)),
    ];
    return this.wanted ? wantedRows(place, this.wanted, rows) : rows;
  }
}

function deniedError(streams: readonly StreamRead[], queues: readonly QueueRead[]): BrokerError | null {
  const denied =
    streams.filter(({ stream, groups }) => isDenied(stream) || isDenied(groups)).length +
    queues.filter(({ understood }) => isDenied(understood)).length;
  if (denied === 0) return null;
  return {
    code: 'denied',
    message: `the user may not read ${denied} of ${streams.length + queues.length} queues`,
    next: 'allow their keys to the user (ACL SETUSER … ~pattern), or leave them out of the connection',
  };
}
