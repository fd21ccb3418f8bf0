import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Found } from '../../src/hazards/engine';
import { applied } from '../../src/hazards/fixes/edits';
import { ruleIds } from '../../src/hazards/rules/all';
import { codeFolder } from '../harness/generated';
import { javaLibraries } from '../harness/javaLibraries';
import { projectRoot, run } from '../harness/tools';
import { engine } from '../unit/hazards/engine';

const libraries = await javaLibraries();
const rules = path.join(projectRoot, 'src/hazards/rules');

/** Examples of all Java rules, by a path of their own. */
const examples = ruleIds()
  .filter((id) => id.startsWith('java/'))
  .flatMap((rule) =>
    readdirSync(path.join(rules, rule, 'examples')).map((file) => ({
      rule,
      name: `${path.basename(rule)}/${file}`,
      text: readFileSync(path.join(rules, rule, 'examples', file), 'utf8'),
    })),
  );

const hazardsIn = async (rule: string, text: string): Promise<Found[]> =>
  (await engine.scanText('java', text, 'Example.java', { only: [rule] })).hazards;

/** The text after all fixes, one after the other, the preferred one of each hazard. */
async function mended(rule: string, text: string): Promise<string> {
  const fix = (await hazardsIn(rule, text)).flatMap(({ fixes }) => fixes)[0];
  return fix ? mended(rule, applied(text, fix.edits)) : text;
}

/** What the compiler says about each of the texts, which are told by name. */
async function errorsIn(name: string, texts: Readonly<Record<string, string>>): Promise<string[]> {
  const jars = libraries.ok ? readdirSync(libraries.value).map((jar) => path.join(libraries.value, jar)) : [];
  const cwd = codeFolder(name, texts);
  const driver = path.join(projectRoot, 'test/code/drivers/java/CompileEach.java');
  const { stdout } = await run('java', [driver, jars.join(path.delimiter), ...Object.keys(texts)], { cwd });
  return stdout.split('\n').filter(Boolean);
}

describe.skipIf(!libraries.ok)(`quick fixes in Java${libraries.ok ? '' : ` (skipped: ${libraries.reason})`}`, () => {
  it('leave programs that compile with the libraries they use, by themselves and all together', async () => {
    const texts: Record<string, string> = {};
    let fixed = 0;
    for (const { rule, name, text } of examples) {
      texts[`mended/${name}`] = await mended(rule, text);
      for (const { line, fixes } of await hazardsIn(rule, text)) {
        for (const { id, edits } of fixes) {
          const result = applied(text, edits);
          // Where it is the only one, it is compiled already.
          if (result !== texts[`mended/${name}`]) texts[`${id}/${line}/${name}`] = result;
          fixed++;
        }
      }
    }
    expect(fixed).toBeGreaterThan(25);
    const spawns = texts['mended/unbounded-spawn/Spawns.java'] ?? '';
    texts['broken/Spawns.java'] = spawns.replace(/^import .*Semaphore;$/m, '');
    const errors = await errorsIn('java-fixes', texts);
    expect(errors.filter((error) => !error.startsWith('broken/'))).toEqual([]);
    // The compiler does look: without its import a class is not known.
    expect(errors.length).toBeGreaterThan(0);
  });

  it('are offered once: behind its fix a place is bounded', async () => {
    for (const { rule, text } of examples) {
      const before = await hazardsIn(rule, text);
      for (const { fixes } of before) {
        for (const { edits } of fixes) {
          const after = await hazardsIn(rule, applied(text, edits));
          expect(after.length).toBeLessThan(before.length);
        }
      }
      expect((await hazardsIn(rule, await mended(rule, text))).flatMap(({ fixes }) => fixes)).toEqual([]);
    }
  });
});
