import { InvalidArgumentError } from 'commander';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { contentTypes, exposition, formatFor } from '../measure/openMetrics';
import type { Sweep } from '../model/sweep';
import { UsageError } from './usage';

/** Where a server of ours waits for calls. */
export interface ListenAddress {
  host: string;
  port: number;
}

/** This machine only, unless another address is named. */
const loopback = '127.0.0.1';
export const defaultListenAddress = `${loopback}:9464`;

/** `127.0.0.1:9464`, `[::1]:9464`, or only a port. */
export function listenAddress(text: string): ListenAddress {
  const match = /^(?:(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*)):)?(\d+)$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || !(port <= 65_535)) throw new InvalidArgumentError(`"${text}" is no host:port, such as 127.0.0.1:9464`);
  const host = match[1] ?? match[2] ?? '';
  return { host: host === '' ? loopback : host, port };
}

/** The latest figures at /metrics, for Prometheus to scrape. */
export interface MetricsServer {
  /** Where it can be read. */
  readonly url: string;
  /** Offers this sweep from now on; before the first one the page answers 503. */
  show(sweep: Sweep): void;
  /** Ends it with every connection. */
  close(): Promise<void>;
}

/** @throws {UsageError} when the address is taken or not this machine's */
export function listen({ host, port }: ListenAddress): Promise<MetricsServer> {
  let latest: Sweep | null = null;
  const server = createServer((request, response) => answer(request, response, latest));
  return new Promise((resolve, reject) => {
    const shown = host.includes(':') ? `[${host}]` : host;
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message;
      reject(new UsageError(`--listen: ${shown}:${port}: ${why}`));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        url: `http://${shown}:${typeof address === 'object' && address ? address.port : port}/metrics`,
        show: (sweep) => {
          latest = sweep;
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function answer({ url, method, headers }: IncomingMessage, response: ServerResponse, sweep: Sweep | null): void {
  const say = (status: number, text: string, type = 'text/plain; charset=utf-8') => {
    response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' });
    response.end(method === 'HEAD' ? undefined : text);
  };
  if (method !== 'GET' && method !== 'HEAD') say(405, 'This page is only read.\n');
  else if (url?.split('?')[0] !== '/metrics') say(404, 'The figures are at /metrics.\n');
  else if (!sweep) say(503, 'Nothing has been read yet.\n');
  else {
    const format = formatFor(headers.accept);
    say(200, exposition(sweep, format), contentTypes[format]);
  }
}
