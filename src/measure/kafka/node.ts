import type { ConnectionOptions } from 'node:tls';
import type { Logger, SASLOptions } from 'kafkajs';
import Broker from 'kafkajs/src/broker';
import ConnectionPool, { type Connection, type RequestQueue } from 'kafkajs/src/network/connectionPool';
import socketFactory from 'kafkajs/src/network/socketFactory';
import { longestAnswer, tooLong } from '../inflow';
import { Reader, Writer } from './bytes';
import type { Call, Versions } from './wire';

/** How every connection to one cluster is made. */
export interface ConnectionSettings {
  tls: ConnectionOptions | null;
  sasl: SASLOptions | null;
  logger: Logger;
}

/** Ends kafkajs' own waiting where our deadline, which every call has, somehow did not. */
const backstopMs = 60_000;

/** One connection that kafkajs opens and authenticates. */
interface Link {
  pool: ConnectionPool;
  broker: Broker;
}

/** One broker of a cluster, reached over one connection at a time. */
export class Node {
  /** It has answered a request of ours, so it is a Kafka that let us in. */
  hasAnswered = false;
  private link: Link | null = null;
  private second: Node | null = null;
  private connecting: Promise<void> | null = null;

  constructor(
    readonly host: string,
    readonly port: number,
    private readonly settings: ConnectionSettings,
  ) {}

  /** What the broker offers; empty before the first connection. */
  get versions(): Versions {
    return this.link?.broker.versions ?? {};
  }

  /** The same broker over a connection of its own: it answers the requests of one connection one after the other. */
  get beside(): Node {
    return (this.second ??= new Node(this.host, this.port, this.settings));
  }

  get connected(): boolean {
    return this.link?.broker.isConnected() ?? false;
  }

  /** Connects and authenticates unless that is done or under way. @throws kafkajs' own errors */
  async connect(): Promise<void> {
    // kafkajs calls a connection open before it knows what the broker offers.
    if (this.connected && this.connecting === null) return;
    this.connecting ??= this.open().finally(() => (this.connecting = null));
    await this.connecting;
  }

  private async open(): Promise<void> {
    this.drop();
    // Never the old one again: kafkajs would take half an answer left in it for the beginning of the next.
    this.link = newLink(this.host, this.port, this.settings);
    await this.link.broker.connect();
  }

  /** @returns the answer and its length in bytes. @throws kafkajs' own errors, RangeError on a cut-off answer, Error before `connect` */
  async send<T>(call: Call<T>): Promise<{ answer: T; bytes: number }> {
    if (!this.link) throw new Error('not connected');
    const answered = await this.link.pool.send({
      request: {
        apiKey: call.apiKey,
        apiVersion: call.version,
        apiName: call.name,
        encode: () => {
          const out = new Writer();
          call.encode(out);
          return Promise.resolve(out);
        },
      },
      response: {
        decode: (payload) => Promise.resolve({ answer: call.decode(new Reader(payload)), bytes: payload.length }),
        parse: (decoded) => Promise.resolve(decoded),
      },
      logResponseError: false,
    });
    this.hasAnswered = true;
    return answered;
  }

  /** Closes the connection at once and rejects what is in flight. kafkajs' own disconnect would wait for the answers. */
  drop(): void {
    this.second?.drop();
    for (const { socket } of this.link?.pool.pool ?? []) socket?.destroy(new Error('closed by us'));
  }
}

function newLink(host: string, port: number, { tls, sasl, logger }: ConnectionSettings): Link {
  const pool = new ConnectionPool({
    host,
    port,
    clientId: 'backpressure-analyzer',
    logger,
    socketFactory: socketFactory(),
    connectionTimeout: backstopMs,
    requestTimeout: backstopMs,
    // It would look at every request ten times a second; our calls have deadlines of their own.
    enforceRequestTimeout: false,
    ssl: tls,
    sasl,
  });
  for (const connection of pool.pool) {
    wakeOnlyWhenThrottled(connection.requestQueue);
    endOnRubbish(connection);
  }
  return { pool, broker: new Broker({ connectionPool: pool, logger, authenticationTimeout: backstopMs }) };
}

/**
 * What is no answer of Kafka makes kafkajs throw where nobody can catch it, and one that announces two gigabytes makes it
 * keep them: both end the connection instead.
 */
function endOnRubbish(connection: Connection): void {
  const process = connection.processData.bind(connection);
  connection.processData = (piece) => {
    try {
      process(piece);
      if (connection.bytesNeeded > longestAnswer)
        throw isForeign(connection.bytesNeeded) ? new Error('closed: it does not speak Kafka') : tooLong();
    } catch (error) {
      connection.socket?.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

/** Is what stands where the length of an answer belongs the beginning of a text, or of a TLS record (RFC 8446, 5.1)? */
function isForeign(bytesNeeded: number): boolean {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(bytesNeeded - head.length);
  return /^[ -~]{4}$|^[\x14-\x17]\x03/.test(head.toString('latin1'));
}

/** kafkajs re-arms a timer of no delay for ever, some 900 wake-ups a second and connection; only a throttled queue needs one. */
function wakeOnlyWhenThrottled(queue: RequestQueue): void {
  queue.scheduleCheckPendingRequests = () => {
    if (queue.pending.length === 0 || queue.throttleCheckTimeoutId) return;
    queue.throttleCheckTimeoutId = setTimeout(
      () => {
        queue.throttleCheckTimeoutId = null;
        queue.checkPendingRequests();
      },
      Math.max(queue.throttledUntil - Date.now(), 10),
    );
  };
}
