import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../../src/hazards/engine';
import { languageOf } from '../../../src/hazards/languages/named';
import { seededRandom } from '../../../src/measure/demo/random';
import { damaged } from '../../harness/damaged';
import { corpusLanguages, corpusOf } from '../../harness/hazardCorpus';
import { packageSource, type Package } from '../../harness/packageSources';
import { sourceFiles } from './sourceFiles';

const [cases, seed] = [10_000, 2026];

/** Of processor time, so that what else runs does not count. Milliseconds. */
const longest = 1000;

/** Rust has no labels; its grammar has to stand damage all the same. */
const also: Package[] = [{ registry: 'crates', name: 'lapin', version: '2.5.0' }];

/**
 * Scans damaged files of the corpus in all languages, one after the other.
 * @returns a report as Markdown, and whether nothing crashed and nothing took longer than a second
 */
export async function fuzzed(engine: Engine): Promise<{ text: string; holds: boolean }> {
  const files = await corpusFiles();
  const random = seededRandom(seed);
  const counts = new Map<string, number>();
  const failures: string[] = [];
  let slowest = { milliseconds: 0, file: '' };
  for (let index = 0; index < cases; index++) {
    const file = files[Math.floor(random.uniform() * files.length)] ?? '';
    const language = languageOf(file);
    if (language === null) continue;
    const text = damaged(await readFile(file, 'utf8'), random);
    const began = process.cpuUsage();
    try {
      await engine.scanText(language, text, path.basename(file));
    } catch (error) {
      failures.push(`case ${index}, ${file}: ${String(error)}`);
    }
    const { user, system } = process.cpuUsage(began);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, file: path.basename(file) };
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const text = [
    '## Damaged files',
    `${cases.toLocaleString('en-US')} cases (halves, pieces cut out, bytes written over) of ${files.length.toLocaleString('en-US')} files of the corpus, seed ${seed}: ${[...counts].map(([language, count]) => `${language} ${count.toLocaleString('en-US')}`).join(', ')}.`,
    `Crashes: **${failures.length}**. The slowest took ${slowest.milliseconds.toFixed(0)} ms of processor time (\`${slowest.file}\`), promised ${longest}.`,
    ...failures.slice(0, 10),
  ].join('\n\n');
  return { text, holds: failures.length === 0 && slowest.milliseconds <= longest };
}

async function corpusFiles(): Promise<string[]> {
  const found: string[] = [];
  for (const each of [...corpusLanguages().flatMap(corpusOf), ...also]) {
    const source = await packageSource(each);
    if (source.ok) found.push(...sourceFiles(source.value).map((file) => path.join(source.value, file)));
  }
  return found;
}
