import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { filesOnceAt } from '../../src/files/otherFiles';
import type { Engine } from '../../src/hazards/engine';
import { languageOf as grammarOf } from '../../src/hazards/languages/named';
import type { SourceReference } from '../../src/model/scan';
import { packageSource } from './packageSources';
import { projectRoot } from './tools';

const registry = z.enum(['go', 'npm', 'pypi', 'sdist', 'maven', 'crates']);
const labelled = z.strictObject({
  registry,
  name: z.string(),
  version: z.string(),
  files: z.record(z.string(), z.array(z.string().regex(/^\d+ (produce|consume|declare) \w+ ./))),
});

/** A public package, and for each of its files the queues that a reader finds named there. */
export type LabelledPackage = z.infer<typeof labelled>;

const languages = { go: 'Go', npm: 'JavaScript', pypi: 'Python', sdist: 'Python', maven: 'Java', crates: 'Rust' };

/** What the labelled files of a package are written in. */
export const languageOf = ({ registry: from }: LabelledPackage): string => languages[from];

/** What was found in the labelled files of a package, by its labels. `missed` and `wrong` say where. */
export interface PackageScore {
  name: string;
  version: string;
  language: string;
  /** Destinations that can be told from the package. */
  resolvable: number;
  /** Those of them that were found, with role and group. */
  right: number;
  /** Places whose destination nobody can tell from the package; none of them may be guessed. */
  open: number;
  missed: string[];
  wrong: string[];
}

/** The labels. @throws {z.ZodError} for a file that is not as described */
export const labelledPackages = (): LabelledPackage[] =>
  z.array(labelled).parse(parse(readFileSync(path.join(projectRoot, 'test/corpus/references/packages.yaml'), 'utf8')));

/** Brings the package and compares. @throws {Error} why it cannot be had */
export async function scored(wanted: LabelledPackage, engine: Engine): Promise<PackageScore> {
  const source = await packageSource(wanted);
  if (!source.ok) throw new Error(source.reason);
  const { name, version, files } = wanted;
  const score: PackageScore = {
    ...{ name, version, language: languageOf(wanted) },
    ...{ resolvable: 0, right: 0, open: 0, missed: [], wrong: [] },
  };
  const all = filesOnceAt(source.value);
  for (const [file, labels] of Object.entries(files)) {
    const text = readFileSync(path.join(source.value, file), 'utf8');
    const language = grammarOf(file);
    if (!language) throw new Error(`${name} ${file} is in no language that is read`);
    const { references } = await engine.scanText(language, text, file, {
      ...{ only: [], everything: true },
      among: { path: file, files: all },
    });
    compare(score, file, labels, references.filter(isTold).map(inWords));
  }
  return score;
}

function compare(score: PackageScore, file: string, labels: readonly string[], found: readonly string[]): void {
  const told = labels.filter((label) => !isOpen(label));
  const right = told.filter((label) => found.includes(label));
  score.resolvable += told.length;
  score.open += labels.length - told.length;
  score.right += right.length;
  score.missed.push(...told.filter((label) => !found.includes(label)).map((label) => `${file}: ${label}`));
  score.wrong.push(...found.filter((each) => !right.includes(each)).map((each) => `${file}: ${each}`));
}

const isTold = ({ destination }: SourceReference) => destination !== null;
const isOpen = (label: string) => /^\d+ \w+ \w+ \?( |$)/.test(label);

const inWords = ({ line, role, system, destination, group }: SourceReference) =>
  `${line} ${role} ${system} ${destination ?? '?'}${group === null ? '' : ` / ${group}`}`;

/** Shares of several packages together, 0…1; NaN where there is nothing to divide by. */
export function rates(scores: readonly PackageScore[]): { precision: number; recall: number } {
  const sum = (of: (score: PackageScore) => number) => scores.reduce((all, score) => all + of(score), 0);
  const right = sum((score) => score.right);
  return {
    precision: right / (right + sum((score) => score.wrong.length)),
    recall: right / sum((each) => each.resolvable),
  };
}
