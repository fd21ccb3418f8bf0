import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../../../../src/hazards/engine';
import { fixedEverywhere } from '../../../../src/hazards/fixes/everywhere';
import { ruleIds } from '../../../../src/hazards/rules/all';
import { newErrors } from '../../../harness/newErrors';
import type { Candidate } from './candidates';
import type { ErrorsIn } from './compilers';

/** A file after the preferred fix of each of its reports. */
export interface JudgedFile {
  file: Candidate;
  /** How many places were changed. */
  places: number;
  /** The compiler has no word against the file that it had not before. */
  compiles: boolean;
  /** The compiler has no word against the file at all. */
  clean: boolean;
  parses: boolean;
  /** One fix was enough for each place, and a second time changes nothing. */
  idempotent: boolean;
  /** What went wrong, in words; empty: nothing. */
  failures: string[];
}

/** Fixes a file in a copy of its package and has it judged; the copy is left as it was. */
export async function judgedFile(
  engine: Engine,
  file: Candidate,
  copy: string,
  errorsIn: ErrorsIn,
): Promise<JudgedFile> {
  const fixed = (text: string) =>
    fixedEverywhere(engine, text, { language: file.language, path: file.file, rules: ruleIds() });
  const once = await fixed(file.text);
  const twice = await fixed(once.text);
  const { broken } = await engine.scanText(file.language, once.text, file.file, { everything: true });
  const before = await errorsIn(file.file);
  const place = path.join(copy, file.file);
  writeFileSync(place, once.text);
  const after = await errorsIn(file.file);
  writeFileSync(place, file.text);
  const added = newErrors(before, after);
  const idempotent = twice.text === once.text && once.places <= file.fixes.length;
  const failures = [
    ...added.map((error) => `does not compile: ${error}`),
    ...broken.map(({ line }) => `does not parse at line ${line}`),
    ...(idempotent ? [] : [`${once.places} fixes for ${file.fixes.length} places, then ${twice.places} more`]),
  ];
  const verdict = { compiles: added.length === 0, clean: after.length === 0, parses: broken.length === 0 };
  return { file, places: once.places, ...verdict, idempotent, failures };
}
