import { describe, expect, it } from 'vitest';
import { burrowStatus, fixedThreshold, rateOfLag, type Rule } from '../../harness/rivals';
import { counted } from '../../harness/observations';

/** Ten commits, one each 10 s, the last at 90 s. */
const commits = (offsets: (i: number) => number, lags: (i: number) => number) =>
  Array.from({ length: 10 }, (_, i) => ({ seconds: i * 10, offset: offsets(i), lag: lags(i) }));
const rising = (i: number) => i * 100;

describe('Burrow, as its rules are described,', () => {
  it.each([
    ['WARN', 'lag that never fell', commits(rising, (i) => 5 + i), 95],
    ['OK', 'one fall among ten', commits(rising, (i) => (i === 4 ? 1 : 5 + i)), 95],
    ['OK', 'lag that was once 0', commits(rising, (i) => (i === 0 ? 0 : 5 + i)), 95],
    [
      'STALL',
      'ten commits of the same offset',
      commits(
        () => 7,
        (i) => 5 + i,
      ),
      95,
    ],
    ['STOP', 'no commit for longer than the ten took', commits(rising, (i) => 5 - (i % 2)), 181],
    [
      'REWIND',
      'an offset that went back',
      commits(
        (i) => (i === 9 ? 3 : rising(i)),
        () => 5,
      ),
      95,
    ],
    ['OK', 'fewer than ten commits', commits(rising, (i) => 5 + i).slice(1), 95],
  ] as const)('says %s of %s', (status, _, ring, now) => {
    expect(burrowStatus(ring, now, 5)).toBe(status);
  });

  it('says OK of whatever has no lag', () => {
    expect(
      burrowStatus(
        commits(
          () => 7,
          () => 0,
        ),
        500,
        0,
      ),
    ).toBe('OK');
  });
});

describe('a rule of Prometheus', () => {
  const firstOn = (rule: Rule, lag: (seconds: number) => number) => {
    for (let seconds = 0; seconds <= 3600; seconds += 10) {
      if (rule(seconds, counted({ destination: 'a' }, lag(seconds), 0))) return seconds;
    }
    return null;
  };

  it('fires once a fixed threshold was exceeded for five minutes, draining or not', () => {
    expect(firstOn(fixedThreshold(), (seconds) => seconds * 100)).toBe(110 + 300);
    expect(firstOn(fixedThreshold(), (seconds) => 90_000 - 10 * seconds)).toBe(300);
    expect(firstOn(fixedThreshold(), () => 10_000)).toBeNull();
  });

  it('takes every fall of a lag for an increase', () => {
    expect(firstOn(rateOfLag(), (seconds) => 90_000 - 10 * seconds)).toBe(310);
    expect(firstOn(rateOfLag(), () => 5)).toBeNull();
  });
});
