import type { ConnectionOptions } from 'node:tls';
import type { Logger, SASLOptions } from 'kafkajs';
import Broker from 'kafkajs/src/broker';
import ConnectionPool, { type RequestQueue } from 'kafkajs/src/network/connectionPool';
import socketFactory from 'kafkajs/src/network/socketFactory';
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

/** One broker of a cluster, reached over one connection that kafkajs opens and authenticates. */
export class Node {
  private readonly pool: ConnectionPool;
  private readonly broker: Broker;

  constructor(
    readonly host: string,
    readonly port: number,
    { tls, sasl, logger }: ConnectionSettings,
  ) {
    this.pool = new ConnectionPool({
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
    for (const { requestQueue } of this.pool.pool) wakeOnlyWhenThrottled(requestQueue);
    this.broker = new Broker({ connectionPool: this.pool, logger, authenticationTimeout: backstopMs });
  }

  /** What the broker offers; empty before the first connection. */
  get versions(): Versions {
    return this.broker.versions ?? {};
  }

  get connected(): boolean {
    return this.broker.isConnected();
  }

  /** Connects and authenticates unless that is done. @throws kafkajs' own errors */
  async connect(): Promise<void> {
    if (!this.connected) await this.broker.connect();
  }

  /** @returns the answer and its length in bytes. @throws kafkajs' own errors, RangeError on a cut-off answer */
  async send<T>(call: Call<T>): Promise<{ answer: T; bytes: number }> {
    return this.pool.send({
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
  }

  /** Closes the connection at once and rejects what is in flight. kafkajs' own disconnect would wait for the answers. */
  drop(): void {
    for (const { socket } of this.pool.pool) socket?.destroy(new Error('closed by us'));
  }
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
