import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts, until } from './process';
import { redisCli, startRedis, type RedisServer } from './redis';
import { folder, runFolder } from './tools';

/** Three masters that share the slots, each a Redis of its own. */
export async function startRedisCluster(): Promise<RedisServer[]> {
  const buses = await freePorts(3);
  const nodes = await Promise.all(
    buses.map((bus) =>
      startRedis([
        ...['--cluster-enabled', 'yes', '--cluster-port', `${bus}`, '--cluster-config-file', 'nodes.conf'],
        ...['--cluster-node-timeout', '2000'],
      ]),
    ),
  );
  const [first] = nodes;
  if (!first) throw new Error('no node');
  const addresses = nodes.map(({ url }) => new URL(url).host);
  await redisCli(first, '--cluster', 'create', ...addresses, '--cluster-yes');
  for (const node of nodes) {
    await until('the node knows the whole cluster', async () =>
      (await redisCli(node, 'cluster', 'info')).includes('cluster_state:ok'),
    );
  }
  return nodes;
}

/** A master, its replica, and a sentinel that calls the master `mymaster`. */
export async function startRedisSentinel(): Promise<{ master: RedisServer; sentinel: string; stop(): Promise<void> }> {
  const master = await startRedis();
  const { port } = new URL(master.url);
  const replica = await startRedis(['--replicaof', '127.0.0.1', port]);
  const home = await mkdtemp(path.join(folder(runFolder), 'sentinel-'));
  const file = path.join(home, 'sentinel.conf');
  await writeFile(
    file,
    `sentinel monitor mymaster 127.0.0.1 ${port} 1\nsentinel down-after-milliseconds mymaster 1000\n`,
  );
  const sentinel = await startRedis(['--sentinel'], { file });
  await until('the sentinel knows the replica', async () =>
    (await redisCli(sentinel, 'sentinel', 'replicas', 'mymaster')).includes(new URL(replica.url).port),
  );
  return {
    master,
    sentinel: new URL(sentinel.url).host,
    stop: async () => {
      await Promise.all([sentinel, replica, master].map((server) => server.stop()));
    },
  };
}
