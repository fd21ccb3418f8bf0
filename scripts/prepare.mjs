// What every entry script needs: the packages of the lock file and a fresh build. Uses nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Runs a command to its end with its output shown; ends this process with its code when it fails. */
export function step(text, command, args, options = {}) {
  if (text) console.error(text);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Installs what package-lock.json names, if that was not done since it changed, and builds dist/.
 * @param asShipped as it is packaged, without what helps to debug it
 */
export function prepare({ asShipped = false } = {}) {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    console.error(`Node 20 or newer is needed; this is ${process.version}.`);
    process.exit(2);
  }
  const mark = path.join(root, 'node_modules/.package-lock.json');
  const current = existsSync(mark) && statSync(mark).mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs;
  // What it leads to may be another clone's, and npm would empty it.
  if (!current && lstatSync(path.join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error('node_modules is a link, and what package-lock.json names is not in it: remove the link first.');
    process.exit(2);
  }
  if (!current)
    step('Installing the packages that package-lock.json names (once, a minute or two) …', 'npm', [
      'ci',
      '--loglevel=error',
    ]);
  step('Building dist …', process.execPath, ['esbuild.mjs', ...(asShipped ? ['--minify'] : [])]);
}
