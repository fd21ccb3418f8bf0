import { parsePipelineFile } from '../../../src/model/pipelineFile';
import { faultsProxy } from '../faultsProxy';
import { startPrometheus } from '../prometheus';
import { backlog, queue, readCertificate, type Subject } from './subject';

/** The only user that is let in, and his password as bcrypt. */
const user = {
  name: 'reader',
  password: 's@fe',
  bcrypt: '$2b$04$UygFJsaesBPPupELYtyJCu28SBSxKu8yKG9ECMZ5zomIbNtk//5Au',
};

/** A Prometheus that has seen a queue for an hour. */
export async function prometheusSubject(): Promise<Subject> {
  const now = Math.floor(Date.now() / 1000);
  const samples = Array.from({ length: 240 }, (_, i) => `depth ${backlog} ${now - 3600 + (i + 1) * 15}`);
  // What it has seen last serves for five minutes; the suite is over by then.
  const past = `# TYPE depth gauge\n${samples.join('\n')}\n# EOF\n`;
  let server = await startPrometheus({ past, user });
  const empty = await startPrometheus({ user });
  const proxy = await faultsProxy(server.place.port);
  return {
    proxy,
    url: (at, { secure, login = 's%40fe' } = {}) =>
      secure === undefined
        ? `prometheus+http://reader:${login}@127.0.0.1:${at}`
        : `prometheus+https://reader:${login}@127.0.0.1:${at}?ca=${secure}`,
    pipeline: (url, name) => {
      const consumes = `[{ broker: ${name}, destination: ${queue}, backlog: depth }]`;
      const { pipeline, problems } = parsePipelineFile(
        `brokers: { ${name}: { url: "${url}" } }\nstages: { reader: { consumes: ${consumes} } }\n`,
        {},
      );
      if (!pipeline) throw new Error(JSON.stringify(problems));
      return pipeline;
    },
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
    limited: 'who may ask a Prometheus may ask for everything',
    empty: () => Promise.resolve({ port: empty.place.port }),
    stop: async () => {
      await Promise.all([proxy.refuse(), server.stop(), empty.stop()]);
    },
  };
}
