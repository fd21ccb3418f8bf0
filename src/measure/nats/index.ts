import type { NatsConnection } from '@nats-io/transport-node';
import type { BrokerConfig } from '../../model/brokerUrl';
import { sameNamespace, type QueueName } from '../../model/identity';
import type { BrokerError, QueueReading } from '../../model/sweep';
import type { OpenSource, Source, SourceOptions, SourceReading, SweepRequest } from '../source';
import { within } from '../within';
import type { StreamRead } from './api';
import { connectTo } from './connection';
import { isDenied, natsError } from './errors';
import { readByApi, type NatsRead } from './jetStream';
import { Monitoring } from './monitoring';
import { notApplicable, streamRows, wantedRows } from './rows';

/**
 * Streams and consumers of one NATS account, by its monitoring page where one is named, else by the lists of the
 * JetStream API. Connects on the first sweep.
 */
export const open: OpenSource = (config, options) => new NatsSource(config, options);

interface Answer extends NatsRead {
  requests: number;
  bytes: number;
}

class NatsSource implements Source {
  private connection: NatsConnection | null = null;
  private monitoring: Monitoring | null = null;
  private closed = false;
  private told = '';
  private readonly wanted: readonly QueueName[] | null;

  constructor(
    readonly config: BrokerConfig,
    private readonly options: SourceOptions,
  ) {
    this.wanted = options.wanted?.filter(({ broker }) => broker === config.name) ?? null;
  }

  async sweep(request: SweepRequest): Promise<SourceReading> {
    const began = performance.now();
    const read = (await this.byPage(request)) ?? (await this.byApi(request));
    const { name, system, url } = this.config;
    const error = deniedError(read.streams);
    return {
      broker: {
        ...{ name, system, url, state: error ? 'partial' : 'ok', error, pressure: [], alarms: [] },
        roundTripSeconds: read.roundTripSeconds,
        notApplicable: [...notApplicable],
        sweep: { seconds: (performance.now() - began) / 1000, requests: read.requests, bytes: read.bytes },
      },
      queues: this.rows(read, read.now ?? request.at),
      stages: [],
      steps: [],
    };
  }

  async close(): Promise<void> {
    this.closed = true;
    this.monitoring?.close();
    await this.disconnect();
  }

  /** Null where no page is named, or it does not tell all: the API then does. */
  private async byPage({ callTimeoutMs, signal }: SweepRequest): Promise<Answer | null> {
    if (this.config.monitoring === null) return null;
    this.monitoring ??= new Monitoring(this.config.monitoring);
    const { requests, bytes } = this.monitoring;
    try {
      const read = await this.monitoring.read(this.config.path || null, callTimeoutMs, signal);
      return { ...read, requests: this.monitoring.requests - requests, bytes: this.monitoring.bytes - bytes };
    } catch (error) {
      if (signal.aborted) throw error;
      const { message, next } = natsError(error);
      this.say(`the JetStream API is asked instead of the monitoring page: ${message}; ${next}`);
      return null;
    }
  }

  private async byApi({ callTimeoutMs, signal }: SweepRequest): Promise<Answer> {
    const connection = await this.connected(callTimeoutMs, signal);
    const before = connection.stats();
    const wanted = this.wanted && new Set(this.wanted.map(({ destination }) => destination));
    try {
      const read = await within(readByApi(connection, callTimeoutMs, wanted), 2 * callTimeoutMs, signal, 'no answer');
      const after = connection.stats();
      return { ...read, requests: after.outMsgs - before.outMsgs, bytes: after.inBytes - before.inBytes };
    } catch (error) {
      // Replies may still be under way on this connection: the next sweep begins with a new one.
      await this.disconnect();
      throw natsError((await connection.closed()) ?? error);
    }
  }

  private async connected(timeoutMs: number, signal: AbortSignal): Promise<NatsConnection> {
    if (this.connection && !this.connection.isClosed()) return this.connection;
    const connection = await connectTo(this.config, timeoutMs, signal);
    // Closed while the connection was being made: nobody else would end it.
    if (this.closed) await connection.close();
    else this.connection = connection;
    return connection;
  }

  private async disconnect(): Promise<void> {
    const { connection } = this;
    this.connection = null;
    await connection?.close().catch(() => undefined);
  }

  private rows({ streams, domain }: NatsRead, now: number): QueueReading[] {
    const place = { broker: this.config.name, domain };
    const rows = streams.flatMap((read) => streamRows(place, read, now));
    if (!this.wanted) return rows;
    const here = this.wanted.filter(({ namespace }) => namespace == null || sameNamespace(namespace, domain));
    return wantedRows(place, here, rows);
  }

  /** Once, until there is something else to say. */
  private say(text: string): void {
    if (text !== this.told) this.options.log('info', text);
    this.told = text;
  }
}

function deniedError(streams: readonly StreamRead[]): BrokerError | null {
  const denied = streams.filter(({ consumers }) => consumers instanceof Error && isDenied(consumers)).length;
  if (denied === 0) return null;
  return {
    code: 'denied',
    message: `the user may not list the consumers of ${denied} of ${streams.length} streams`,
    next: 'allow the user to publish to $JS.API.CONSUMER.LIST.>',
  };
}
