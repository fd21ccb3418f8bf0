import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyRate } from '../../src/diagnose/lanes';
import { partOf } from '../../src/diagnose/parts';
import { diagnoseQueues, LiveDiagnosis } from '../../src/diagnose/queues';
import { defaultObjectives } from '../../src/model/pipeline';
import type { QueueReport } from '../../src/model/report';
import type { Figures, QueueSeries } from '../../src/model/series';
import { flow, noisyFlow, watched, type NoisyFlow, type QueueOverTime } from '../harness/observations';

const told = (now: number) => ({ objectives: defaultObjectives, now });
const after = (queue: QueueOverTime, seconds: number, every = 10): QueueReport => {
  const observation = watched([queue], { seconds, every });
  return diagnoseQueues(observation, told(observation.to))[0]!;
};
const cut = (series: QueueSeries, end: number): QueueSeries => ({
  ...series,
  at: series.at.slice(0, end),
  backlog: series.backlog.slice(0, end),
  produced: series.produced.slice(0, end),
  consumed: series.consumed.slice(0, end),
});
/** What a view shows at each sample, watching from the first on. */
const each = (series: QueueSeries): QueueReport[] => {
  const live = new LiveDiagnosis();
  return Array.from(series.at).flatMap((now, i) => [...live.judge([cut(series, i + 1)], told(now))]);
};
const statesOver = (queue: QueueOverTime, seconds: number, every = 10) =>
  each(watched([queue], { seconds, every }).queues[0]!).map(({ state }) => state);
const turns = (states: readonly string[]) => states.filter((state, i) => state !== states[i - 1]);
const noisy = (seed: number, more: Omit<NoisyFlow, 'seed'>) => noisyFlow({ seed, step: 1, ...more });
const seeds = [1, 2, 3, 4, 5, 6];
const alarms = new Set(['growing', 'stuck', 'no-consumer']);

describe('an hour of polls each 10 s', () => {
  it.each([
    [0.5, 5],
    [0.7, 5],
    [0.7, 30],
    [0.7, 60],
  ])('alarms nobody at a utilisation of %d with commits each %d s', (utilisation, commitsEvery) => {
    for (const seed of seeds) {
      const queue = noisy(seed, { seconds: 3600, arrivalRate: 20, serviceRate: 20 / utilisation, commitsEvery });
      expect(statesOver(queue, 3600).filter((state) => alarms.has(state))).toEqual([]);
    }
  });

  it('alarms nobody while a backlog drains', () => {
    const states = statesOver(flow({ destination: 'a', arrives: 20, finishes: 30, waits: 50_000 }), 3600);
    expect(states.filter((state) => alarms.has(state))).toEqual([]);
    expect(states.indexOf('draining') * 10).toBeLessThanOrEqual(120);
  });

  it('finds a deficit of 20 % in 150 s and one of 5 % in 900 s, as one episode each', () => {
    for (const seed of seeds) {
      for (const [serviceRate, within] of [
        [80, 150],
        [95, 900],
      ] as const) {
        const states = statesOver(noisy(seed, { seconds: 3600, arrivalRate: 100, serviceRate, commitsEvery: 5 }), 3600);
        const found = states.indexOf('growing');
        expect(found).toBeGreaterThan(0);
        expect(found * 10).toBeLessThanOrEqual(within);
        expect(states.slice(found).every((state) => state === 'growing')).toBe(true);
      }
    }
  });

  it('is draining soon after the backlog turns, and not growing again behind the peak', () => {
    const upAndDown: QueueOverTime = (seconds) => {
      const reading = flow({ destination: 'a', arrives: 100, finishes: 100 })(seconds)!;
      const backlog = seconds < 900 ? 50 * seconds : Math.max(0, 45_000 - 50 * (seconds - 900));
      return { ...reading, backlog, waiting: backlog, consumed: reading.produced! - backlog };
    };
    const states = statesOver(upAndDown, 1700);
    expect(turns(states.slice(states.indexOf('growing')))).toEqual(['growing', 'draining']);
    expect(states.indexOf('draining') * 10).toBeLessThanOrEqual(900 + 120);
  });
});

describe('the first minutes of watching', () => {
  it.each([
    [0.5, 1, 120],
    [0.5, 5, 120],
    [0.5, 10, 120],
    [0.8, 10, 200],
    [0.85, 10, 310],
  ])(
    'find a consumer that does %d of the arrivals, read each %d s, in %d s, and leave no gap',
    (share, every, within) => {
      for (const seed of seeds) {
        const queue = noisy(seed, { seconds: 900, arrivalRate: 100, serviceRate: 100 * share, commitsEvery: 2 });
        const states = statesOver(queue, 900, every);
        const found = states.indexOf('growing');
        expect(found).toBeGreaterThan(0);
        expect(found * every).toBeLessThanOrEqual(within);
        expect(turns(states.slice(found))).toEqual(['growing']);
      }
    },
  );

  it('says that no trend is certain rather than call a first rise growing', () => {
    expect(after(flow({ destination: 'a', arrives: 10, finishes: 0 }), 50)).toMatchObject({
      state: 'healthy',
      reason: 'No trend is certain yet: 10/s arrive, 0/s are finished; 500 wait.',
    });
  });

  it('is stuck after two minutes in which nothing was ever seen finished', () => {
    const states = statesOver(flow({ destination: 'a', arrives: 10, finishes: 0 }), 300);
    expect(states.findIndex((state) => alarms.has(state)) * 10).toBeLessThanOrEqual(120);
    expect(states.at(-1)).toBe('stuck');
  });
});

describe('a queue that is watched', () => {
  it('is growing by the lane that opened, since when, with the slope of now', () => {
    const queue = after(flow({ destination: 'a', arrives: 100, finishes: 50 }), 600);
    expect(queue.state).toBe('growing');
    expect(queue.trend.slope).toBeCloseTo(50, 5);
    expect(Date.parse(queue.trend.since!)).toBeLessThanOrEqual(Date.parse('2026-01-01T00:02:00.000Z'));
  });

  it('shows the rates of the last two minutes, not of the hour', () => {
    const burst: QueueOverTime = (seconds) => {
      const reading = flow({ destination: 'a', arrives: 10 })(seconds)!;
      const more = 1_000 * Math.min(seconds, 1_800);
      return { ...reading, produced: reading.produced! + more, consumed: reading.consumed! + more };
    };
    expect(after(burst, 3600).arrivalRate).toBeCloseTo(10, 6);
  });

  it('is stuck a minute after the last progress, and says for how long', () => {
    const stopped: QueueOverTime = (seconds) => {
      const reading = flow({ destination: 'a', arrives: 10 })(seconds)!;
      const consumed = Math.min(reading.consumed!, 10_000);
      return { ...reading, consumed, backlog: reading.produced! - consumed, waiting: reading.produced! - consumed };
    };
    expect(statesOver(stopped, 1_200).indexOf('stuck') * 10).toBeLessThanOrEqual(1_000 + 80);
    expect(after(stopped, 1_200).reason).toContain('Nothing was finished in 3 m 10 s, with 1 consumer connected');
  });

  it('is judged the same sweep by sweep and all at once, and a sweep taken in twice counts once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0.5, max: 1.4, noNaN: true }), (seed, load) => {
        const queue = noisy(seed, { seconds: 900, arrivalRate: 10 * load, serviceRate: 10, commitsEvery: 5 });
        const [series] = watched([queue], { seconds: 900, every: 10 }).queues;
        const now = series!.at.at(-1)!;
        const live = new LiveDiagnosis();
        for (const end of [3, 20, 20, 61, 91, 91])
          expect([...live.judge([cut(series!, end)], told(now))]).toHaveLength(1);
        expect([...live.judge([series!], told(now))]).toEqual([each(series!).at(-1)]);
        expect([...live.judge([series!], told(now))]).toEqual(
          diagnoseQueues(watched([queue], { seconds: 900, every: 10 }), told(now)),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('is judged the same with no more than what is needed of its past', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(5, 40, 170), (seed, commitsEvery) => {
        const queue = noisy(seed, { seconds: 3000, arrivalRate: 10.5, serviceRate: 10, commitsEvery });
        const [series] = watched([queue], { seconds: 3000, every: 10 }).queues;
        const live = new LiveDiagnosis();
        const judged = Array.from(series!.at).flatMap((now, i) => {
          const start = series!.at.findIndex((at) => at >= live.needs(series!.id));
          return [...live.judge([partOf(series!, start, i + 1)], told(now))];
        });
        expect(judged).toEqual(each(series!));
      }),
      { numRuns: 6 },
    );
  });

  it('is judged alike whatever the hour, and whatever a message weighs', () => {
    fc.assert(
      // Only a power of two is never rounded: another turns what is equal to a threshold to one side of it.
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(2, 8, 64, 0.5, 1024), (seed, factor) => {
        const queue = noisy(seed, { seconds: 600, arrivalRate: 20, serviceRate: 17, commitsEvery: 5 });
        const [series] = watched([queue], { seconds: 600, every: 10 }).queues;
        const states = each(series!).map(({ state }) => state);
        const later = { ...series!, at: series!.at.map((at) => at + 86_400_000) };
        expect(each(later).map(({ state }) => state)).toEqual(states);
        const times = (column: Figures) => column.map((value) => value * factor);
        const { backlog, produced, consumed } = series!;
        const larger = { ...series!, backlog: times(backlog), produced: times(produced), consumed: times(consumed) };
        expect(each(larger).map(({ trend }) => trend.state)).toEqual(each(series!).map(({ trend }) => trend.state));
      }),
      { numRuns: 15 },
    );
  });

  it('never grows while its backlog never rises', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 20, maxLength: 80 }), (drops) => {
        let backlog = drops.reduce((sum, drop) => sum + drop, 0);
        const [series] = watched([flow({ destination: 'a', arrives: 10 })], {
          seconds: drops.length * 10,
          every: 10,
        }).queues;
        const falling = { ...series!, backlog: series!.at.map((_, i) => (backlog -= drops[i - 1] ?? 0)) };
        expect(each(falling).filter(({ state }) => state === 'growing')).toEqual([]);
      }),
    );
  });
});

describe('the pace that slopes are held against', () => {
  it('leaves out a clock that was set forward, and counters that begin again', () => {
    const at = [0, 10, 20, 620, 630, 640].map((seconds) => seconds * 1000);
    expect(steadyRate(at, [0, 100, 200, 300, 400, 500], 0, 5)).toBeCloseTo(10);
    expect(steadyRate(at.slice(0, 3), [900, 0, 100], 0, 2)).toBeCloseTo(10);
    expect(
      steadyRate(
        at,
        at.map(() => NaN),
        0,
        5,
      ),
    ).toBeNull();
  });
});
