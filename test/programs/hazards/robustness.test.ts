import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { languageOf } from '../../../src/hazards/languages/named';
import { seededRandom } from '../../../src/measure/demo/random';
import { damaged } from '../../harness/damaged';
import { goFiles, goToolchain } from '../../harness/goSources';
import { corpusLanguages, corpusOf } from '../../harness/hazardCorpus';
import { packageSource } from '../../harness/packageSources';
import { engine } from '../../harness/hazardEngine';

vi.setConfig({ testTimeout: 300_000 });

const toolchain = await goToolchain();
const sources = toolchain.ok
  ? goFiles(
      toolchain.value,
      'net',
      'net/http',
      'net/rpc',
      'os/exec',
      'os/signal',
      'context',
      'sync',
      'log/slog',
    ).filter(({ text }) => text.length < 60_000 && /\bgo\s|\.Go\(/.test(text))
  : [];
const why = toolchain.ok ? '' : ` (skipped: ${toolchain.reason})`;

/** A hazard must lie inside the text it was found in. */
async function scanned(text: string): Promise<void> {
  const { hazards, passed } = await engine.scanText('go', text, 'changed.go');
  const lines = text.split('\n').length;
  for (const { line, endLine } of hazards) {
    expect(line).toBeGreaterThan(0);
    expect(endLine).toBeGreaterThanOrEqual(line);
    expect(endLine).toBeLessThanOrEqual(lines);
  }
  for (const { line } of passed) expect(line).toBeLessThanOrEqual(lines);
}

const source = fc.integer({ min: 0, max: Math.max(0, sources.length - 1) }).map((index) => sources[index]?.text ?? '');
const share = fc.double({ min: 0, max: 1, noNaN: true });
const junk = fc.oneof(
  fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '"',
    '`',
    '/*',
    '\n',
    '\0',
    '\uFEFF',
    '\u{1F980}',
    '\uD800',
    'go ',
    'for {',
    '<-',
    'range ',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
);

describe.skipIf(!toolchain.ok)(`real Go source, damaged at random${why}`, () => {
  it('is read without a crash when it is cut anywhere', async () => {
    expect(sources.length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(source, share, share, async (text, from, to) => {
        const [start, end] = [from, to].sort((a, b) => a - b) as [number, number];
        await scanned(text.slice(0, start * text.length) + text.slice(end * text.length));
      }),
      { numRuns: 1000 },
    );
  });

  it('is read without a crash when pieces of it are overwritten', async () => {
    const change = fc.tuple(share, fc.nat({ max: 5 }), junk);
    await fc.assert(
      fc.asyncProperty(source, fc.array(change, { minLength: 1, maxLength: 6 }), async (text, changes) => {
        let changed = text;
        for (const [at, removed, inserted] of changes) {
          const start = Math.floor(at * changed.length);
          changed = changed.slice(0, start) + inserted + changed.slice(start + removed);
        }
        await scanned(changed);
      }),
      { numRuns: 1000 },
    );
  });
});

/** The labelled files of the package of a language that has most labels; `npm run bench:rules fuzz` takes all of them. */
async function labelledFiles(language: string): Promise<string[]> {
  const [judgedMost] = corpusOf(language).sort((a, b) => b.places.length - a.places.length);
  if (!judgedMost) throw new Error(`nothing is labelled in ${language}`);
  const source = await packageSource(judgedMost);
  if (!source.ok) throw new Error(source.reason);
  return [...new Set(judgedMost.places.map(({ file }) => path.join(source.value, file)))];
}

describe.each(corpusLanguages())('public %s, damaged at random', (language) => {
  it('is read without a crash and within a second', async () => {
    const files = await labelledFiles(language);
    const random = seededRandom(7);
    for (let times = 0; times < 75; times++) {
      const file = files[times % files.length] ?? '';
      const text = damaged(readFileSync(file, 'utf8'), random);
      const began = process.cpuUsage();
      await engine.scanText(languageOf(file) ?? 'go', text, path.basename(file));
      expect(process.cpuUsage(began).user / 1000, path.basename(file)).toBeLessThan(1000);
    }
  });
});
