import { namespaceOf, type BrokerConfig } from '../../model/brokerUrl';
import { sameNamespace } from '../../model/identity';
import type { BrokerError } from '../../model/sweep';
import { inSlices } from '../slices';
import type { OpenSource, Source, SourceOptions, SourceReading, SweepRequest, WantedQueue } from '../source';
import { databaseOf } from './connection';
import { hasMoved, isDenied, redisError } from './errors';
import { Exchange } from './exchange';
import { findAll, findWanted } from './find';
import { tlsOrNot } from './greeting';
import { connectLink, type Link } from './link';
import { queueRow } from './queueRows';
import { readStreams, type StreamRead } from './read';
import { readQueues } from './readQueues';
import { notApplicable, streamRows, wantedRows } from './rows';
import { greet } from './server';

/** Streams with their consumer groups, and queues of jobs, of one Redis database. Connects on the first sweep. */
export const open: OpenSource = (config, options) => new RedisSource(config, options);

class RedisSource implements Source {
  private link: Link | null = null;
  private closed = false;
  private readonly wanted: readonly WantedQueue[] | null;

  constructor(
    readonly config: BrokerConfig,
    { wanted }: SourceOptions,
  ) {
    const here = ({ broker, namespace }: WantedQueue) =>
      broker === config.name && (namespace == null || sameNamespace(namespace, namespaceOf(config)));
    this.wanted = wanted?.filter(here) ?? null;
  }

  async sweep(request: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    try {
      const link = await this.linked(request);
      const exchange = new Exchange(link, request);
      const single = this.config.scheme !== 'redis+cluster';
      const { now, roundTripSeconds } = await greet(exchange.nodes[0] ?? exchange.send, single);
      const { queues, refusals, answers } = await this.readRows(exchange, now ?? request.at);
      const seconds = (performance.now() - began) / 1000;
      const { name, system, url } = this.config;
      const sweep = { seconds, requests: exchange.requests, bytes: exchange.bytes };
      const moved = refusals.find(hasMoved);
      if (moved && single) throw redisError(moved);
      // The next sweep asks anew who holds what.
      if (moved || link.away.length > 0) this.disconnect();
      const error = awayError(link) ?? deniedError(answers);
      return {
        broker: {
          ...{ name, system, url, state: error ? 'partial' : 'ok', error, pressure: [], alarms: [] },
          roundTripSeconds,
          notApplicable: [...notApplicable],
          sweep,
        },
        queues,
        stages: [],
        steps: [],
      };
    } catch (error) {
      // Replies may still be under way on this connection: the next sweep begins with a new one.
      this.disconnect();
      throw await tlsOrNot(redisError(error), this.config);
    }
  }

  /** @returns the rows, why streams were refused, and what each queue answered */
  private async readRows(exchange: Exchange, at: number) {
    const found = await (this.wanted ? findWanted(exchange, this.wanted) : findAll(exchange));
    const place = { broker: this.config.name, database: `${databaseOf(this.config)}` };
    const streams = await readStreams(exchange.send, found.streams, (read) => ({
      rows: streamRows(place, read, at),
      refusal: refusalOf(read),
    }));
    const queues = await readQueues(exchange.send, found.queues);
    const rows = [
      ...streams.flatMap((stream) => stream.rows),
      ...(await inSlices(queues, (read) => queueRow(place, read, at))),
    ];
    const refusals = streams.map(({ refusal }) => refusal);
    return {
      queues: this.wanted ? wantedRows(place, this.wanted, rows) : rows,
      refusals,
      answers: [...refusals, ...queues.map(({ understood }) => understood)],
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    this.disconnect();
    return Promise.resolve();
  }

  private async linked({ callTimeoutMs, signal }: SweepRequest): Promise<Link> {
    if (this.link?.clients.every(({ status }) => status === 'ready')) return this.link;
    this.disconnect();
    const link = await connectLink(this.config, callTimeoutMs, signal);
    this.link = link;
    // Closed while the connection was being made: nobody else would end it.
    if (this.closed) this.disconnect();
    return link;
  }

  private disconnect(): void {
    for (const client of this.link?.clients ?? []) client.disconnect();
    this.link = null;
  }
}

function awayError({ away, clients }: Link): BrokerError | null {
  if (away.length === 0) return null;
  return {
    code: 'unreachable',
    message: `${away.length} of ${away.length + clients.length} masters of the cluster cannot be reached: ${away.join(', ')}`,
    next: 'start it again, or let a replica take over; its queues are missing here',
  };
}

const refusalOf = ({ stream, groups }: StreamRead): Error | null =>
  stream instanceof Error ? stream : groups instanceof Error ? groups : null;

/** @param answers one for each queue */
function deniedError(answers: readonly unknown[]): BrokerError | null {
  const denied = answers.filter(isDenied).length;
  if (denied === 0) return null;
  return {
    code: 'denied',
    message: `the user may not read ${denied} of ${answers.length} queues`,
    next: 'allow their keys to the user (ACL SETUSER … ~pattern), or leave them out of the connection',
  };
}
