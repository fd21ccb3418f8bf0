import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');

/** What tests need and the package registry of Node does not install: servers, jars, an editor. Kept between runs, ignored by git. */
export const toolsFolder = path.join(root, '.tools');

/** Data and logs of this run; a run's folder stays until the next run so that logs can be read. */
export const runFolder = process.env.BACKPRESSURE_RUN_FOLDER ?? path.join(root, '.run', `run-${process.pid}`);

export const projectRoot = root;

export function which(command: string): string | null {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, command);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here; look on.
    }
  }
  return null;
}

export function folder(...parts: string[]): string {
  const made = path.join(...parts);
  mkdirSync(made, { recursive: true });
  return made;
}

/** Runs a command to its end. @throws with what it printed when it fails */
export const run = promisify(execFile);

/** Tells whoever waits what is fetched into the tools folder: once for each machine, and it may take minutes. */
export const settingUp = (what: string): void => {
  process.stderr.write(`Setting up ${what} in ${path.relative(root, toolsFolder)} (once) …\n`);
};

/** What a part of the tests needs: an address or folder, or the reason why it cannot be had on this machine. */
export type Need<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Under BACKPRESSURE_TEST_REQUIRE=all nothing may be skipped: what is missing fails the run instead. */
export const everythingRequired = process.env.BACKPRESSURE_TEST_REQUIRE === 'all';

/** That a part cannot be had. @throws {Error} with the reason when everything is required */
export function absent(reason: string): Need<never> {
  if (everythingRequired) throw new Error(reason);
  return { ok: false, reason };
}
