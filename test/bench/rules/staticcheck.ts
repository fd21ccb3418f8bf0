import { cp, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { folder, run, runFolder } from '../../harness/tools';
import type { ScannedPackage } from './found';
import type { Reported } from './patterns';

/** A module that cannot be compiled within this time is told: it needs all its dependencies. Seconds. */
export const longestCompile = 60;

/** What the caches of the go command may keep from one module to the next: each brings dependencies of its own. Megabytes. */
const cached = 4_000;

/**
 * What staticcheck says, with all its checks, in the folders of a package that hold labels.
 * @param program staticcheck
 * @throws {Error} when the package does not compile in time
 */
export async function staticcheckOf(program: string, { source, places }: ScannedPackage): Promise<Reported[]> {
  const caches = folder(runFolder, 'go-caches');
  const work = await mkdtemp(path.join(folder(runFolder), 'staticcheck-'));
  try {
    // A copy: the go command completes go.sum.
    await cp(source, path.join(work, 'module'), { recursive: true });
    const folders = [...new Set(places.map(({ file }) => `./${path.dirname(file)}`))];
    const env = {
      ...process.env,
      GOFLAGS: '-mod=mod -modcacherw',
      GOCACHE: path.join(caches, 'built'),
      GOMODCACHE: path.join(caches, 'modules'),
      GOTMPDIR: folder(work, 'temporary'),
    };
    const asked = ['-checks', 'all', '-f', 'json', '-fail', 'none', ...folders];
    // It ends the compilers that were started too, which would go on filling the caches.
    const ended = ['--kill-after=5', String(longestCompile), program];
    const options = { cwd: path.join(work, 'module'), env, maxBuffer: 1e9 };
    return reportedIn((await run('timeout', [...ended, ...asked], options)).stdout, options.cwd, source);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 10 });
    const { stdout } = await run('du', ['-sm', caches]);
    if (Number.parseInt(stdout, 10) > cached) await rm(caches, { recursive: true, force: true, maxRetries: 10 });
  }
}

function reportedIn(printed: string, work: string, source: string): Reported[] {
  const found = z.object({ code: z.string(), location: z.object({ file: z.string(), line: z.number() }) });
  const lines = printed.split('\n').filter((line) => line !== '');
  const all = lines.map((line) => found.parse(JSON.parse(line)));
  if (all.some(({ code }) => code === 'compile')) throw new Error('it does not compile');
  return all.map(({ code, location }) => ({
    file: path.join(source, path.relative(work, location.file)),
    line: location.line,
    rule: code,
  }));
}
