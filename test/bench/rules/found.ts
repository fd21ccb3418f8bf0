import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine, Found } from '../../../src/hazards/engine';
import { languageOf } from '../../../src/hazards/languages/all';
import {
  corpusLanguages,
  corpusOf,
  slipped,
  type LabelledPackage,
  type LabelledPlace,
} from '../../harness/hazardCorpus';
import { packageSource } from '../../harness/packageSources';

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
 * @returns also, in words, which packages cannot be had
 * @throws {Error} when a label is not where it says
 */
export async function scanCorpus(engine: Engine): Promise<{ packages: ScannedPackage[]; missing: string[] }> {
  const packages: ScannedPackage[] = [];
  const missing: string[] = [];
  for (const language of corpusLanguages()) {
    for (const each of corpusOf(language)) {
      const source = await packageSource(each);
      if (!source.ok) {
        missing.push(source.reason);
        continue;
      }
      const wrong = slipped(each, source.value);
      if (wrong.length > 0) throw new Error(`${each.name}: ${wrong.join('; ')}`);
      const files = [...new Set(each.places.map(({ file }) => file))];
      const found = (await Promise.all(files.map((file) => foundIn(engine, source.value, file)))).flat();
      packages.push({ ...each, language, source: source.value, found });
    }
  }
  return { packages, missing };
}

/** What the scanner says in one file of a folder. */
export async function foundIn(engine: Engine, folder: string, file: string): Promise<Found[]> {
  const language = languageOf(file);
  if (language === null) return [];
  const text = await readFile(path.join(folder, file), 'utf8');
  const { hazards } = await engine.scanText(language, text, file);
  return hazards.filter(({ suppressed }) => suppressed === null);
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
