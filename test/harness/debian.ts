import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folder, run, settingUp, toolsFolder, which, type Need } from './tools';

const erlang =
  'asn1 base crypto eldap ftp inets mnesia os-mon parsetools public-key runtime-tools snmp ssl syntax-tools tftp tools xmerl';
const packages = [
  ...['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1', 'nats-server'],
  ...['prometheus', 'rabbitmq-server'],
  ...erlang.split(' ').map((name) => `erlang-${name}`),
];

/** Where the unpacked programs lie. */
export interface DebianServers {
  /** prometheus, promtool; redis-server, redis-cli, to be run with LD_LIBRARY_PATH = `libraries`. */
  bin: string;
  libraries: string;
  /** nats-server. */
  sbin: string;
  /** erl and epmd; to stand first in PATH for the scripts of RabbitMQ. */
  erlangBin: string;
  /** rabbitmq-server, rabbitmqctl. */
  rabbitmqBin: string;
}

let unpacking: Promise<Need<DebianServers>> | undefined;

/** Debian's own servers, unpacked once rather than installed: no root, no service, nothing to undo. */
export const debianServers = (): Promise<Need<DebianServers>> => (unpacking ??= haveServers());

async function haveServers(): Promise<Need<DebianServers>> {
  if (process.platform !== 'linux') return { ok: false, reason: 'Debian packages run on Linux only' };
  const target = path.join(toolsFolder, 'debian');
  // The path counts too: Erlang's start scripts carry it.
  const mark = [target, ...packages].join('\n');
  if (!isComplete(target, mark)) {
    for (const tool of ['apt-get', 'dpkg']) {
      if (!which(tool)) return { ok: false, reason: `no ${tool} to fetch Debian packages with` };
    }
    try {
      await unpack(target, mark);
    } catch (error) {
      return { ok: false, reason: `Debian packages could not be had: ${String(error).split('\n', 2).join(' ')}` };
    }
  }
  return { ok: true, value: locate(target) };
}

const isComplete = (target: string, mark: string) => {
  const file = path.join(target, '.complete');
  return existsSync(file) && readFileSync(file, 'utf8') === mark;
};

/** Unpacks beside the target and renames at the end, so that a run side by side sees all of it or nothing. */
async function unpack(target: string, mark: string): Promise<void> {
  settingUp('Redis, RabbitMQ, NATS and Prometheus from Debian’s packages');
  const staging = mkdtempSync(path.join(folder(toolsFolder), 'debian-'));
  const downloads = folder(staging, 'downloads');
  try {
    await downloadDebian(packages, downloads);
    for (const file of readdirSync(downloads)) await run('dpkg', ['-x', path.join(downloads, file), staging]);
    rmSync(downloads, { recursive: true });
    relocateErlang(staging, target);
    writeFileSync(path.join(staging, '.complete'), mark);
    if (existsSync(target) && !isComplete(target, mark)) rmSync(target, { recursive: true });
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // A run side by side was faster: its copy is as good as ours.
    if (!isComplete(target, mark)) throw error;
  }
}

/** Fetches packages of Debian into a folder. @throws when one cannot be had */
export async function downloadDebian(names: readonly string[], into: string): Promise<void> {
  const fetch = () => run('apt-get', ['download', '-q', ...names], { cwd: into });
  try {
    await fetch();
  } catch (error) {
    // A fresh machine has no package lists yet; only root may fetch them.
    if (process.getuid?.() !== 0) throw error;
    await run('apt-get', ['update', '-q']);
    await fetch();
  }
}

/** Debian writes its own path into Erlang's start scripts. */
function relocateErlang(staging: string, target: string): void {
  const home = path.join(staging, 'usr/lib/erlang');
  for (const bin of [path.join(home, 'bin'), path.join(home, erts(home), 'bin')]) {
    for (const script of ['erl', 'start'].map((name) => path.join(bin, name)).filter(existsSync)) {
      const text = readFileSync(script, 'utf8');
      writeFileSync(script, text.replaceAll('/usr/lib/erlang', path.join(target, 'usr/lib/erlang')));
    }
  }
}

const erts = (erlangHome: string) => only(erlangHome, /^erts-/);

function only(parent: string, name: RegExp): string {
  const found = readdirSync(parent).find((entry) => name.test(entry));
  if (found === undefined) throw new Error(`nothing like ${String(name)} in ${parent}`);
  return found;
}

function locate(target: string): DebianServers {
  const libraries = path.join(target, 'usr/lib', only(path.join(target, 'usr/lib'), /-linux-gnu/));
  const rabbitmq = path.join(target, 'usr/lib/rabbitmq/lib');
  return {
    bin: path.join(target, 'usr/bin'),
    libraries,
    sbin: path.join(target, 'usr/sbin'),
    erlangBin: path.join(target, 'usr/lib/erlang/bin'),
    rabbitmqBin: path.join(rabbitmq, only(rabbitmq, /^rabbitmq_server-/), 'sbin'),
  };
}
