/** The few inner parts of kafkajs 2.2.4 that carry our requests; its public clients can write, these are only asked to send. */
declare module 'kafkajs/src/network/connectionPool' {
  import type { Socket } from 'node:net';
  import type { ConnectionOptions } from 'node:tls';
  import type { Logger, SASLOptions } from 'kafkajs';

  export interface RequestQueue {
    pending: unknown[];
    throttledUntil: number;
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    checkPendingRequests(): void;
    scheduleCheckPendingRequests(): void;
  }
  export interface Connection {
    socket?: Socket;
    requestQueue: RequestQueue;
    /** Bytes of the answer that is being received, as it announces them. */
    bytesNeeded: number;
    /** Called with each piece that the socket receives. */
    processData(piece: Buffer): void;
  }
  export interface ProtocolRequest<T> {
    request: {
      apiKey: number;
      apiVersion: number;
      apiName: string;
      encode(): Promise<{ buf: Buffer; buffer: Buffer }>;
    };
    response: { decode(payload: Buffer): Promise<T>; parse(decoded: T): Promise<T> };
    logResponseError: boolean;
  }
  export default class ConnectionPool {
    constructor(options: {
      host: string;
      port: number;
      clientId: string;
      logger: Logger;
      socketFactory: unknown;
      connectionTimeout: number;
      requestTimeout: number;
      enforceRequestTimeout: boolean;
      ssl: ConnectionOptions | null;
      sasl: SASLOptions | null;
    });
    readonly pool: Connection[];
    send<T>(request: ProtocolRequest<T>): Promise<T>;
  }
}
declare module 'kafkajs/src/broker' {
  import type { Logger } from 'kafkajs';
  import type ConnectionPool from 'kafkajs/src/network/connectionPool';

  export default class Broker {
    constructor(options: { connectionPool: ConnectionPool; logger: Logger; authenticationTimeout: number });
    versions: Record<number, { minVersion: number; maxVersion: number }> | null;
    isConnected(): boolean;
    connect(): Promise<void>;
  }
}
declare module 'kafkajs/src/network/socketFactory' {
  export default function socketFactory(): unknown;
}
declare module 'kafkajs/src/loggers' {
  import type { Logger, logCreator } from 'kafkajs';
  export const LEVELS: { INFO: number };
  export function createLogger(options: { level: number; logCreator: logCreator }): Logger;
}
