import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileFacts } from '../../../src/hazards/across/facts';
import { Package } from '../../../src/hazards/across/join';
import { strongest } from '../../../src/hazards/across/strongest';
import type { Engine, Found } from '../../../src/hazards/engine';
import { languageOf } from '../../../src/hazards/languages/named';
import {
  corpusLanguages,
  corpusOf,
  slipped,
  type LabelledPackage,
  type LabelledPlace,
} from '../../harness/hazardCorpus';
import { packageSource } from '../../harness/packageSources';
import { sourceFiles } from './sourceFiles';

/** A labelled package with its source, and what the scanner says in its labelled files. */
export interface ScannedPackage extends LabelledPackage {
  language: string;
  source: string;
  found: Found[];
}

/** A finding, and the label that judges it; null: nobody has judged it yet. */
export interface Judged {
  found: Found;
  label: LabelledPlace | null;
}

/**
 * Brings every labelled package and scans the files that hold labels.
 * @param only those of one half
 * @returns also, in words, which packages cannot be had
 * @throws {Error} when a label is not where it says
 */
export async function scanCorpus(
  engine: Engine,
  only?: LabelledPackage['half'],
): Promise<{ packages: ScannedPackage[]; missing: string[] }> {
  const packages: ScannedPackage[] = [];
  const missing: string[] = [];
  for (const language of corpusLanguages()) {
    for (const each of corpusOf(language).filter(({ half }) => only === undefined || half === only)) {
      const source = await packageSource(each);
      if (!source.ok) {
        missing.push(source.reason);
        continue;
      }
      const wrong = slipped(each, source.value);
      if (wrong.length > 0) throw new Error(`${each.name}: ${wrong.join('; ')}`);
      const labelled = new Set(each.places.map(({ file }) => file));
      const all = await foundIn(engine, source.value, [...new Set([...sourceFiles(source.value), ...labelled])]);
      const found = all.filter((hazard) => labelled.has(hazard.path));
      packages.push({ ...each, language, source: source.value, found });
    }
  }
  return { packages, missing };
}

/** What the scanner says in these files of a folder, each by itself and all of them together. */
export async function foundIn(engine: Engine, folder: string, files: readonly string[]): Promise<Found[]> {
  const alone = new Map<string, Found[]>();
  const told = new Map<string, FileFacts<Found>>();
  for (const file of files) {
    const language = languageOf(file);
    if (language === null) continue;
    const text = await readFile(path.join(folder, file), 'utf8');
    const scan = await engine.scanText(language, text, file);
    alone.set(file, scan.hazards);
    if (scan.told) told.set(file, scan.told);
  }
  const together = new Package(told);
  const all = [...alone].flatMap(([file, hazards]) => {
    const facts = told.get(file);
    return facts ? strongest(hazards, together.of(file, facts)) : hazards;
  });
  return all.filter(({ suppressed }) => suppressed === null);
}

/** Does the finding speak about the place: the same rule, over its line or the one before or after it? */
export const meets = ({ rule, path: file, line, endLine }: Found, label: LabelledPlace): boolean =>
  rule === label.rule && file === label.file && line - 1 <= label.line && label.line <= Math.max(line + 1, endLine);

/** The findings with the labels that judge them; of several labels the nearest. */
export const judged = ({ found, places }: ScannedPackage): Judged[] =>
  found.map((each) => {
    const near = places.filter((label) => meets(each, label));
    near.sort((a, b) => Math.abs(a.line - each.line) - Math.abs(b.line - each.line));
    return { found: each, label: near[0] ?? null };
  });
