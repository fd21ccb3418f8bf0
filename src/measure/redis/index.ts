import type { Redis } from 'ioredis';
import type { BrokerConfig } from '../../model/brokerUrl';
import { sameNamespace, type QueueName } from '../../model/identity';
import type { BrokerError, QueueReading } from '../../model/sweep';
import {
  SourceError,
  type OpenSource,
  type Source,
  type SourceOptions,
  type SourceReading,
  type SweepRequest,
} from '../source';
import { within } from '../within';
import { connect, databaseOf } from './connection';
import { isDenied, redisError } from './errors';
import { readStreams, sendOver, streamKeys, type Send, type StreamRead } from './read';
import { notApplicable, streamRows, wantedRows } from './rows';
import { greet } from './server';

/** Streams and their consumer groups of one Redis database, by SCAN, XINFO and XPENDING. Connects on the first sweep. */
export const open: OpenSource = (config, options) => new RedisSource(config, options);

/** Streams that libraries keep for themselves: BullMQ's events, RQ's results (one a job). They are nobody's queue. */
const helperStream = /^(bull:.*:events$|rq:results:)/s;

class RedisSource implements Source {
  private client: Redis | null = null;
  private closed = false;
  private readonly wanted: readonly QueueName[] | null;

  constructor(
    readonly config: BrokerConfig,
    { wanted }: SourceOptions,
  ) {
    const here = ({ broker, namespace }: QueueName) =>
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
      const reads = await readStreams(send, await this.keys(send));
      const seconds = (performance.now() - began) / 1000;
      const { name, system, url } = this.config;
      const error = deniedError(reads);
      return {
        broker: {
          ...{ name, system, url, state: error ? 'partial' : 'ok', error, pressure: [], alarms: [] },
          roundTripSeconds,
          notApplicable: [...notApplicable],
          sweep: { seconds, requests, bytes: client.stream.bytesRead - bytesBefore },
        },
        queues: this.rows(reads, now ?? request.at),
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

  /** Only the streams that are wanted, where that is known: SCAN walks over every key of the database. */
  private async keys(send: Send): Promise<Buffer[]> {
    if (this.wanted)
      return [...new Set(this.wanted.map(({ destination }) => destination))].map((key) => Buffer.from(key));
    return (await streamKeys(send)).filter((key) => !helperStream.test(key.toString('latin1')));
  }

  private rows(reads: readonly StreamRead[], now: number): QueueReading[] {
    const place = { broker: this.config.name, database: `${databaseOf(this.config)}` };
    const rows = reads.flatMap((read) => streamRows(place, read, now));
    return this.wanted ? wantedRows(place, this.wanted, rows) : rows;
  }
}

function deniedError(reads: readonly StreamRead[]): BrokerError | null {
  const denied = reads.filter(({ stream, groups }) => isDenied(stream) || isDenied(groups)).length;
  if (denied === 0) return null;
  return {
    code: 'denied',
    message: `the user may not read ${denied} of ${reads.length} streams`,
    next: 'allow their keys to the user (ACL SETUSER … ~pattern), or leave them out of the connection',
  };
}
