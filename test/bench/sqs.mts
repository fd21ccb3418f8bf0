import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import pMap from 'p-map';
import { pathToFileURL } from 'node:url';
import type { Sweep } from '../../src/model/sweep';
import { provideElasticmq } from '../harness/elasticmq';
import { pythonTools } from '../harness/pythonTools';
import { run } from '../harness/tools';
import { median, type Measured } from './measured';
import { atMost, compared, everyRight, numbers, probe, secondsOf, sweepByCli } from './probed.mjs';

const queues = 1000;
/** The loop is measured on so many and scaled up: all would take it a quarter of an hour. */
const sampled = 8;
const queueName = (i: number) => `bench-queue-${String(i).padStart(4, '0')}`;
/** The truth, known before anything is read. */
const made = (i: number) => (i % 10 === 0 ? 1 + (i % 7) : 0);
const region = 'us-east-1';
const what = `SQS, ${queues} queues`;

/** Sweeps of an ElasticMQ with 1,000 queues against a loop of AWS' own command. Needs `npm run build`. */
export async function benchSqs(): Promise<Measured[]> {
  const server = await provideElasticmq();
  if (!server.ok) throw new Error(server.reason);
  const { endpoint } = server.value;
  try {
    const aws = (await pythonTools('aws-cli', ['awscli==1.46.2']))('aws');
    const addresses = await fill(endpoint);
    const url = endpoint.replace('http://', `sqs+http://key:secret@`);
    const env = { ...process.env, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_PAGER: '' };
    const ask = (address: string) =>
      run(
        aws,
        ['sqs', 'get-queue-attributes', '--attribute-names', 'All', '--queue-url', address].concat([
          '--endpoint-url',
          endpoint,
          '--region',
          region,
        ]),
        { env },
      );
    const { costs } = await probe(url, 5);
    const loop = await secondsOf(async () => {
      for (const address of addresses.slice(0, sampled)) await ask(address);
    });
    const seconds = median(costs.map((cost) => cost.seconds));
    return [
      compared(
        `${what}: a sweep, s (peer: a loop of aws sqs get-queue-attributes, ${sampled} queues measured and scaled)`,
        ...([seconds, (loop * queues) / sampled, 50] as const),
      ),
      everyRight(`${what}: rows right`, rightRows(await sweepByCli(url)), queues),
      atMost(`${what}: calls a sweep`, Math.max(...costs.map(({ requests }) => requests)), queues + 2, 'must'),
      atMost(
        `${what}: longest pause of the event loop, later sweeps, ms`,
        ...([Math.max(...costs.slice(1).map(({ blockMs }) => blockMs)), 30] as const),
      ),
    ];
  } finally {
    await server.value.stop();
  }
}

/** @returns the addresses of the queues */
async function fill(endpoint: string): Promise<string[]> {
  const client = new SQSClient({ endpoint, region, credentials: { accessKeyId: 'key', secretAccessKey: 'secret' } });
  const one = async (i: number) => {
    const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: queueName(i) }));
    const Entries = numbers(made(i)).map((n) => ({ Id: `${n}`, MessageBody: 'x' }));
    if (Entries.length > 0) await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    return QueueUrl;
  };
  try {
    return await pMap(numbers(queues), one, { concurrency: 16 });
  } finally {
    client.destroy();
  }
}

function rightRows({ queues: rows }: Sweep): number {
  const found = new Map(rows.map((row) => [row.destination, row]));
  return numbers(queues).filter((i) => {
    const row = found.get(queueName(i));
    return row?.backlog === made(i) && row.waiting === made(i) && row.inFlight === 0 && row.delayed === 0;
  }).length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchSqs());
