import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readBy } from '../../src/hazards/languages/named';
import { byAstGrep, bySemgrep, patternFiles, patterns, type Reported } from '../bench/rules/patterns';
import { engine } from '../harness/hazardEngine';
import { patternScanners } from '../harness/patternScanners';
import { projectRoot } from '../harness/tools';

vi.setConfig({ testTimeout: 240_000 });

const scanners = await patternScanners();
const rulesFolder = path.join(projectRoot, 'src/hazards/rules');
const asked = [...new Set(patterns.map(({ rule }) => rule))];

/** Hazards of the examples about whose place a scanner is silent. */
async function missedBy(reported: readonly Reported[]): Promise<string[]> {
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

describe.skipIf(!scanners.ok)('Bare patterns report the place of every hazard in the examples', () => {
  const paths = [...new Set(asked.map((rule) => path.join(rulesFolder, path.dirname(rule))))];

  it('to ast-grep', async () => {
    const program = scanners.ok ? scanners.value.astGrep : '';
    expect(await missedBy(await byAstGrep(program, await patternFiles(), paths))).toEqual([]);
  });

  it('to semgrep', async () => {
    const program = scanners.ok ? scanners.value.semgrep : '';
    expect(await missedBy(await bySemgrep(program, await patternFiles(), paths))).toEqual([]);
  });
});
