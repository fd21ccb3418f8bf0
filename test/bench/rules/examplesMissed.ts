import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../../../src/hazards/engine';
import { readBy } from '../../../src/hazards/languages/named';
import type { PatternScanners } from '../../harness/patternScanners';
import { projectRoot } from '../../harness/tools';
import { byAstGrep, bySemgrep, patternFiles, patterns, type Reported } from './patterns';

const rulesFolder = path.join(projectRoot, 'src/hazards/rules');
const asked = [...new Set(patterns.map(({ rule }) => rule))];

/** The hazards of the rules' own examples about which a scanner is silent: it would be asked for less than our rules. */
export async function missedExamples(engine: Engine, { astGrep, semgrep }: PatternScanners): Promise<string[]> {
  const files = await patternFiles();
  const folders = [...new Set(asked.map((rule) => path.join(rulesFolder, path.dirname(rule))))];
  const missed = async (scanner: string, reported: readonly Reported[]) =>
    (await missedBy(engine, reported)).map((place) => `${scanner} does not report ${place}`);
  return [
    ...(await missed('ast-grep', await byAstGrep(astGrep, files, folders))),
    ...(await missed('semgrep', await bySemgrep(semgrep, files, folders))),
  ];
}

async function missedBy(engine: Engine, reported: readonly Reported[]): Promise<string[]> {
  const seen = new Set(reported.map(({ rule, file, line }) => `${rule} ${file}:${line}`));
  const missed: string[] = [];
  for (const rule of asked)
    for (const name of readdirSync(path.join(rulesFolder, rule, 'examples'))) {
      const file = path.join(rulesFolder, rule, 'examples', name);
      const { hazards } = await engine.scanText(readBy(name) ?? 'go', readFileSync(file, 'utf8'), name, {
        only: [rule],
      });
      for (const { line, evidence } of hazards) {
        // What is told where it is made is looked for where it grows: the evidence names that, or the line before it.
        const named = [...evidence.join(' ').matchAll(/\bline (\d+)/g)].map(([, at]) => Number(at));
        const lines = [line, ...named.flatMap((at) => [at, at + 1])];
        if (!lines.some((at) => seen.has(`${rule} ${file}:${at}`))) missed.push(`${rule} ${name}:${line}`);
      }
    }
  return missed;
}
