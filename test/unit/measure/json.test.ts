import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/measure/json';
import { Announced } from '../../../src/measure/redis/announced';

const long = 'x'.repeat(300_000);

describe('The JSON of an answer', () => {
  it('is read as JSON.parse reads it, however long, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.string({ unit: 'binary' }), (value, text) => {
        const whole = JSON.stringify({ value, text, brackets: `${'[{"\\'.repeat(500)}${text}`, long });
        expect(parseJson(whole)).toEqual(JSON.parse(whole));
      }),
      { numRuns: 50 },
    );
  });

  it('is none where it is cut off, or nested deeper than any answer', () => {
    expect(parseJson('{"a":')).toBeUndefined();
    expect(parseJson(`{"long":"${long}`)).toBeUndefined();
    const nested = (depth: number) => `{"long":"${long}","deep":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(parseJson(nested(90))).toMatchObject({ long });
    expect(parseJson(nested(200))).toBeUndefined();
  });
});

describe('What a Redis announces', () => {
  const feed = (text: string, size: number) => {
    const announced = new Announced();
    const bytes = Buffer.from(text, 'latin1');
    for (let at = 0; at < bytes.length; at += size) announced.read(bytes.subarray(at, at + size));
  };

  it('is passed wherever it is cut, and names that look like lists are names', () => {
    const name = '*999999999\r\n$5\r\n';
    const keys = Array.from({ length: 1000 }, () => `$${name.length}\r\n${name}\r\n`).join('');
    for (const size of [1, 3, 64, 100_000]) feed(`*2\r\n$1\r\n0\r\n*1000\r\n${keys}+OK\r\n:7\r\n*-1\r\n$-1\r\n`, size);
  });

  it('is refused once lists add up to more than any server has, wherever it is cut', () => {
    for (const size of [1, 5, 1000]) expect(() => feed('*3000000\r\n*3000000\r\n', size)).toThrow(/announces more/);
  });
});
