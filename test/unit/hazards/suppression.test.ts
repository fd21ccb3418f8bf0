import { describe, expect, it } from 'vitest';
import { complaintOf, covers, explain, suppressionsIn } from '../../../src/hazards/suppression';

const comment = (text: string, line = 4, endLine = line) => ({ text, line, endLine });
const reasons = (...texts: string[]) => suppressionsIn(texts.map((text) => comment(text))).map(({ reason }) => reason);

describe('a comment that explains a hazard', () => {
  it('is one that says what bounds the place, and no other', () => {
    expect(
      reasons('// see the design', '// backpressure: bounded-by the pool', '# Backpressure:bounded-by 8 slots'),
    ).toEqual(['the pool', '8 slots']);
  });

  it('has its reason up to the end of the comment', () => {
    expect(reasons('/* backpressure: bounded-by the pool */')).toEqual(['the pool']);
    expect(reasons('/* backpressure: bounded-by the pool */  ')).toEqual(['the pool']);
    expect(reasons('// backpressure: bounded-by a*/b slots')).toEqual(['a*/b slots']);
  });

  it('has none where nothing follows', () => {
    expect(reasons('// backpressure: bounded-by', '/* backpressure: bounded-by */')).toEqual([null, null]);
  });

  it('holds for its own lines and the one below', () => {
    const [long] = suppressionsIn([comment('/* backpressure: bounded-by the pool */', 4, 6)]);
    expect([3, 4, 6, 7, 8].filter((line) => covers(long!, line))).toEqual([4, 6, 7]);
  });
});

describe('what becomes of an explanation', () => {
  const told = (text: string, ...lines: number[]) => {
    const hazards = lines.map((line): { line: number; suppressed: string | null } => ({ line, suppressed: null }));
    const [found] = explain(hazards, [comment(text)]);
    return {
      state: found!.state,
      suppressed: hazards.map(({ suppressed }) => suppressed),
      complaint: complaintOf(found!),
    };
  };

  it('is that the hazard below it is explained, and no other', () => {
    const pool = '// backpressure: bounded-by the pool';
    expect(told(pool, 5, 9)).toEqual({ state: 'used', suppressed: ['the pool', null], complaint: null });
  });

  it('is a complaint where it gives no reason, and the hazard stays', () => {
    expect(told('// backpressure: bounded-by', 5)).toEqual({
      ...{ state: 'bare', suppressed: [null] },
      complaint: 'This explanation gives no reason, so it does not count: say what bounds the place.',
    });
  });

  it('is a complaint where nothing is found any more', () => {
    expect(told('// backpressure: bounded-by the pool', 9)).toEqual({
      ...{ state: 'stale', suppressed: [null] },
      complaint: 'Nothing is found here any more that "the pool" would explain.',
    });
  });
});
