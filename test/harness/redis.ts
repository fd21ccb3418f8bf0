import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { debianServers } from './debian';
import { freePorts, start } from './process';
import { folder, run, runFolder, type Need } from './tools';

/** What a reader needs, as the documentation lists it. */
export const redisReaderRules =
  '-@all +ping +info +scan +type +xinfo|stream +xinfo|groups +xinfo|consumers +xpending +llen +lindex +zcard +hlen +hget +scard +smembers resetchannels'.split(
    ' ',
  );

/** What a Redis of the tests may be started with. */
export interface RedisOptions {
  /** A configuration file, which a sentinel writes to. */
  file?: string;
  /** Of a server that was stopped, whose place this one takes. */
  port?: number;
}

/** A Redis of the tests. Plain data but for `stop`, so that it can be handed to the workers. */
export interface RedisServer {
  url: string;
  /** How to run redis-cli against it; null where the machine has none. */
  cli: { command: string; args: string[]; env: Record<string, string> } | null;
  /** Null on a server that is not ours. */
  pid: number | null;
  stop(): Promise<void>;
}

/** The Redis of this run: the one named by BACKPRESSURE_TEST_REDIS (a redis: URL), else one of our own. */
export async function provideRedis(): Promise<Need<RedisServer>> {
  const debian = await debianServers();
  const given = process.env.BACKPRESSURE_TEST_REDIS;
  if (given) {
    const cli = debian.ok ? redisCliOf(debian.value, ['-u', given]) : null;
    return { ok: true, value: { url: given, cli, pid: null, stop: () => Promise.resolve() } };
  }
  return debian.ok ? { ok: true, value: await startRedis() } : debian;
}

/**
 * Starts a Redis without persistence on a free port of loopback.
 * @param options further options of redis-server, such as `--requirepass`
 * @throws when it does not come up twice in a row
 */
export async function startRedis(options: string[] = [], place: RedisOptions = {}): Promise<RedisServer> {
  // Another process may have taken the port between asking for it and using it.
  return startOnce(options, place).catch(() => startOnce(options, place));
}

async function startOnce(options: string[], { file, port: taken }: RedisOptions): Promise<RedisServer> {
  const debian = await debianServers();
  if (!debian.ok) throw new Error(debian.reason);
  const port = taken ?? (await freePorts(1))[0] ?? 0;
  const home = await mkdtemp(path.join(folder(runFolder), 'redis-'));
  const cli = redisCliOf(debian.value, ['-h', '127.0.0.1', '-p', `${port}`]);
  const server = await start({
    command: path.join(debian.value.bin, 'redis-server'),
    args: [
      ...(file === undefined ? [] : [file]),
      ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', home],
      // The empty text turns saving off; DEBUG DIGEST is how the tests compare everything before and after.
      ...['--save', '', '--enable-debug-command', 'local', ...options],
    ],
    env: cli.env,
    log: path.join(home, 'server.log'),
    ready: async () => /PONG|NOAUTH/.test(await redisCli({ cli }, 'ping')),
  });
  return { url: `redis://127.0.0.1:${port}`, cli, pid: server.pid, stop: () => server.stop() };
}

const redisCliOf = (debian: { bin: string; libraries: string }, args: string[]) => ({
  command: path.join(debian.bin, 'redis-cli'),
  args,
  env: { LD_LIBRARY_PATH: debian.libraries },
});

/** Runs Redis' own redis-cli. @throws with what it printed when it fails */
export async function redisCli({ cli }: Pick<RedisServer, 'cli'>, ...args: string[]): Promise<string> {
  if (!cli) throw new Error('this machine has no redis-cli');
  const { stdout } = await run(cli.command, [...cli.args, ...args], {
    env: { ...process.env, ...cli.env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.trimEnd();
}
