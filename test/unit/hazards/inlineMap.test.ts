import { expect, it } from 'vitest';
import { withoutInlineMap } from '../../../src/hazards/inlineMap';

const program = 'const a = 1;\n';
const map = `//# sourceMappingURL=data:application/json;base64,${'QUJD'.repeat(500)}`;

it.each([
  ['the last line', program + map],
  ['the last line, which is ended', `${program}${map}\n`],
])('a map of sources in %s is no part of the program', (_, text) => {
  expect(withoutInlineMap(text)).toBe(program);
});

it('a map behind a program of one line leaves the program', () => {
  expect(withoutInlineMap(`let a;${map}`)).toBe('let a;');
});

it('a text with code below its map, and one without a map, stay whole', () => {
  const below = `${map}\n${program}`;
  const long = `${program}//${' data'.repeat(400)}`;
  expect(withoutInlineMap(below)).toBe(below);
  expect(withoutInlineMap(long)).toBe(long);
});
