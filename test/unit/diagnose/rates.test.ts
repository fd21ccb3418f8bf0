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
