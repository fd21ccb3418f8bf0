import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neededBy } from '../../../src/hazards/needed';
import { takeInHand } from '../../../src/hazards/trigrams';
import { allOf, anyOf, naming } from '../../../src/hazards/words';

/** Expressions of all the shapes that rules use, and texts that each of them matches. */
const matched: [RegExp, string[]][] = [
  [/\.(on|addListener)\(\s*['"]data['"]/, ["x.on('data'", 'x.addListener(\n "data"']],
  [/XRead(Group)?Args/, ['XReadArgs', 'XReadGroupArgs']],
  [/[dD]eque\b|new Map/, ['a Deque', 'new Map()']],
  [/kafka|amqp/i, ['import KAFKA', 'Amqp']],
  [/a+bcd?e{2}f*g{1,2}(?:hi)*j/, ['aabceeffghihij', 'abcdeegj']],
  [/\((?<=\b(?:spawn|start_soon)\()/, ['spawn(', 'start_soon(x']],
  [/read(?!Line)\w+(?= \()/, ['readAll (']],
  [/^\s*import\b.*(sqs|nats)/m, ['x\n import a.nats']],
  [/\bof (?:\w+\.)?on\(/, ['of on(', 'of events.on(']],
  [/"[^"\n]*\/(?:gin|echo(?:\/v\d+)?)"/, ['"x/gin"', '"a/echo/v4"']],
  [/(\w+) = \1\.slice/, ['ab = ab.slice']],
  [/\u0041bc|é/, ['Abc', 'é']],
  [/[[\]]|x{y}/, [']', 'x{y}']],
];

describe('what a text must hold for an expression', () => {
  it.each(matched)('is held by the texts that match %s', (expression, texts) => {
    const needed = neededBy(expression);
    for (const text of texts) {
      expect(text).toMatch(expression);
      takeInHand(text);
      expect(needed(text)).toBe(true);
    }
  });

  it('is missing in a text that holds none of its pieces', () => {
    const text = 'function send(message) { return message.length; }';
    takeInHand(text);
    expect(neededBy(/\bsetInterval\(/)(text)).toBe(false);
    expect(neededBy(/\.(subscribe|consume)\(/)(text)).toBe(false);
    expect(neededBy(/\w+ = \[\]/)(text)).toBe(false);
    expect(neededBy(/(kafka|rabbit)\w*/i)(text)).toBe(false);
    expect(neededBy(/return (?=message)/)(text)).toBe(true);
  });

  it('is not told of a text that is not in hand', () => {
    takeInHand('one text');
    expect(neededBy(/other/)('another text')).toBe(true);
  });

  it('never hides a match, wherever it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...matched), fc.string(), fc.string(), fc.nat(), (of, before, after, which) => {
        const [expression, texts] = of;
        const text = `${before}\n${texts[which % texts.length] ?? ''}\n${after}`;
        takeInHand(text);
        expect(anyOf(expression).test(text)).toBe(expression.test(text));
        expect(allOf(expression, naming('\n')).test(text)).toBe(expression.test(text));
      }),
    );
  });
});
