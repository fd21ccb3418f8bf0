import { Redis } from 'ioredis';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { Sweep } from '../../src/model/sweep';
import { redisCli, startRedis, type RedisServer } from '../harness/redis';
import { median, type Measured } from './measured';
import { atMost, compared, everyRight, numbers, probe, secondsOf, sweepByCli, type Probe } from './probed.mjs';

const streams = 10_000;
/** Every so-many-th has an entry that was handed out. */
const handedOut = 100;
const rounds = 3;
/** A call per key is measured on so many and scaled up. */
const sampled = 100;
const streamName = (i: number) => `bench-stream-${String(i).padStart(5, '0')}`;
const what = `Redis, ${streams} streams with a group`;

/** Sweeps of a Redis with 10,000 streams against redis-cli, fed all commands or started for each key. Needs `npm run build`. */
export async function benchRedis(): Promise<Measured[]> {
  const server = await startRedis();
  try {
    await fill(server);
    const commands = numbers(streams).flatMap((i) => [
      `XINFO STREAM ${streamName(i)}`,
      `XINFO GROUPS ${streamName(i)}`,
    ]);
    const [probes, fed]: [Probe[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      probes.push(await probe(server.url, 3));
      fed.push(await secondsOf(() => feed(server, commands)));
    }
    const perKey = await secondsOf(async () => {
      for (const i of numbers(sampled)) {
        await redisCli(server, 'xinfo', 'stream', streamName(i));
        await redisCli(server, 'xinfo', 'groups', streamName(i));
      }
    });
    const seconds = median(probes.flatMap(({ costs }) => costs.map((cost) => cost.seconds)));
    const pauses = (of: (costs: Probe['costs']) => Probe['costs']) =>
      median(probes.map(({ costs }) => Math.max(...of(costs).map(({ blockMs }) => blockMs))));
    const groups = await feed(
      server,
      numbers(streams).map((i) => `XINFO GROUPS ${streamName(i)}`),
    );
    return [
      compared(`${what}: a sweep, s (peer: one redis-cli fed all commands)`, seconds, median(fed), 1.5),
      compared(
        `${what}: a sweep, s (peer: two redis-cli a key, ${sampled} keys measured and scaled)`,
        ...([seconds, (perKey * streams) / sampled, 100] as const),
      ),
      everyRight(`${what}: rows right`, rightRows(await sweepByCli(server.url), groups), streams),
      atMost(
        `${what}: longest pause of the event loop, first sweep, ms`,
        pauses((costs) => costs.slice(0, 1)),
        30,
      ),
      atMost(
        `${what}: longest pause of the event loop, later sweeps, ms`,
        pauses((costs) => costs.slice(1)),
        30,
      ),
    ];
  } finally {
    await server.stop();
  }
}

async function fill({ url }: RedisServer): Promise<void> {
  const client = new Redis(url);
  try {
    const pipe = client.pipeline();
    for (const i of numbers(streams)) {
      pipe.xgroup('CREATE', streamName(i), 'workers', '0', 'MKSTREAM');
      for (let entry = 0; entry <= i % 5; entry++) pipe.xadd(streamName(i), '*', 'value', 'x');
      if (i % handedOut === 0) pipe.xreadgroup('GROUP', 'workers', 'worker', 'COUNT', 1, 'STREAMS', streamName(i), '>');
    }
    const failed = (await pipe.exec())?.find(([error]) => error);
    if (failed?.[0]) throw failed[0];
  } finally {
    client.disconnect();
  }
}

/** What one redis-cli answers to commands at its input. */
async function feed({ cli }: RedisServer, commands: readonly string[]): Promise<string> {
  if (!cli) throw new Error('this machine has no redis-cli');
  const child = spawn(cli.command, cli.args, {
    env: { ...process.env, ...cli.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdin.end(`${commands.join('\n')}\n`);
  await once(child, 'close');
  return said;
}

/** Rows with the figures that redis-cli tells of the groups, one stream after the other. */
function rightRows(sweep: Sweep, groups: string): number {
  const told = (field: string) =>
    [...groups.matchAll(new RegExp(`^${field}\n(\\d+)$`, 'gm'))].map(([, n]) => Number(n));
  const [consumers, pending, lag] = [told('consumers'), told('pending'), told('lag')];
  const rows = new Map(sweep.queues.map((row) => [row.destination, row]));
  return numbers(streams).filter((i) => {
    const row = rows.get(streamName(i));
    return (
      row?.group === 'workers' &&
      row.waiting === lag[i] &&
      row.inFlight === pending[i] &&
      row.consumers === consumers[i] &&
      row.backlog === (lag[i] ?? NaN) + (pending[i] ?? NaN)
    );
  }).length;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await benchRedis());
