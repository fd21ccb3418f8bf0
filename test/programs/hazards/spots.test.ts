import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Language as Grammar, Parser, type Node } from 'web-tree-sitter';
import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../../src/hazards/languages/all';
import { languageOf } from '../../../src/hazards/languages/named';
import { JoinedQuery, Queries } from '../../../src/hazards/queries';
import type { Language } from '../../../src/hazards/rule';
import { rules } from '../../../src/hazards/rules/all';
import { sight } from '../../../src/hazards/spots';
import { TypedText } from '../../../src/hazards/typed';
import { nodesOf } from '../../../src/hazards/walked';
import { seededRandom, type Random } from '../../../src/measure/demo/random';
import { installedBinary } from '../../harness/hazardEngine';
import { projectRoot } from '../../harness/tools';

const keys = 150;
const typedIn = ['go', 'typescript', 'python', 'java', 'rust', 'csharp'] as const;

beforeAll(async () => {
  await Parser.init({ wasmBinary: await installedBinary('web-tree-sitter.wasm') });
});

/** All examples of a language one after the other. */
function examplesOf(language: Language): string {
  const all = readdirSync(path.join(projectRoot, 'src/hazards/rules'), { recursive: true, encoding: 'utf8' });
  const files = all.filter((file) => file.includes('/examples/') && languageOf(file) === language).sort();
  return files.map((file) => readFileSync(path.join(projectRoot, 'src/hazards/rules', file), 'utf8')).join('\n');
}

/** What a hand does: a letter, a bracket, a line gone or put elsewhere, a piece gone; every other time it is taken back. */
function typedOn(text: string, random: Random): string {
  const at = (limit: number) => Math.floor(random.uniform() * limit);
  const lines = text.split('\n');
  const [line = ''] = lines.slice(at(lines.length));
  const place = at(text.length);
  const put = (what: string, instead = 0) => text.slice(0, place) + what + text.slice(place + instead);
  const ways = [
    () => put('x'),
    () => put(' '),
    () => put('', 1),
    () => put('', at(40)),
    () => put(['{', '}', '(', ')', '"', '/*', '𝄞', ';', '#'][at(9)] ?? ''),
    () => text.replace(`${line}\n`, ''),
    () => lines.toSpliced(at(lines.length), 0, line).join('\n'),
    () => lines.toSpliced(at(lines.length), 0, '').join('\n'),
  ];
  return ways[at(ways.length)]?.() ?? text;
}

const told = (found: readonly (readonly Node[])[]) =>
  found.map((nodes) => nodes.map(({ type, startIndex, endIndex }) => `${type} ${startIndex}-${endIndex}`).sort());

describe('a text that is typed is searched around each change only, and', () => {
  it.each(typedIn)('finds in %s all that a search of the whole would find', async (language) => {
    const grammar = await Grammar.load(await installedBinary(languages[language].grammar));
    const parser = new Parser().setLanguage(grammar);
    const walk = nodesOf(languages[language].walked.filter((type) => grammar.types.includes(type)));
    const sought = [walk, ...rules[language]];
    const [typed, queries, whole] = [new TypedText(), new Queries(grammar), new JoinedQuery(grammar, sought)];
    const random = seededRandom(7);
    const original = examplesOf(language);
    let text = original;
    for (let key = 0; key < keys; key++) {
      const tree = typed.parsed(parser, text);
      if (!tree) throw new Error('the text could not be parsed');
      // In one and the same tree: of what is no program, one that was parsed piece by piece may differ.
      expect(told(typed.placesIn(tree.rootNode, queries, sought)), `${language}, key ${key}`).toEqual(
        told(whole.placesIn(tree.rootNode)),
      );
      text = key % 2 === 0 ? typedOn(text, random) : random.uniform() < 0.7 ? original : text;
    }
    typed.forget();
  });

  it('no rule looks further around its place than that', () => {
    for (const { id, query } of Object.values(rules).flat()) {
      const shape = query.replace(/\(#[^()]*\)/g, '').replace(/[^()]/g, '');
      let [depth, deepest] = [0, 0];
      for (const each of shape) deepest = Math.max(deepest, (depth += each === '(' ? 1 : -1));
      expect(deepest - 1, id).toBeLessThan(sight);
    }
  });
});
