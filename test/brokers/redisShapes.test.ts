import { Cluster, Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/measure/redis';
import type { Source, SourceReading, WantedQueue } from '../../src/measure/source';
import { parseBrokerUrl } from '../../src/model/brokerUrl';
import { describeWith } from '../harness/need';
import { everyVerb } from '../harness/everyVerb';
import { until } from '../harness/process';
import { redisCli, redisReaderRules, type RedisServer } from '../harness/redis';
import { startRedisCluster, startRedisSentinel } from '../harness/redisShapes';

const sources: Source[] = [];
const opened = (url: string, wanted: WantedQueue[] | null = null) => {
  const source = open(parseBrokerUrl(url), { wanted, log: () => undefined });
  sources.push(source);
  return source;
};
const sweep = (source: Source): Promise<SourceReading> =>
  source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs: 5000 });
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
});

/** The same work on whatever shape: streams whose keys lie in different slots, and queues of jobs. */
async function fill(writer: Redis | Cluster) {
  for (let i = 0; i < 12; i++) {
    await writer.xgroup('CREATE', `orders:${i}`, 'billing', '0', 'MKSTREAM');
    for (let n = 0; n < i; n++) await writer.xadd(`orders:${i}`, '*', 'n', n);
    await writer.xreadgroup('GROUP', 'billing', 'worker', 'COUNT', 2, 'STREAMS', `orders:${i}`, '>');
  }
  await writer.hset('{bull}:mail:meta', 'version', 'bullmq:6.7.0');
  await writer.rpush('{bull}:mail:wait', '1', '2', '3');
  await writer.hset('{bull}:mail:3', 'timestamp', Date.now() - 5000, 'opts', '{}');
}
const expected = [
  ['{bull}:mail', 3, 3],
  ...Array.from({ length: 12 }, (_, i) => [`orders:${i}`, i, Math.max(0, i - 2)]),
].sort();
const figuresOf = ({ queues }: SourceReading) =>
  queues.map(({ destination, backlog, waiting }) => [destination, backlog, waiting]).sort();

describeWith(['redis'], 'A Redis Cluster of three masters', () => {
  let nodes: RedisServer[] = [];
  let url: string;
  beforeAll(async () => {
    nodes = await startRedisCluster();
    url = `redis+cluster://${new URL(nodes[0]!.url).host}`;
    const ports = nodes.map((node) => ({ host: '127.0.0.1', port: Number(new URL(node.url).port) }));
    const writer = new Cluster(ports);
    await fill(writer);
    await writer.quit();
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  });

  it('has the rows that a single server has, from keys on every master', async () => {
    for (const node of nodes) expect(Number(await redisCli(node, 'dbsize'))).toBeGreaterThan(0);
    const reading = await sweep(opened(url));
    expect(figuresOf(reading)).toEqual(expected);
    expect(reading.broker).toMatchObject({ state: 'ok', error: null });
    const mail = reading.queues.find(({ destination }) => destination === '{bull}:mail');
    expect(mail?.ageSeconds).toBeGreaterThanOrEqual(5);
    const wanted = ['orders:3', 'orders:8', 'typo'].map((destination) => ({ broker: 'redis', destination }));
    expect(figuresOf(await sweep(opened(url, wanted)))).toEqual([
      ['orders:3', 3, 1],
      ['orders:8', 8, 6],
      ['typo', null, null],
    ]);
  });

  it('is read whole by a user who may only read, and is changed by nothing', async () => {
    const rules = ['on', '>secret', '~*', ...redisReaderRules, '+cluster|slots'];
    for (const node of nodes) await redisCli(node, 'acl', 'setuser', 'reader', ...rules);
    const state = () => Promise.all(nodes.map((node) => redisCli(node, 'debug', 'digest')));
    const before = await state();
    const reading = await sweep(opened(url.replace('//', '//reader:secret@')));
    expect(figuresOf(reading)).toEqual(expected);
    expect(reading.broker.error).toBeNull();
    for (const { queues } of (await everyVerb(url.replace('//', '//reader:secret@'))).sweeps)
      expect(queues).toHaveLength(expected.length);
    expect(await state()).toEqual(before);
    for (const node of nodes) expect(await redisCli(node, 'acl', 'log')).toBe('');
  });

  it('says how to name it to who asks one of its nodes as a single server', async () => {
    const next = expect.stringContaining('redis+cluster://') as string;
    const failure = { code: 'wrong-system', message: expect.stringContaining('this is a cluster') as string, next };
    await expect(sweep(opened(nodes[1]!.url))).rejects.toMatchObject(failure);
    // A user who may not ask INFO hears it from the keys.
    await redisCli(nodes[1]!, 'acl', 'setuser', 'blind', 'on', '>pw', '~*', '-@all', '+ping', '+type', '+xinfo');
    const elsewhere = Array.from({ length: 12 }, (_, i) => ({
      broker: 'redis',
      destination: `orders:${i}`,
      group: 'x',
    }));
    const blind = opened(nodes[1]!.url.replace('//', '//blind:pw@'), elsewhere);
    await expect(sweep(blind)).rejects.toMatchObject(failure);
  });

  it('keeps the rows of the masters that live when one is killed, and says which is away', async () => {
    const source = opened(url);
    await sweep(source);
    const dead = nodes[2]!;
    process.kill(dead.pid!, 'SIGKILL');
    let { broker, queues } = await sweep(source).catch(() => sweep(source));
    expect(broker).toMatchObject({
      state: 'partial',
      error: {
        code: 'unreachable',
        message: `1 of 3 masters of the cluster cannot be reached: ${new URL(dead.url).host}`,
      },
    });
    expect(queues.length).toBeGreaterThan(0);
    await until('the cluster has noticed', async () =>
      (await redisCli(nodes[0]!, 'cluster', 'info')).includes('cluster_state:fail'),
    );
    ({ broker, queues } = await sweep(source));
    expect(broker.error?.message).toContain('1 of 3 masters');
    for (const row of queues) expect(row.missing.backlog?.reason ?? '').toMatch(/^CLUSTERDOWN/);
  });
});

describeWith(['redis'], 'A Redis behind sentinels', ({ redis }) => {
  let shape: Awaited<ReturnType<typeof startRedisSentinel>>;
  beforeAll(async () => {
    shape = await startRedisSentinel();
    const writer = new Redis(`${shape.master.url}/2`);
    await fill(writer);
    await writer.quit();
  });
  afterAll(() => shape.stop());

  it('is read at the master that they name, past a sentinel that is away', async () => {
    const reading = await sweep(opened(`redis+sentinel://127.0.0.1:1,${shape.sentinel}/mymaster/2`));
    expect(figuresOf(reading)).toEqual(expected);
    expect(reading.queues[0]).toMatchObject({ namespace: '2', id: expect.stringMatching(/^redis\/2~/) as string });
  });

  it('says that they know no such master, and that none of them answers', async () => {
    await expect(sweep(opened(`redis+sentinel://${shape.sentinel}/nobody`))).rejects.toMatchObject({
      message: expect.stringContaining('no master of that name') as string,
      next: expect.stringContaining('/MASTER') as string,
    });
    await expect(sweep(opened('redis+sentinel://127.0.0.1:1/mymaster'))).rejects.toMatchObject({ code: 'unreachable' });
    await expect(sweep(opened(`redis+sentinel://${shape.sentinel}`))).rejects.toThrow(/by its name/);
  });

  it('is not to be found at a single server that is named as a cluster', async () => {
    await expect(sweep(opened(redis.url.replace('redis:', 'redis+cluster:')))).rejects.toMatchObject({
      code: 'wrong-system',
      next: expect.stringContaining('redis://') as string,
    });
  });
});
