// `npm run bench:detection [seeds]`: plays every situation, prints what was found when, and keeps it in bench/DETECTION.md.
import { fork } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format } from 'prettier';
import { playedSeconds } from '../harness/detection';
import { situations } from '../harness/situations';
import { projectRoot } from '../harness/tools';
import type { Run } from './detection/run';
import { comparison, holds, promises, rowsOf } from './detection/tables';

const usualSeeds = 12;
const seeds = Number(process.argv[2] ?? usualSeeds);
const began = performance.now();
const jobs = situations.flatMap((_, situation) =>
  Array.from({ length: seeds }, (_unused, index) => ({ situation, seed: index + 1 })),
);
const runs: Run[] = [];
const waiting = jobs[Symbol.iterator]();
await Promise.all(Array.from({ length: os.availableParallelism() }, () => work()));

const rows = rowsOf(situations, runs);
const minutes = (performance.now() - began) / 60_000;
const played = `${situations.length} situations × ${seeds} seeds × ${playedSeconds / 3600} hours, played in ${minutes.toFixed(1)} minutes.`;
const text = `## What was promised\n\n${promises(rows)}\n\n## Beside the rules people use\n\nFalse alarms where nothing is the matter, else the median time until the first alarm.\n\n${comparison(rows)}\n`;
console.log(`${played}\n\n${text}`);
if (seeds === usualSeeds) {
  await mkdir(path.join(projectRoot, 'bench'), { recursive: true });
  const head = `# Detection\n\n\`npm run bench:detection\`: ${played}\nHow it is measured, and what the rules are: [docs/detection.md](../docs/detection.md).\n`;
  await writeFile(path.join(projectRoot, 'bench/DETECTION.md'), await pretty(`${head}\n${text}`));
  await fillIn(path.join(projectRoot, 'docs/detection.md'), comparison(rows));
}
process.exitCode = rows.every(holds) ? 0 : 1;

/** Puts the table between the marks of a document. */
async function fillIn(file: string, table: string): Promise<void> {
  const [head, , tail] = (await readFile(file, 'utf8')).split(/<!-- (?:detection|\/detection) -->/);
  if (head === undefined || tail === undefined) throw new Error(`${file} has no place for the table`);
  await writeFile(file, await pretty(`${head}<!-- detection -->\n\n${table}\n\n<!-- /detection -->${tail}`));
}

/** As the project's documents are laid out. */
function pretty(markdown: string): Promise<string> {
  return format(markdown, { parser: 'markdown' });
}

/** Plays jobs in a process of its own until none is left. */
function work(): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = fork(path.join(projectRoot, 'test/bench/detection/worker.mts'), { execArgv: ['--import', 'tsx'] });
    const next = () => {
      const job = waiting.next();
      if (job.done) worker.disconnect();
      else worker.send(job.value);
    };
    worker.on('message', (run: Run) => {
      runs.push(run);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a player ended with ${code ?? 'a signal'}`)),
    );
    next();
  });
}
