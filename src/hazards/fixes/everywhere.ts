import type { Engine, Found } from '../engine';
import type { alertFiles } from '../languages/all';
import type { Language } from '../rule';
import { applied } from './edits';

/** One fix may uncover the next place; a text that still offers some after so many is left as it is then. */
const most = 500;

/**
 * Applies the preferred fix of each hazard that is wanted, one after the other, until none is left: each is made for the
 * text that the one before left.
 * @param rules ids of the rules that run
 * @returns the text, and how many places were changed
 */
export async function fixedEverywhere(
  engine: Engine,
  language: Language | typeof alertFiles,
  before: string,
  file: string,
  rules: readonly string[],
  wanted: (hazard: Found) => boolean,
): Promise<{ text: string; places: number }> {
  let text = before;
  let places = 0;
  while (places < most) {
    const { hazards } = await engine.scanText(language, text, file, { only: rules, everything: true });
    const fix = hazards
      .filter((hazard) => hazard.suppressed === null && wanted(hazard))
      .flatMap(({ fixes }) => fixes.slice(0, 1))[0];
    if (!fix) break;
    text = applied(text, fix.edits);
    places++;
  }
  return { text, places };
}
