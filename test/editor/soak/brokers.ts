import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { provideElasticmq } from '../../harness/elasticmq';
import { kafkaSubject } from '../../harness/faults/kafka';
import { natsSubject } from '../../harness/faults/nats';
import { rabbitmqSubject } from '../../harness/faults/rabbitmq';
import { redisSubject } from '../../harness/faults/redis';
import { sqsSubject } from '../../harness/faults/sqs';
import { backlog, queue, type Subject } from '../../harness/faults/subject';
import { faultsProxy } from '../../harness/faultsProxy';
import { provideKafka } from '../../harness/kafka';
import { startPrometheus } from '../../harness/prometheus';
import type { Need } from '../../harness/tools';

/** What a soak needs of a broker. */
export type Soaked = Pick<Subject, 'proxy' | 'url' | 'restart' | 'stop'>;

/** The broker that only a pipeline file asks for something. */
export const asked = 'prometheus';

/** Six real brokers with one queue of the same backlog each. @throws {Error} when one cannot be had */
export async function sixBrokers(): Promise<Record<string, Soaked>> {
  const [kafka, elasticmq] = [must(await provideKafka()), must(await provideElasticmq())];
  return {
    kafka: await withServer(kafkaSubject, kafka),
    rabbitmq: await rabbitmqSubject(),
    redis: await redisSubject(),
    sqs: await withServer(sqsSubject, elasticmq),
    nats: await natsSubject(),
    [asked]: await scrapingPrometheus(),
  };
}

/** The pipeline file that asks Prometheus for the queue. @param url of the way to it */
export const pipelineText = (url: string): string =>
  [
    `brokers: { ${asked}: { url: "${url}" } }`,
    `stages: { reader: { consumes: [{ broker: ${asked}, destination: ${queue}, backlog: depth }] } }\n`,
  ].join('\n');

/** Stops with the subject the server that was started for it. */
async function withServer<T extends { stop(): Promise<void> }>(
  subjectOf: (server: T) => Promise<Subject>,
  server: T,
): Promise<Soaked> {
  const subject = await subjectOf(server);
  return { ...subject, stop: () => Promise.all([subject.stop(), server.stop()]).then(() => undefined) };
}

/** A Prometheus that goes on scraping: what one was only given as its past is told for five minutes. */
async function scrapingPrometheus(): Promise<Soaked> {
  const page = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(`# TYPE depth gauge\ndepth ${backlog}\n`);
  });
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
  const server = await startPrometheus({ scrape: [`127.0.0.1:${(page.address() as AddressInfo).port}`] });
  const proxy = await faultsProxy(server.place.port);
  return {
    proxy,
    url: (port) => `prometheus+http://127.0.0.1:${port}`,
    stop: async () => {
      page.closeAllConnections();
      await Promise.all([proxy.refuse(), server.stop(), new Promise((resolve) => page.close(resolve))]);
    },
  };
}

function must<T>(need: Need<T>): T {
  if (!need.ok) throw new Error(need.reason);
  return need.value;
}
