import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Engine } from '../../hazards/engine';
import { fixedEverywhere } from '../../hazards/fixes/everywhere';
import { readBy } from '../../hazards/languages/named';
import { sayingOf } from '../../hazards/reading';
import type { PathsScan } from './paths';

/** A file before and after its fixes. */
export interface FixedFile {
  /** Relative to the scanned root. */
  path: string;
  before: string;
  after: string;
  /** How many places were changed. */
  places: number;
}

/**
 * Applies the preferred fix of each hazard of the scan that has one, until none is left: also of those that only other
 * files show. Nothing is written.
 * @param root absolute
 */
export async function fixedFiles(
  root: string,
  { scan, together }: PathsScan,
  engine: Engine,
  rules: readonly string[],
): Promise<FixedFile[]> {
  const open = scan.hazards.filter(({ suppressed, fixes }) => suppressed === null && fixes.length > 0);
  const wanted = new Set(open.map(sayingOf));
  const fixed: FixedFile[] = [];
  for (const file of new Set(open.map((hazard) => hazard.path))) {
    const before = readFileSync(path.join(root, file), 'utf8');
    const language = readBy(file);
    if (language === null) continue;
    const { text, places } = await fixedEverywhere(engine, before, {
      ...{ language, path: file, rules },
      wanted: (hazard) => wanted.has(sayingOf(hazard)),
      across: (told) => together.of(file, told).hazards,
    });
    if (places > 0) fixed.push({ path: file, before, after: text, places });
  }
  return fixed;
}

/** What the fixes would change, as `diff -u` and `git apply` write and read it. */
export const unifiedDiff = (files: readonly FixedFile[]): string =>
  files
    .map(({ path: name, before, after }) =>
      createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 }).replace(
        /^=+\n/,
        '',
      ),
    )
    .join('')
    .trimEnd();

/** Beside it first, then in its place, with its permissions: a file that is cut short is worse than none. */
export function writeFixed(root: string, files: readonly FixedFile[]): void {
  for (const { path: name, after } of files) {
    const file = path.join(root, name);
    writeFileSync(`${file}.new`, after, { mode: statSync(file).mode });
    renameSync(`${file}.new`, file);
  }
}
