import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What is answered in place of the server. */
export interface Refusal {
  status: number;
  type: string;
  body: string;
}

export interface Gateway {
  port: number;
  close(): Promise<void>;
}

/**
 * A way to an HTTP server of loopback by which some requests are refused, as one does that asks who may see what.
 * @param refuses by path with query, and body; null: it goes through
 */
export async function startGateway(
  target: number,
  refuses: (path: string, body: string) => Refusal | null,
): Promise<Gateway> {
  const server = createServer((incoming, outgoing) => {
    void text(incoming).then((body) => {
      const { url = '/', method = 'GET', headers } = incoming;
      const refused = refuses(url, body);
      if (refused) {
        outgoing.writeHead(refused.status, { 'content-type': refused.type }).end(refused.body);
        return;
      }
      const passed = forward({ host: '127.0.0.1', port: target, path: url, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy()).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
