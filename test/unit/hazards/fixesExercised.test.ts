import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Rule } from '../../../src/hazards/rule';
import { rules } from '../../../src/hazards/rules/all';
import { readBy } from '../../../src/hazards/languages/named';
import { projectRoot } from '../../harness/tools';
import { engine } from '../../harness/hazardEngine';

vi.setConfig({ testTimeout: 60_000 });

const folder = path.join(projectRoot, 'src/hazards/rules');
const withFixes = [...new Set(Object.values(rules).flat())].filter(({ fixes }) => fixes && fixes.length > 0);

/** Ids of fixes that the source of a language's rules spells out. */
const spelled = (language: string): string[] => {
  const files = readdirSync(path.join(folder, language), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && !file.includes('examples'));
  const text = sources.map((file) => readFileSync(path.join(folder, language, file), 'utf8')).join('\n');
  return [...text.matchAll(new RegExp(`'(${language}/[a-z-]+/[a-z-]+)'`, 'g'))].map(([, id]) => id ?? '');
};

/** Ids of the fixes that the examples of a rule are offered. */
async function offered({ id }: Pick<Rule, 'id'>): Promise<Set<string>> {
  const ids = new Set<string>();
  const examples = path.join(folder, id, 'examples');
  for (const file of readdirSync(examples)) {
    const text = readFileSync(path.join(examples, file), 'utf8');
    const { hazards } = await engine.scanText(readBy(file) ?? 'go', text, file, { only: [id] });
    for (const { fixes } of hazards) for (const fix of fixes) ids.add(fix.id);
  }
  return ids;
}

describe('every quick fix is offered in an example of its rule, whose compilers then judge it', () => {
  it.each(withFixes.map((rule) => [rule.id, rule] as const))('%s', async (_id, rule) => {
    const made = new Set<unknown>();
    const known = rule.fixes ?? [];
    const watched = known.map((make): (typeof known)[number] => (...given) => {
      const fix = make(...given);
      if (fix) made.add(make);
      return fix;
    });
    Object.assign(rule, { fixes: watched });
    const ids = await offered(rule);
    Object.assign(rule, { fixes: known });
    expect(known.filter((make) => !made.has(make)).map(({ name }) => name)).toEqual([]);
    const language = rule.id.split('/')[0] ?? '';
    expect(spelled(language).filter((id) => id.startsWith(`${rule.id}/`) && !ids.has(id))).toEqual([]);
  });
});
