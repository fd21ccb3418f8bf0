import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { faultsProxy } from '../faultsProxy';
import { redisCli, redisReaderRules, startRedis } from '../redis';
import { folder, runFolder } from '../tools';
import { backlog, group, queue, readCertificate, secret, type Subject } from './subject';

/** A Redis that keeps what it has over a restart, with a stream whose group has read nothing. */
export async function redisSubject(): Promise<Subject> {
  const home = await mkdtemp(path.join(folder(runFolder), 'redis-kept-'));
  const kept = ['--dir', home, '--appendonly', 'yes', '--requirepass', 'right'];
  let server = await startRedis(kept);
  const port = Number(new URL(server.url).port);
  const empty = await startRedis(['--requirepass', 'right']);
  const write = (...command: string[]) => redisCli(server, '-a', 'right', '--no-auth-warning', ...command);
  await write('xgroup', 'create', queue, group, '0', 'mkstream');
  for (let i = 0; i < backlog; i++) await write('xadd', queue, '*', 'n', `${i}`);
  await write('xgroup', 'create', secret, group, '0', 'mkstream');
  await write('acl', 'setuser', 'some', 'on', '>right', `~${queue}`, ...redisReaderRules);
  const proxy = await faultsProxy(port);
  return {
    proxy,
    url: (at, { secure, login = 'right' } = {}) =>
      secure === undefined ? `redis://:${login}@127.0.0.1:${at}` : `rediss://:${login}@127.0.0.1:${at}?ca=${secure}`,
    wanted: { destination: queue, group },
    secured: async (certificate) => ({ tls: await readCertificate(certificate) }),
    restart: async () => {
      await server.stop();
      return {
        back: async () => {
          server = await startRedis(kept, { port });
        },
      };
    },
    limited: { url: (at) => `redis://some:right@127.0.0.1:${at}`, wanted: null, told: ['partial', 'denied'], rows: 1 },
    empty: () => Promise.resolve({ port: Number(new URL(empty.url).port) }),
    stop: async () => {
      await Promise.all([proxy.refuse(), server.stop(), empty.stop()]);
    },
  };
}
