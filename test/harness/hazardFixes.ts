import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Found } from '../../src/hazards/engine';
import { applied, type Fix } from '../../src/hazards/fixes/edits';
import type { Language } from '../../src/hazards/rule';
import { ruleIds } from '../../src/hazards/rules/all';
import { projectRoot } from './tools';
import { engine } from './hazardEngine';

const folder = path.join(projectRoot, 'src/hazards/rules');

/** A file of a rule's examples. */
export interface Example {
  rule: string;
  /** `unbounded-spawn/spawns.rs` */
  name: string;
  text: string;
}

/** The examples of all rules of a language. */
export const examplesOf = (language: string): Example[] =>
  ruleIds()
    .filter((id) => id.startsWith(`${language}/`))
    .flatMap((rule) =>
      readdirSync(path.join(folder, rule, 'examples')).map((file) => ({
        rule,
        name: `${path.basename(rule)}/${file}`,
        text: readFileSync(path.join(folder, rule, 'examples', file), 'utf8'),
      })),
    );

const hazardsIn = async (language: Language, rule: string, text: string): Promise<Found[]> =>
  (await engine.scanText(language, text, 'main', { only: [rule] })).hazards;

/**
 * The text after the preferred fix of each hazard, one after the other.
 * @throws {Error} when a fix does not bound its place, so that it would be offered for ever
 */
export async function mended(language: Language, rule: string, text: string): Promise<string> {
  const before = await hazardsIn(language, rule, text);
  const fix = before.flatMap(({ fixes }) => fixes)[0];
  return fix ? mended(language, rule, await after(fix, language, rule, text, before.length)) : text;
}

async function after(fix: Fix, language: Language, rule: string, text: string, before: number): Promise<string> {
  const result = applied(text, fix.edits);
  const left = await hazardsIn(language, rule, result);
  if (left.length >= before) throw new Error(`${fix.id} leaves a hazard:\n${result}`);
  return result;
}

/**
 * Every example as it is, after each of its fixes alone, and after all of them, by names that tell which.
 * @throws {Error} when a fix does not bound its place
 */
export async function editedExamples(
  language: Language,
  examples: readonly Example[],
): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const { rule, name, text } of examples) {
    texts[`as-it-is/${name}`] = text;
    texts[`mended/${name}`] = await mended(language, rule, text);
    const hazards = await hazardsIn(language, rule, text);
    for (const { line, fixes } of hazards)
      for (const fix of fixes)
        texts[`${fix.id}/${line}/${name}`] = await after(fix, language, rule, text, hazards.length);
  }
  return texts;
}
