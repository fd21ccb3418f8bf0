import { describe, expect, it } from 'vitest';
import { applied, stepOf } from '../../../src/hazards/fixes/edits';
import { readBy } from '../../../src/hazards/languages/named';
import type { Language } from '../../../src/hazards/rule';
import { engine } from '../../harness/hazardEngine';
import { examplesOf } from '../../harness/hazardFixes';

/** Spaces of a step in the examples of each folder. */
const steps = { js: 2, py: 4, java: 4, rust: 4, csharp: 4 } as const;

/** The same text as somebody writes it who indents with tabs. */
const withTabs = (text: string, step: number) =>
  text.replace(/^ +/gm, (own) => '\t'.repeat(Math.floor(own.length / step)) + ' '.repeat(own.length % step));

const isIndentedBySpaces = (line: string) => /^\t* {2,}[^ *]/.test(line);

describe('a quick fix in a file that is indented with tabs', () => {
  it.each(Object.entries(steps))('writes no spaces (%s)', async (folder, step) => {
    const wrong: string[] = [];
    let fixed = 0;
    for (const { name, text } of examplesOf(folder)) {
      const tabbed = withTabs(text, step);
      const own = new Set(tabbed.split('\n'));
      const { hazards } = await engine.scanText(readBy(name) as Language, tabbed, name);
      for (const fix of hazards.flatMap(({ fixes }) => fixes)) {
        fixed++;
        const added = applied(tabbed, fix.edits)
          .split('\n')
          .filter((line) => !own.has(line));
        for (const line of added.filter(isIndentedBySpaces))
          wrong.push(`${fix.id} in ${name}: ${JSON.stringify(line)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(fixed).toBeGreaterThan(10);
  });
});

it('a quick fix in a file of double quotes writes them', async () => {
  const text = `import { PassThrough } from "node:stream";

export function read(socket) {
  const sink = new PassThrough();
  socket.on("data", (data) => {
    sink.write(data);
  });
}
`;
  const { hazards } = await engine.scanText('javascript', text, 'a.js', { only: ['js/ignored-write'] });
  const [fix] = hazards.flatMap(({ fixes }) => fixes);
  expect(applied(text, fix?.edits ?? [])).toContain('sink.once("drain", () => socket.resume());');
});

it('a step is what most lines are indented by, not the star of a comment nor a line that goes on', () => {
  const text =
    '/**\n * Orders.\n */\nclass Orders\n    implements Shop {\n  int open;\n\n  void on() {\n    open++;\n  }\n}\n';
  expect(stepOf(text)).toBe('  ');
});
