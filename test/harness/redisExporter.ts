import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { freePorts, start } from './process';
import { everythingRequired, folder, run, runFolder, settingUp, toolsFolder, which, type Need } from './tools';

const name = 'prometheus-redis-exporter';

/** The program: the machine's own, else Debian's, unpacked. */
export async function redisExporterProgram(): Promise<Need<string>> {
  const own = which(name);
  if (own) return { ok: true, value: own };
  const target = path.join(toolsFolder, name);
  const program = path.join(target, 'usr/bin', name);
  if (existsSync(program)) return { ok: true, value: program };
  settingUp(`${name} from Debian’s packages`);
  const staging = mkdtempSync(path.join(folder(toolsFolder), `${name}-`));
  try {
    await run('apt-get', ['download', '-q', name], { cwd: staging });
    for (const file of readdirSync(staging)) await run('dpkg', ['-x', path.join(staging, file), staging]);
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // A run side by side was faster: its copy is as good as ours.
    if (existsSync(program)) return { ok: true, value: program };
    if (everythingRequired) throw error;
    return { ok: false, reason: `${name} could not be had: ${String(error)}` };
  }
  return { ok: true, value: program };
}

/**
 * Starts one beside a Redis, on a free port of loopback.
 * @param streams their keys, which it tells of
 * @returns host:port of its page
 */
export async function startRedisExporter(program: string, redis: string, streams: readonly string[]) {
  const [port = 0] = await freePorts(1);
  const home = await mkdtemp(path.join(folder(runFolder), 'redis-exporter-'));
  const address = `127.0.0.1:${port}`;
  const server = await start({
    command: program,
    args: [
      ...[`-redis.addr=${redis}`, `-web.listen-address=${address}`],
      `-check-single-streams=${streams.map((stream) => `db0=${encodeURIComponent(stream)}`).join(',')}`,
    ],
    log: path.join(home, 'server.log'),
    ready: async () => (await fetch(`http://${address}/metrics`)).ok,
  });
  return { address, stop: () => server.stop() };
}
