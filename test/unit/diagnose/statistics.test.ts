import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { median, theilSen } from '../../../src/diagnose/statistics';

describe('slopes and middles', () => {
  it('give the median slope, whatever one point does', () => {
    expect(theilSen([0, 1, 2, 3, 4].map((at) => ({ at, value: at === 2 ? 900 : at * 10 })))).toBe(10);
    // Three of six pairs do not rise, the others by 3, 4.5 and 9.
    expect(theilSen([0, 0, 0, 9].map((value, at) => ({ at, value })))).toBe(1.5);
    expect(theilSen([{ at: 1, value: 1 }])).toBeNull();
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  it('give the middle of few values and of many, and leave them as they were', () => {
    fc.assert(
      // Its size is said, or hardly an array would be longer than ten.
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 200, size: 'max' }), (values) => {
        const given = [...values];
        const sorted = values.toSorted((a, b) => a - b);
        const [low, high] = [sorted[Math.ceil(values.length / 2) - 1]!, sorted[Math.floor(values.length / 2)]!];
        expect([median(values), values]).toEqual([(low + high) / 2, given]);
      }),
    );
  });

  it('give the slope of many points too, and of those alone that are of different moments', () => {
    const line = (length: number) => Array.from({ length }, (_, at) => ({ at, value: 3 * at }));
    expect(theilSen(line(13))).toBe(3);
    // Of −x² two points i and j have the slope −(i + j), of which 78 lie evenly about −12.
    expect(theilSen(line(13).map(({ at }) => ({ at, value: -at * at })))).toBe(-12);
    expect(theilSen([...line(3), { at: 2, value: 900 }, ...line(6).slice(3)])).toBe(3);
    expect(theilSen([...line(1), ...line(1)])).toBeNull();
  });
});

describe('the chance of a rise by chance', () => {
  let mannKendall: (values: readonly number[]) => number;
  beforeEach(async () => {
    // It keeps what it has once computed: what an earlier test made it compute would hide what it does.
    vi.resetModules();
    ({ mannKendall } = await import('../../../src/diagnose/statistics'));
  });

  it('is exact: eight in order happen once in 40,320 permutations', () => {
    expect(mannKendall([1, 2, 3, 4, 5, 6, 7, 8])).toBeCloseTo(1 / 40_320, 9);
    expect(mannKendall([1, 2, 3, 4])).toBeCloseTo(1 / 24, 9);
    expect(mannKendall([4, 3, 2, 1])).toBeCloseTo(1, 9);
    // Kendall's table: n = 8, S = 16 has p = 0.031, S = 14 has p = 0.054.
    expect(mannKendall([1, 2, 3, 4, 8, 7, 6, 5])).toBeCloseTo(0.031, 3);
    expect(mannKendall([1, 2, 3, 5, 8, 7, 6, 4])).toBeCloseTo(0.054, 3);
    expect(mannKendall([5, 5, 5, 5])).toBeGreaterThan(0.5);
  });

  // Of n! permutations one has no inversion and n − 1 have one; all but one have at least one.
  it.each([5, 6, 9, 11, 12])('is exact for %d values in order, with two exchanged, and turned round', (n) => {
    const order = Array.from({ length: n }, (_, i) => i + 1);
    const permutations = order.reduce((product, value) => product * value, 1);
    expect(mannKendall(order) * permutations).toBeCloseTo(1, 6);
    expect(mannKendall([2, 1, ...order.slice(2)]) * permutations).toBeCloseTo(n, 6);
    expect(mannKendall(order.toReversed())).toBeCloseTo(1, 9);
  });

  it('is as exact when it is asked again', () => {
    mannKendall([1, 2, 3]);
    expect(mannKendall([1, 2, 3])).toBeCloseTo(1 / 6, 9);
  });
});
