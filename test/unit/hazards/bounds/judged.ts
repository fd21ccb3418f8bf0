import { expect } from 'vitest';
import { languageOf } from '../../../../src/hazards/languages/named';
import { engine } from '../../../harness/hazardEngine';

/** What a rule makes of the line that ends with the comment `HERE`: `hazard`, the bound that it found, or `nothing`. */
export async function judged(rule: string, file: string, text: string): Promise<string> {
  const language = languageOf(file);
  if (!language) throw new Error(`${file} is in no language`);
  const { hazards, passed, broken } = await engine.scanText(language, text, file, { only: [rule], unfixed: true });
  expect(broken).toEqual([]);
  const here = text.split('\n').findIndex((line) => line.endsWith(' HERE')) + 1;
  if (hazards.some(({ line }) => line === here)) return 'hazard';
  return passed.find(({ line }) => line === here)?.bound ?? 'nothing';
}
