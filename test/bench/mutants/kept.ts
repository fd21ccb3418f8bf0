import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { projectRoot } from '../../harness/tools';
import { table } from '../rules/markdown';

/** What the tests made of the mutants of one file. */
export interface FileScore {
  file: string;
  /** Changed programs that a test was to notice. */
  mutants: number;
  killed: number;
  /** Day of the run, ISO 8601. */
  on: string;
}

const page = path.join(projectRoot, 'bench/MUTANTS.md');
const row = /^\| `(\S+)` *\| *(\d+) \| *(\d+) \|.*\| (\d{4}-\d\d-\d\d) *\|$/gm;

const percent = (killed: number, mutants: number) =>
  mutants === 0 ? '–' : `${((100 * killed) / mutants).toFixed(0)} %`;

/** Keeps scores in bench/MUTANTS.md, in place of earlier ones of the same files. */
export async function keepScores(head: string, measured: readonly FileScore[]): Promise<void> {
  const before = existsSync(page) ? await readFile(page, 'utf8') : '';
  const all = new Map<string, FileScore>();
  for (const [, file = '', mutants, killed, on = ''] of before.matchAll(row))
    if (existsSync(path.join(projectRoot, file)))
      all.set(file, { file, mutants: Number(mutants), killed: Number(killed), on });
  for (const score of measured) all.set(score.file, score);
  const text = [head, ...['src/diagnose', 'src/hazards'].map((room) => section(room, [...all.values()]))].join('\n\n');
  await writeFile(page, await format(text, { ...(await resolveConfig(page)), filepath: page }));
}

function section(room: string, scores: readonly FileScore[]): string {
  const own = scores.filter(({ file }) => file.startsWith(`${room}/`)).sort((a, b) => (a.file < b.file ? -1 : 1));
  const sum = (of: (score: FileScore) => number) => own.reduce((total, score) => total + of(score), 0);
  const mutants = sum((score) => score.mutants);
  const killed = sum((score) => score.killed);
  const rows = own.map((score) => [
    `\`${score.file}\``,
    ...[score.mutants, score.killed, score.mutants - score.killed].map(String),
    percent(score.killed, score.mutants),
    score.on,
  ]);
  const title = `## ${room}: ${percent(killed, mutants)} (${killed} of ${mutants} in ${own.length} files)`;
  return `${title}\n\n${table(['file', 'mutants', 'killed', 'survived', 'score', 'measured'], rows)}`;
}
