import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../../../src/hazards/engine';
import { languageOf } from '../../../../src/hazards/languages/named';
import type { Language } from '../../../../src/hazards/rule';
import { corpusLanguages, corpusOf, inRandomOrder, moreForFixes, randomPackages } from '../../../harness/hazardCorpus';
import { packageSource, type Package } from '../../../harness/packageSources';
import { sourceFiles } from '../sourceFiles';
import type { Compiler } from './compilers';

/** So many files of a language at most, and of one package, so that many authors' styles are met. */
const [mostFiles, mostOfPackage] = [40, 3];

/** A file of a public package in which at least one report has a quick fix. */
export interface Candidate {
  from: Package;
  /** The folder of the package. */
  source: string;
  /** From that folder. */
  file: string;
  language: Language;
  text: string;
  /** The preferred fix of each report that has one. */
  fixes: string[];
}

/** All packages that tests know by name: the labelled, those drawn at random, and more that were added for their fixes. */
export const allPackages = (): Package[] => [
  ...new Map(
    [...corpusLanguages().flatMap(corpusOf), ...randomPackages().packages, ...moreForFixes()].map(
      ({ registry, name, version }) => [`${registry} ${name} ${version}`, { registry, name, version }],
    ),
  ).values(),
];

/**
 * Files of a registry's packages in which something can be fixed: one for each fix in turn, so that no fix is left out
 * for another that is met more often.
 * @returns also, in words, which packages cannot be had
 */
export async function candidatesOf(
  engine: Engine,
  { registry, compiles }: Pick<Compiler, 'registry' | 'compiles'>,
): Promise<{ files: Candidate[]; missing: string[] }> {
  const files: Candidate[] = [];
  const missing: string[] = [];
  for (const from of allPackages().filter((each) => each.registry === registry)) {
    const source = await packageSource(from);
    if (source.ok) files.push(...(await fixableIn(engine, from, source.value, compiles)));
    else missing.push(source.reason);
  }
  return { files: inTurn(files).slice(0, mostFiles), missing };
}

async function fixableIn(
  engine: Engine,
  from: Package,
  source: string,
  languages: readonly Language[],
): Promise<Candidate[]> {
  const all: Candidate[] = [];
  for (const file of sourceFiles(source)) {
    const language = languageOf(file);
    if (language === null || !languages.includes(language)) continue;
    const text = await readFile(path.join(source, file), 'utf8');
    const { hazards } = await engine.scanText(language, text, file);
    const fixes = hazards.flatMap(({ suppressed, fixes: [first] }) => (first && suppressed === null ? first.id : []));
    if (fixes.length > 0) all.push({ from, source, file, language, text, fixes });
  }
  return inTurn(all).slice(0, mostOfPackage);
}

/** The first file of each fix, then the second of each, and so on. */
function inTurn(files: readonly Candidate[]): Candidate[] {
  const seen = new Map<string, number>();
  const ranked = inRandomOrder(files, 2026).map((each) => {
    const ranks = each.fixes.map((id) => seen.get(id) ?? 0);
    for (const id of new Set(each.fixes)) seen.set(id, (seen.get(id) ?? 0) + 1);
    return { each, rank: Math.min(...ranks) };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ each }) => each);
}
