import { describe, expect, it } from 'vitest';
import { queueFacts } from '../../../src/diagnose/facts';
import type { Rates } from '../../../src/diagnose/rates';
import { judgeTrend, type Lane } from '../../../src/diagnose/trend';
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

describe('the trend over a lane of four blocks of 10 s', () => {
  const four: Lane = {
    ...{ name: 'fast', blocks: 4, blockSeconds: 10, fewestBlocks: 4 },
    ...{ significance: 0.05, slopeShare: 0.1, levelSeconds: 0 },
  };
  const unknown: Rates = { arrival: null, departure: null };
  interface Read {
    rates?: Partial<Rates>;
    lane?: Partial<Lane>;
    produced?: number[];
    consumed?: number[];
  }
  /** Of a backlog read each 10 s, so that each reading is a block. */
  const judged = (backlog: number[], { rates, lane, produced = [], consumed = [] }: Read = {}) => {
    const series = watched([flow({ destination: 'a' })], { seconds: 10 * (backlog.length - 1), every: 10 }).queues[0]!;
    const column = (values: number[]) => Float64Array.from(backlog, (_, i) => values[i] ?? NaN);
    const read = { backlog: column(backlog), produced: column(produced), consumed: column(consumed) };
    return judgeTrend({ ...series, ...read }, { ...unknown, ...rates }, { ...four, ...lane });
  };
  const stateOf = (...given: Parameters<typeof judged>) => judged(...given).state;
  /** Four readings that far apart. */
  const line = (from: number, step: number) => [0, 1, 2, 3].map((i) => from + i * step);

  it('is as certain as four in order are: all but one in 24, in half its blocks half of that', () => {
    expect(judged(line(0, 20))).toEqual({
      state: 'growing',
      slope: 2,
      confidence: 1 - 1 / 24,
      lane: 'fast',
      since: null,
    });
    expect(judged(line(60, -20))).toMatchObject({ state: 'draining', slope: -2, confidence: 1 - 1 / 24, lane: null });
    expect(judged(line(0, 20), { lane: { blocks: 8 } }).confidence).toBeCloseTo(0.5 * (1 - 1 / 24), 9);
    expect(judged(line(60, -20), { lane: { blocks: 8 } }).confidence).toBeCloseTo(0.5 * (1 - 1 / 24), 9);
  });

  it('is not told from three readings, nor where four in order are too likely by chance', () => {
    expect(judged([0, 20, 40])).toMatchObject({ state: 'unknown', confidence: 0 });
    expect(stateOf(line(0, 20), { lane: { significance: 0.04 } })).toBe('stable');
    expect(stateOf(line(60, -20), { lane: { significance: 0.04 } })).toBe('stable');
    // One exchange: four of 24 permutations have no more.
    expect([stateOf([0, 20, 10, 30]), stateOf([30, 10, 20, 0])]).toEqual(['stable', 'stable']);
  });

  it.each([
    { by: 'more than ten messages of a few', grows: line(0, 4), stable: line(0, 3), drains: line(12, -4) },
    // Against 5 % of the larger end: 54 > 52.7 and 51 > 50, but not 51 > 52.55.
    { by: 'more than 5 % of many', grows: line(1000, 18), stable: line(1000, 17), drains: line(1000, -17) },
  ])('changes by $by where no rate is known', ({ grows, stable, drains }) => {
    expect([grows, stable, drains].map((backlog) => stateOf(backlog))).toEqual(['growing', 'stable', 'draining']);
  });

  it('is stable where 1,000 fall by 48, which is less than 5 %', () => {
    expect(stateOf(line(1000, -16))).toBe('stable');
  });

  it.each<Partial<Rates>>([
    { arrival: 10 },
    { departure: 10 },
    { arrival: 10, departure: 5 },
    { arrival: 5, departure: 10 },
  ])('changes by more than 10 % of the larger rate, which is 1/s of %j', (rates) => {
    const states = [11, 10, -10, -11].map((step) => stateOf(line(500, step), { rates }));
    expect(states).toEqual(['growing', 'stable', 'stable', 'draining']);
  });

  it('changes by more than two messages, however few arrive', () => {
    const given = { rates: { arrival: 0.1 }, produced: line(0, 1) };
    const states = (...backlogs: number[][]) => backlogs.map((backlog) => stateOf(backlog, given));
    expect(states([0, 1, 1, 2], [0, 1, 2, 3])).toEqual(['stable', 'growing']);
    expect(states([2, 1, 1, 0], [3, 2, 1, 0])).toEqual(['stable', 'draining']);
  });

  it('grows only above the level that counts: five seconds of 10/s are 50', () => {
    const given = { rates: { arrival: 10 }, lane: { levelSeconds: 5 } };
    expect([14, 15].map((from) => stateOf(line(from, 12), given))).toEqual(['stable', 'growing']);
  });

  it('is no trend where it changed by no more than one batch: 60', () => {
    const batch = (messages: number) => [0, 0, messages, messages];
    expect([60, 59].map((most) => stateOf(line(0, 20), { consumed: batch(most) }))).toEqual(['stable', 'growing']);
    expect([60, 59].map((most) => stateOf(line(60, -20), { produced: batch(most) }))).toEqual(['stable', 'draining']);
  });

  it('is less certainly stable the nearer its slope is to one that counts, by half at most', () => {
    const certain = (step: number, blocks = 4) => judged(line(500, step), { rates: { arrival: 10 }, lane: { blocks } });
    expect(certain(2).confidence).toBeCloseTo(1 - 0.2, 9);
    expect(certain(-2).confidence).toBeCloseTo(1 - 0.2, 9);
    expect(certain(8).confidence).toBeCloseTo(0.5, 9);
    expect(certain(2, 8).confidence).toBeCloseTo(0.5 * (1 - 0.2), 9);
  });

  it('is stable with nothing changed, as certainly as it was looked at long enough', () => {
    expect(judged([5, 5], { lane: { blocks: 8 } })).toMatchObject({ state: 'stable', slope: 0, confidence: 2 / 8 });
    expect(judged([5])).toMatchObject({ state: 'unknown', slope: null, confidence: 0 });
    expect(judged([NaN, NaN])).toMatchObject({ state: 'unknown', slope: null, confidence: 0 });
  });

  it('leaves out readings that failed and those from before the lane', () => {
    const failed = judged([0, 20, NaN, 60, 80], { lane: { blocks: 5 } });
    expect(failed).toMatchObject({ state: 'growing', slope: 2 });
    expect(failed.confidence).toBeCloseTo((4 / 5) * (1 - 1 / 24), 9);
    expect(judged([-900, 5, 0, 20, 40, 60])).toMatchObject({ state: 'growing', slope: 2 });
  });

  it('takes a backlog that stays the same for a new reading when a counter moves', () => {
    const moves = line(0, 50);
    expect(stateOf([10, 10, 10, 40])).toBe('unknown');
    expect(stateOf([10, 10, 10, 40], { produced: moves })).toBe('stable');
    expect(stateOf([10, 10, 10, 40], { consumed: moves })).toBe('stable');
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
