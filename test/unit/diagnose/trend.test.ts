import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannKendall, median, theilSen } from '../../../src/diagnose/statistics';
import { queueFacts } from '../../../src/diagnose/facts';
import {
  flow,
  noisyFlow,
  watched,
  type NoisyFlow,
  type QueueOverTime,
  type Watching,
} from '../../harness/observations';

const trendOf = (queue: QueueOverTime, watching: Watching = {}) => {
  const { queues, to } = watched([queue], watching);
  return queueFacts(queues[0]!, to, null).trend;
};

describe('the statistics', () => {
  it('give the median slope, whatever one point does', () => {
    expect(theilSen([0, 1, 2, 3, 4].map((at) => ({ at, value: at === 2 ? 900 : at * 10 })))).toBe(10);
    expect(theilSen([{ at: 1, value: 1 }])).toBeNull();
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('give the middle of few values and of many, and leave them as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 200 }), (values) => {
        const given = [...values];
        const sorted = values.toSorted((a, b) => a - b);
        const [low, high] = [sorted[Math.ceil(values.length / 2) - 1]!, sorted[Math.floor(values.length / 2)]!];
        expect([median(values), values]).toEqual([(low + high) / 2, given]);
      }),
    );
  });

  it('give the exact chance of a rise: eight in order happen once in 40,320 permutations', () => {
    expect(mannKendall([1, 2, 3, 4, 5, 6, 7, 8])).toBeCloseTo(1 / 40_320, 9);
    expect(mannKendall([1, 2, 3, 4])).toBeCloseTo(1 / 24, 9);
    expect(mannKendall([4, 3, 2, 1])).toBeCloseTo(1, 9);
    // Kendall's table: n = 8, S = 16 has p = 0.031, S = 14 has p = 0.054.
    expect(mannKendall([1, 2, 3, 4, 8, 7, 6, 5])).toBeCloseTo(0.031, 3);
    expect(mannKendall([1, 2, 3, 5, 8, 7, 6, 4])).toBeCloseTo(0.054, 3);
    expect(mannKendall([5, 5, 5, 5])).toBeGreaterThan(0.5);
  });
});

describe('the trend of a window', () => {
  it('is growing with the slope of the deficit', () => {
    const trend = trendOf(flow({ destination: 'a', arrives: 100, finishes: 85 }));
    expect(trend.state).toBe('growing');
    expect(trend.slope).toBeCloseTo(15, 5);
    expect(trend.confidence).toBeGreaterThan(0.95);
  });

  it('is draining when more is finished than arrives', () => {
    expect(trendOf(flow({ destination: 'a', arrives: 50, finishes: 100, waits: 10_000 })).state).toBe('draining');
  });

  it('is stable when nothing moves', () => {
    expect(trendOf(flow({ destination: 'a', waits: 5 }))).toMatchObject({ state: 'stable', slope: 0 });
  });

  it('is unknown with too few samples to tell', () => {
    expect(trendOf(flow({ destination: 'a', arrives: 100, finishes: 10 }), { seconds: 20, every: 10 }).state).toBe(
      'unknown',
    );
  });

  it.each([4, 10, 20, 30, 45])('is not growing between commits %d s apart', (commitsEvery) => {
    expect(trendOf(flow({ destination: 'a', arrives: 100, commitsEvery })).state).not.toBe('growing');
  });

  it('does not take one refreshed figure for eight', () => {
    const refreshed: QueueOverTime = (seconds) =>
      flow({ destination: 'a', arrives: 100, finishes: 90 })(Math.floor(seconds / 30) * 30);
    expect(trendOf(refreshed).state).toBe('unknown');
  });

  it('of a queue that nothing counts comes from the backlog alone', () => {
    const reading = { produced: null, consumed: null };
    const uncounted: QueueOverTime = (seconds) => ({
      ...flow({ destination: 'a', arrives: 20, waits: 50 })(seconds)!,
      ...reading,
      backlog: 50 + 12 * seconds,
    });
    expect(trendOf(uncounted)).toMatchObject({ state: 'growing', slope: 12 });
  });
});

describe('over a hundred noisy windows of 60 s with a commit each 6 s', () => {
  const seeds = Array.from({ length: 100 }, (_, i) => i + 1);
  /** How many of the windows are called growing, sampled each second and each second and a half. */
  const growingOf = (more: Pick<NoisyFlow, 'arrivalRate' | 'serviceRate'>) => {
    const flows = seeds.map((seed) => noisyFlow({ seed, commitsEvery: 6, seconds: 60, ...more }));
    return [1, 1.5].map((every) => flows.filter((queue) => trendOf(queue, { every }).state === 'growing').length);
  };

  it.each([0.5, 0.6, 0.7])('nothing grows at a utilisation of %d', (utilisation) => {
    expect(growingOf({ arrivalRate: 100, serviceRate: 100 / utilisation })).toEqual([0, 0]);
  });

  it.each([
    [15, 0.85],
    [100, 0],
    [50, 0.5],
  ])('a deficit of %d %% of the arrivals is found in 95 at least', (_, share) => {
    const found = growingOf({ arrivalRate: 100, serviceRate: 100 * share });
    expect(Math.min(...found)).toBeGreaterThanOrEqual(95);
  });
});
