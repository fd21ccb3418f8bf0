import { connect } from 'amqplib';
import { Redis } from 'ioredis';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { startRabbitmq } from '../harness/rabbitmq';
import { startRedis } from '../harness/redis';
import type { Measured } from './measured';
import { atMost, builtProbe, everyRight, numbers } from './probed.mjs';

const perBroker = [70, 70, 60] as const;
const queues = 200;
/** Half an hour at ten seconds, once a day of history is full. */
const sweeps = 180;
const what = `idle side bar, ${perBroker.length} brokers, ${queues} queues`;

/** What the probe prints; megabytes by half an hour. */
interface Seen {
  percent: number;
  grown: { rss: number; inUse: number };
  queues: number;
}

/** What reading and judging costs while nobody acts, over half an hour of replayed time. */
export async function benchIdle(): Promise<Measured[]> {
  const [one, other, rabbitmq] = await Promise.all([startRedis(), startRedis(), startRabbitmq()]);
  try {
    await Promise.all([streams(one.url, perBroker[0]), streams(other.url, perBroker[1])]);
    await declare(rabbitmq.amqp, perBroker[2]);
    const urls = [one.url, other.url, `${rabbitmq.amqp}/?management=${rabbitmq.management}`];
    const configs = urls.map((url, i) => ({ ...parseBrokerUrl(url), name: `broker-${i}` }));
    const program = path.join(import.meta.dirname, 'idle/probe.ts');
    const seen = await builtProbe<Seen>(program, JSON.stringify(configs), `${sweeps}`);
    return [
      everyRight(`${what}: queues judged`, seen.queues, queues),
      atMost(`${what}: % of a core at a sweep every 10 s`, seen.percent, 0.5),
      atMost(`${what}: growth of the memory in use over 30 min of replayed time, MB`, seen.grown.inUse, 0.2),
      atMost(`${what}: growth of RSS meanwhile, MB`, seen.grown.rss, 1),
    ];
  } finally {
    await Promise.all([one.stop(), other.stop(), rabbitmq.stop()]);
  }
}

async function streams(url: string, count: number): Promise<void> {
  const client = new Redis(url);
  for (const i of numbers(count)) {
    await client.xgroup('CREATE', `stream-${i}`, 'workers', '0', 'MKSTREAM');
    await client.xadd(`stream-${i}`, '*', 'value', 'x');
  }
  client.disconnect();
}

async function declare(amqp: string, count: number): Promise<void> {
  const connection = await connect(amqp);
  const channel = await connection.createChannel();
  for (const i of numbers(count)) await channel.assertQueue(`queue-${i}`);
  await connection.close();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchIdle());
