import { describe, expect, it } from 'vitest';
import { Pauses } from '../../../src/diagnose/pauses';

type Look = [second: number, consumed: number, waits?: boolean];

/** A consumer as it was looked at; something waits where nothing else is said. */
const seen = (...looks: Look[]) => {
  const pauses = new Pauses();
  for (const [second, consumed, waits = true] of looks) pauses.add(second * 1000, consumed, waits);
  return pauses;
};

/** A consumer read each second that finishes one message after each of so many seconds. */
const pausing = (...lengths: number[]) => {
  const pauses = seen([0, 0]);
  let [second, consumed] = [0, 0];
  for (const length of lengths) {
    for (let i = 1; i < length; i++) pauses.add(++second * 1000, consumed, true);
    pauses.add(++second * 1000, ++consumed, true);
  }
  return {
    /** The habit, in seconds, so long after the last message was finished. */
    usual: (after = 0) => pauses.usualMs((second + after) * 1000) / 1000,
    pauses,
  };
};

describe('how long nothing was finished', () => {
  const stood: [text: string, looks: Look[], seconds: number][] = [
    ['is nothing at the first look', [[0, 5]], 0],
    [
      'is the time since the last look at which something was',
      [
        [0, 4],
        [10, 5],
        [20, 5],
        [30, 5],
      ],
      20,
    ],
    [
      'is nothing once something is finished',
      [
        [0, 5],
        [10, 5],
        [20, 6],
      ],
      0,
    ],
    [
      'begins when something waits',
      [
        [0, 5, false],
        [10, 5],
        [20, 5],
      ],
      10,
    ],
    [
      'is nothing when nothing waits any more',
      [
        [0, 5],
        [10, 5],
        [20, 5, false],
      ],
      0,
    ],
    [
      'goes on over a reading that failed',
      [
        [0, 5],
        [10, 5],
        [20, NaN],
        [30, 5],
      ],
      30,
    ],
    [
      'may begin with the longest pause between looks',
      [
        [0, 5],
        [600, 5],
      ],
      600,
    ],
    [
      'counts a late look in full up to three times the usual',
      [
        [0, 5],
        [10, 5],
        [40, 5],
      ],
      40,
    ],
    [
      'counts no more than that of a clock that leaps',
      [
        [0, 5],
        [10, 5],
        [3610, 5],
      ],
      40,
    ],
  ];
  it.each(stood)('%s', (_, looks, seconds) => {
    expect(seen(...looks).stillMs / 1000).toBe(seconds);
  });

  it('is told beside the looks at which something was finished, not counting the first', () => {
    expect(seen([0, 5], [10, 6], [20, 6], [30, NaN], [40, 7], [50, 9]).moves).toBe(3);
  });
});

describe('the pause that is a habit', () => {
  it('is none after one, and as long as both after two, to the look at which something was finished', () => {
    expect(pausing(30).usual()).toBe(0);
    expect(pausing(30, 30).usual()).toBe(30);
  });

  it('is none where something is finished at every look', () => {
    expect(pausing(1, 1, 1, 1).usual()).toBe(0);
  });

  it('is none where nothing waited meanwhile', () => {
    const idle = seen([0, 0, false], [10, 0, false], [20, 1, false], [30, 1, false], [40, 2, false]);
    expect(idle.usualMs(40_000)).toBe(0);
  });

  it('is forgotten after six of its lengths: the first of two ended 30 s before the second', () => {
    const { usual } = pausing(30, 30);
    expect(usual(6 * 30 - 30)).toBe(30);
    expect(usual(6 * 30 - 30 + 1)).toBe(0);
  });

  it('is the longer of two of which the other is at least 70 % as long, else the shorter', () => {
    expect(pausing(30, 21).usual()).toBe(30);
    expect(pausing(30, 20).usual()).toBe(20);
    expect(pausing(20, 30).usual()).toBe(20);
  });

  it.each([
    ['first', [10, 10, 30, 30]],
    ['last', [30, 30, 10, 10]],
  ])('is the longest of several, where shorter ones came %s', (_, lengths) => {
    expect(pausing(...lengths).usual()).toBe(30);
  });

  it('is learnt from the latest sixteen pauses', () => {
    const short = (times: number) => Array.from({ length: times }, () => 5);
    expect(pausing(60, 60, ...short(14)).usual()).toBe(60);
    expect(pausing(60, 60, ...short(15)).usual()).toBe(5);
  });

  it('is no longer than a quarter of an hour, whatever was waited', () => {
    expect(pausing(1200, 1200).usual()).toBe(900);
  });

  it('counts a look that came late by no more than three times the usual', () => {
    // 10 s stood still, then 30 s of the leap: twice 40 s.
    const leapt = seen([0, 0], [10, 0], [3610, 1], [3620, 1], [3630, 1], [3640, 1], [3650, 2]);
    expect(leapt.usualMs(3_650_000)).toBe(40_000);
  });
});
