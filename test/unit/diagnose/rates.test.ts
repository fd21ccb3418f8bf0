import { describe, expect, it } from 'vitest';
import { counterRate, largestStep, queueRates, stoodStill } from '../../../src/diagnose/rates';
import { flow, watched } from '../../harness/observations';

const every = (seconds: number, count: number) => Array.from({ length: count }, (_, i) => i * seconds * 1000);

describe('a rate from a counter', () => {
  it('is the increase per second', () => {
    expect(counterRate(every(10, 4), [0, 100, 200, 300])).toBe(10);
  });

  it('is unknown with one reading', () => {
    expect(counterRate([0], [5])).toBeNull();
    expect(counterRate(every(1, 3), [NaN, 5, NaN])).toBeNull();
  });

  it('bridges readings that failed', () => {
    expect(counterRate(every(10, 4), [0, NaN, NaN, 300])).toBe(10);
  });

  it('is no spike when the counter starts again', () => {
    expect(counterRate(every(10, 6), [100_000, 100_100, 100_200, 0, 100, 200])).toBe(10);
  });

  it('leaves out a low reading after which the counter goes on where it was', () => {
    expect(counterRate(every(10, 5), [100_000, 100_100, 20, 100_300, 100_400])).toBe(10);
  });

  it.each<[text: string, counter: number[], increase: number, seconds: number]>([
    ['that was misread once and goes on just where it was', [1000, 20, 1000], 0, 20],
    ['that was misread twice, and counted on meanwhile', [1000, 10, 20, 1010], 10, 30],
    ['that was misread on the way down and up again', [1000, 500, 20, 520, 1020], 20, 40],
    // A step of 990 is smaller than the fall by 1,000: 100 before it and 990 + 10 after it.
    ['that began again and soon is where it was', [900, 1000, 0, 990, 1000], 1100, 30],
    ['that began again and stood first', [500, 0, 0, 100], 100, 20],
    ['that began again twice', [500, 0, 100, 0, 60], 160, 20],
  ])('is told of one %s', (_, counter, increase, seconds) => {
    expect(counterRate(every(10, counter.length), counter)).toBeCloseTo(increase / seconds, 9);
  });

  it('is no spike and no lull when what waits on a partition just begun is taken off, and made up for', () => {
    const at = every(1, 61);
    for (const takenOff of [5, 300, 3000, 30_000, 1_000_000]) {
      const consumed = at.map((time) => time - (time > 20_000 ? takenOff : 0));
      const rate = counterRate(at, consumed);
      expect(rate).toBeGreaterThan(980);
      expect(rate).toBeLessThanOrEqual(1000);
    }
  });

  it('counts whole commits, wherever the window cuts them', () => {
    const at = every(1, 61);
    for (const phase of [0, 1, 2, 3, 4, 5, 6]) {
      const committed = at.map((time) => Math.floor((time / 1000 + phase) / 7) * 700);
      expect(counterRate(at, committed)).toBeCloseTo(100, 5);
    }
  });

  it.each<[text: string, commits: number[], last: number, rate: number]>([
    ['from the first of four commits to the last', [3, 8, 13, 18], 22, 30 / 15],
    ['over all that was seen of three', [3, 8, 13], 17, 30 / 17],
    ['with a silence before them that is longer than any between', [8, 13, 18, 23], 24, 40 / 24],
    ['without one that is just as long', [5, 10, 15, 20], 22, 30 / 15],
    ['with a silence after them that is longer', [3, 8, 13, 18], 24, 40 / 24],
    ['without one that is just as long after them', [3, 8, 13, 18], 23, 30 / 15],
    ['without one that is as long as the longest between', [3, 5, 11, 13], 19, 30 / 10],
  ])('of batches of ten is taken %s', (_, commits, last, rate) => {
    const at = every(1, last + 1);
    const committed = at.map((time) => 10 * commits.filter((second) => second * 1000 <= time).length);
    expect(counterRate(at, committed)).toBeCloseTo(rate, 9);
  });

  it('counts the silence after the last commit when it is longer than any before', () => {
    const at = every(1, 61);
    expect(
      counterRate(
        at,
        at.map((time) => Math.min(time / 1000, 30) * 100),
      ),
    ).toBeCloseTo(50, 0);
  });

  it("is the broker's own only where no counter tells", () => {
    const told = { arrivalRate: 7, departureRate: 8 };
    const counted = watched([flow({ destination: 'a', arrives: 3, reading: told })]).queues[0]!;
    expect(queueRates(counted)).toEqual({ arrival: 3, departure: 3 });
    const uncounted = watched([flow({ destination: 'a', reading: { ...told, produced: null, consumed: null } })]);
    expect(queueRates(uncounted.queues[0]!)).toEqual({ arrival: 7, departure: 8 });
  });

  it('knows the largest batch and a counter that stands still', () => {
    expect(largestStep(every(1, 4), [0, 5, 30, 31])).toBe(25);
    expect(stoodStill([4, NaN, 4])).toBe(true);
    expect(stoodStill([4, 5])).toBe(false);
    expect(stoodStill([NaN, 4])).toBe(false);
  });
});
