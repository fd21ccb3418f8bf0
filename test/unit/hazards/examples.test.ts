import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBy } from '../../../src/hazards/languages/named';
import { workspaceChecks } from '../../../src/hazards/rules/alerts/all';
import { describedRule, ruleIds } from '../../../src/hazards/rules/all';
import { projectRoot } from '../../harness/tools';
import { engine } from '../../harness/hazardEngine';

const folder = path.join(projectRoot, 'src/hazards/rules');

/** What the comment at a place says: `want SEVERITY: LENS`, `bounded: WORD`, `suppressed: REASON`; else nothing is said. */
const mark = /(?:\/\/|#) (want (?:low|medium|high|critical)|bounded|suppressed): (.*)$/;

const expectedOf = (text: string) =>
  text.split('\n').flatMap((line, index) => {
    const [, kind = '', rest = ''] = mark.exec(line) ?? [];
    return kind ? [`${index + 1} ${kind}: ${rest}`] : [];
  });

async function foundIn(rule: string, file: string, text: string): Promise<string[]> {
  const scan = await engine.scanText(readBy(file) ?? 'go', text, file, { only: [rule] });
  expect(scan.broken).toEqual([]);
  const word = (line: number) => mark.exec(text.split('\n')[line - 1] ?? '')?.[2] ?? 'nothing';
  return [
    ...scan.hazards.map(({ line, severity, lens, suppressed }) =>
      suppressed === null
        ? { line, text: `want ${severity}: ${lens.replace('unbounded: ', '')}` }
        : { line, text: `suppressed: ${suppressed}` },
    ),
    ...scan.passed.map(({ line, bound }) => ({
      line,
      text: `bounded: ${bound.includes(word(line)) ? word(line) : bound}`,
    })),
  ]
    .sort((a, b) => a.line - b.line)
    .map(({ line, text: said }) => `${line} ${said}`);
}

/** What is said of the places, and of which lines, if all stood so many lines lower. */
async function saidIn(rule: string, file: string, text: string, lower = 0): Promise<string[]> {
  const { hazards, passed } = await engine.scanText(readBy(file) ?? 'go', text, file, { only: [rule] });
  return [
    ...hazards.flatMap(({ message, evidence }) => [message, ...evidence]),
    ...passed.map(({ bound }) => bound),
  ].map((said) =>
    said.replace(/\b(lines? )(\d+)/g, (_, word: string, line: string) => `${word}${Number(line) + lower}`),
  );
}

// What needs all files of a workspace has its test where they are scanned.
const alone = ruleIds().filter((id) => !workspaceChecks.some((each) => each.id === id));

for (const id of alone) {
  const examples = path.join(folder, id, 'examples');
  describe(id, () => {
    const files = readdirSync(examples);

    it('stands in the folder of its name and has true and false examples', () => {
      expect(describedRule(id)?.id).toBe(id);
      const all = files.map((file) => readFileSync(path.join(examples, file), 'utf8')).join('\n');
      expect(all).toMatch(/(\/\/|#) want /);
      expect(all).toMatch(/(\/\/|#) bounded: /);
      expect(all).toMatch(/(\/\/|#) nothing/);
    });

    it.each(files)('says at each place of %s what the comment there says', async (file) => {
      const text = readFileSync(path.join(examples, file), 'utf8');
      expect(await foundIn(id, file, text)).toEqual(expectedOf(text));
      const lower = `\n\n${text}`;
      expect(await foundIn(id, file, lower), 'below blank lines').toEqual(expectedOf(lower));
      expect(await saidIn(id, file, lower)).toEqual(await saidIn(id, file, text, 2));
    });
  });
}
