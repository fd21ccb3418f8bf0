import { describe, expect, it } from 'vitest';
import { exponentOf, largerHalf } from '../../bench/growth/curve';
import { plot } from '../../bench/growth/plot';

const curveOf = (exponent: number, floor = 0) => ({
  ...{ what: 'Reading <b>', unit: 'queues', most: 2 },
  points: [10, 100, 1000, 10_000].map((size) => ({ size, ms: floor + 0.003 * size ** exponent })),
});

describe('A curve of cost over size', () => {
  it.each([0.5, 1, 1.5, 2])('that is a power law has its exponent: %d', (exponent) => {
    expect(exponentOf(curveOf(exponent).points)).toBeCloseTo(exponent, 9);
  });

  it('is fitted over its larger half, where what any run costs no longer counts', () => {
    const curve = curveOf(1, 1);
    expect(largerHalf(curve).map(({ size }) => size)).toEqual([1000, 10_000]);
    expect(exponentOf(largerHalf(curve))).toBeGreaterThan(exponentOf(curve.points));
  });

  it('is drawn with a mark for each size, and its name as text', () => {
    const svg = plot(curveOf(1));
    expect(svg.match(/<circle /g)).toHaveLength(4);
    expect(svg).toContain('Reading &#60;b&#62;: size to the 1.00');
    expect(svg).not.toContain('NaN');
  });
});
