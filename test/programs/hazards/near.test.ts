import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Language as Grammar, Parser, type Node } from 'web-tree-sitter';
import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../../src/hazards/languages/all';
import { languageOf } from '../../../src/hazards/languages/named';
import { JoinedQuery, Queries } from '../../../src/hazards/queries';
import type { Language } from '../../../src/hazards/rule';
import { rules } from '../../../src/hazards/rules/all';
import { installedBinary } from '../../harness/hazardEngine';
import { projectRoot } from '../../harness/tools';

const folder = path.join(projectRoot, 'src/hazards/rules');

const examplesOf = (language: Language): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('/examples/') && languageOf(file) === language)
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));

const told = (nodes: readonly Node[]) =>
  [...new Set(nodes.map(({ type, startIndex, endIndex }) => `${type} ${startIndex}-${endIndex}`))].sort();

beforeAll(async () => {
  await Parser.init({ wasmBinary: await installedBinary('web-tree-sitter.wasm') });
});

describe('a tree that is asked around the names of a query only', () => {
  it.each(['go', 'javascript', 'python', 'java', 'rust', 'csharp'] as const)(
    'tells of each example in %s, also behind wide letters, what the whole tree tells',
    async (language) => {
      const grammar = await Grammar.load(await installedBinary(languages[language].grammar));
      const parser = new Parser().setLanguage(grammar);
      const queries = new Queries(grammar);
      const whole = rules[language].map((rule) => ({ rule, query: new JoinedQuery(grammar, [rule]) }));
      let places = 0;
      for (const example of examplesOf(language)) {
        const text = `${language === 'python' ? '#' : '//'} é€𝄞\n${example}`;
        const tree = parser.parse(text);
        if (!tree) throw new Error('the text could not be parsed');
        for (const { rule, query } of whole) {
          const marks = rule.marks && new RegExp(rule.marks, rule.marks.flags.replace('g', ''));
          const all = query.placesIn(tree.rootNode).flat();
          const expected = marks ? all.filter((node) => marks.test(node.text)) : all;
          const near = queries.placesIn(tree.rootNode, text, [rule]).flat();
          expect(told(near), rule.id).toEqual(expect.arrayContaining(told(expected)));
          expect(told(all), rule.id).toEqual(expect.arrayContaining(told(near)));
          places += near.length;
        }
        tree.delete();
      }
      expect(places).toBeGreaterThan(50);
    },
  );
});
