import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { faultsProxy } from '../faultsProxy';
import { pipelineAsking } from './prometheus';
import { backlog, readCertificate, type Subject } from './subject';

const authorization = `Basic ${Buffer.from('reader:s@fe').toString('base64')}`;

/** An application that counts what waits on its page of metrics, and another one that has nothing to count yet. */
export async function metricsSubject(): Promise<Subject> {
  let server = await serve(`# TYPE depth gauge\ndepth ${backlog}\n`);
  const empty = await serve('# TYPE other gauge\nother 1\n');
  const port = portOf(server);
  const proxy = await faultsProxy(port);
  return {
    proxy,
    url: (at, { secure, login = 's%40fe' } = {}) =>
      secure === undefined
        ? `metrics+http://reader:${login}@127.0.0.1:${at}/metrics`
        : `metrics+https://reader:${login}@127.0.0.1:${at}/metrics?ca=${secure}`,
    pipeline: pipelineAsking,
    secured: async (certificate) => ({ tls: await readCertificate(certificate) }),
    restart: async () => {
      await end(server);
      return {
        back: async () => {
          server = await serve(`# TYPE depth gauge\ndepth ${backlog}\n`, port);
        },
      };
    },
    empty: () => Promise.resolve({ port: portOf(empty) }),
    stop: async () => {
      await Promise.all([proxy.refuse(), end(server), end(empty)]);
    },
  };
}

async function serve(page: string, port = 0): Promise<Server> {
  const server = createServer(({ headers }, response) => {
    if (headers.authorization !== authorization) response.writeHead(401).end();
    else response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

function end(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
