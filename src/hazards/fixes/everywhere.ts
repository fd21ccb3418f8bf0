import type { FileFacts } from '../across/facts';
import type { Engine, Found } from '../engine';
import type { alertFiles } from '../languages/named';
import type { Language } from '../rule';
import { applied } from './edits';

/** One fix may uncover the next place; a text that still offers some after so many is left as it is then. */
const most = 500;

/** Which places of a file are fixed. */
export interface Wanted {
  language: Language | typeof alertFiles;
  /** How hazards name the file. */
  path: string;
  /** Ids of the rules that run. */
  rules: readonly string[];
  /** Absent: every hazard that has a fix. */
  wanted?: (hazard: Found) => boolean;
  /** Hazards that only the other files show, by what the text tells them; absent: the file is judged by itself. */
  across?: (told: FileFacts<Found>) => readonly Found[];
}

/**
 * Applies the preferred fix of each hazard that is wanted, one after the other, until none is left: each is made for the
 * text that the one before left.
 * @returns the text, and how many places were changed
 */
export async function fixedEverywhere(
  engine: Engine,
  before: string,
  { language, path, rules, wanted = () => true, across = () => [] }: Wanted,
): Promise<{ text: string; places: number }> {
  let text = before;
  let places = 0;
  while (places < most) {
    const { hazards, told } = await engine.scanText(language, text, path, { only: rules, everything: true });
    const fix = [...hazards, ...(told ? across(told) : [])]
      .filter((hazard) => hazard.suppressed === null && wanted(hazard))
      .flatMap(({ fixes }) => fixes.slice(0, 1))[0];
    if (!fix) break;
    text = applied(text, fix.edits);
    places++;
  }
  return { text, places };
}
