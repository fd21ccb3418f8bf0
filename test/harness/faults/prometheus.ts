import type { Pipeline } from '../../../src/model/pipeline';
import { parsePipelineFile } from '../../../src/model/pipelineFile';
import { faultsProxy } from '../faultsProxy';
import { startGateway } from '../gateway';
import { startPrometheus } from '../prometheus';
import { backlog, queue, readCertificate, secret, type Subject } from './subject';

/** The only user that is let in, and his password as bcrypt. */
const user = {
  name: 'reader',
  password: 's@fe',
  bcrypt: '$2b$04$UygFJsaesBPPupELYtyJCu28SBSxKu8yKG9ECMZ5zomIbNtk//5Au',
};

/** Asks for the queue and for the secret one. */
export function pipelineAsking(url: string, name: string): Pipeline {
  const asked = [
    { destination: queue, backlog: 'depth' },
    { destination: secret, backlog: 'secret_depth' },
  ];
  const consumes = asked.map(
    (queue) => `{ broker: ${name}, destination: ${queue.destination}, backlog: ${queue.backlog} }`,
  );
  const { pipeline, problems } = parsePipelineFile(
    `brokers: { ${name}: { url: "${url}" } }\nstages: { reader: { consumes: [${consumes.join()}] } }\n`,
    {},
  );
  if (!pipeline) throw new Error(JSON.stringify(problems));
  return pipeline;
}

/** A Prometheus that has seen a queue for an hour. */
export async function prometheusSubject(): Promise<Subject> {
  const now = Math.floor(Date.now() / 1000);
  const samples = Array.from({ length: 240 }, (_, i) => `depth ${backlog} ${now - 3600 + (i + 1) * 15}`);
  // What it has seen last serves for five minutes; the suite is over by then.
  const past = `# TYPE depth gauge\n${samples.join('\n')}\n# EOF\n`;
  let server = await startPrometheus({ past, user });
  const empty = await startPrometheus({ user });
  const proxy = await faultsProxy(server.place.port);
  // What tenants share a Prometheus by lets each ask only for what is its own.
  const gateway = await startGateway(server.place.port, (path) =>
    path.includes('secret_depth') ? { status: 403, type: 'text/plain', body: 'forbidden' } : null,
  );
  return {
    proxy,
    url: (at, { secure, login = 's%40fe' } = {}) =>
      secure === undefined
        ? `prometheus+http://reader:${login}@127.0.0.1:${at}`
        : `prometheus+https://reader:${login}@127.0.0.1:${at}?ca=${secure}`,
    pipeline: pipelineAsking,
    secured: async (certificate) => ({ tls: await readCertificate(certificate) }),
    restart: async () => {
      const { place } = server;
      await server.stop();
      return {
        back: async () => {
          server = await startPrometheus({ place, user });
        },
      };
    },
    limited: {
      url: () => `prometheus+http://reader:s%40fe@127.0.0.1:${gateway.port}`,
      wanted: null,
      // A query is refused, its Prometheus is not.
      told: ['ok', null],
      rows: 1,
    },
    empty: () => Promise.resolve({ port: empty.place.port }),
    stop: async () => {
      await Promise.all([proxy.refuse(), gateway.close(), server.stop(), empty.stop()]);
    },
  };
}
