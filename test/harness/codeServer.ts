import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { folder, run, toolsFolder, which, type Need } from './tools';

/** VS Code 1.100.3 as a server: the newest one whose extension host runs on Node 20 (engines.vscode is the same line). */
const version = '4.100.3';
const home = path.join(toolsFolder, `code-server-${version}`);
const entry = path.join(home, 'node_modules/code-server/out/node/entry.js');

/** Debian's packages that the installation compiles or runs with. */
const parts: { package: string; present: () => boolean }[] = [
  {
    package: 'libkrb5-dev',
    present: () => ['/usr/include/gssapi/gssapi.h', '/usr/include/gssapi.h'].some((file) => existsSync(file)),
  },
  { package: 'ripgrep', present: () => which('rg') !== null },
  { package: 'g++', present: () => which('g++') !== null },
  { package: 'make', present: () => which('make') !== null },
  { package: 'python3', present: () => which('python3') !== null },
];

/**
 * The script that starts VS Code's server, installed from the package registry into the tools folder when it is not
 * there yet (about a minute, 300 MB). The installation is made apart and moved into place when it is whole, so that a
 * run that was stopped, or a second one beside it, leaves nothing half done.
 */
export async function codeServer(): Promise<Need<string>> {
  if (existsSync(entry)) return { ok: true, value: entry };
  if (process.platform !== 'linux') return { ok: false, reason: 'the served VS Code is set up on Linux only' };
  const absent = await installParts();
  if (absent.length > 0)
    return { ok: false, reason: `needs ${absent.join(', ')}: apt-get install ${absent.join(' ')}` };
  const work = path.join(toolsFolder, `code-server-${version}.${process.pid}`);
  try {
    await install(work);
    await rename(work, home).catch((error: unknown) => {
      if (!existsSync(entry)) throw error;
    });
    return { ok: true, value: entry };
  } catch (error) {
    return { ok: false, reason: `code-server could not be installed: ${lastLines(error)}` };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Installs what is absent where that is allowed; returns what is absent still. */
async function installParts(): Promise<string[]> {
  const absent = () => parts.filter(({ present }) => !present()).map((part) => part.package);
  if (absent().length > 0 && process.getuid?.() === 0 && which('apt-get') !== null) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env }).catch(() => undefined);
    await run('apt-get', ['install', '-y', '--no-install-recommends', ...absent()], { env }).catch(() => undefined);
  }
  return absent();
}

async function install(work: string): Promise<void> {
  const temporary = folder(work, 'tmp');
  const prefix = folder(work, 'global');
  const nodeHome = path.resolve(path.dirname(process.execPath), '..');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    TMPDIR: temporary,
    // node-pty calls node-gyp through npx, which looks in the global prefix before it would ask to download.
    npm_config_prefix: prefix,
    // code-server refuses to be installed by root unless this is said.
    npm_config_unsafe_perm: 'true',
    ...(existsSync(path.join(nodeHome, 'include/node/node.h')) ? { npm_config_nodedir: nodeHome } : {}),
  };
  await cacheRipgrep(temporary);
  await writeFile(path.join(work, 'package.json'), '{"private":true}\n');
  const npm = (...args: string[]) =>
    run('npm', [...args, '--no-audit', '--no-fund'], { env, cwd: work, maxBuffer: 64 * 1024 * 1024 });
  await npm('install', '--global', 'node-gyp@12');
  await npm('install', `code-server@${version}`);
  await rm(temporary, { recursive: true, force: true });
}

/** The installation takes ripgrep from this cache before it asks a download server for the same program. */
async function cacheRipgrep(temporary: string): Promise<void> {
  const ripgrep = which('rg');
  if (ripgrep === null || process.arch !== 'x64') return;
  const cache = path.join(temporary, 'vscode-ripgrep-cache-1.15.11');
  await mkdir(cache, { recursive: true });
  const archive = path.join(cache, 'ripgrep-v13.0.0-10-x86_64-unknown-linux-musl.tar.gz');
  await run('tar', ['czhf', archive, '-C', path.dirname(ripgrep), 'rg']);
}

const lastLines = (error: unknown) => {
  const printed = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return (printed || String(error)).trim().split('\n').slice(-12).join('\n');
};
