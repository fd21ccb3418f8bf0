import { describe, expect, it } from 'vitest';
import { episodes, liveLanes } from '../../../src/diagnose/lanes';
import { diagnoseQueues } from '../../../src/diagnose/queues';
import { defaultObjectives } from '../../../src/model/pipeline';
import type { QueueSeries } from '../../../src/model/series';
import { flow, noisyFlow, watched, type NoisyFlow, type QueueOverTime } from '../../harness/observations';

const hour = { seconds: 3600, every: 10 };
const watchedForAnHour = (queue: QueueOverTime): QueueSeries => watched([queue], hour).queues[0]!;
const noisyHour = (seed: number, more: Omit<NoisyFlow, 'seed' | 'seconds'>) =>
  watchedForAnHour(noisyFlow({ seed, seconds: 3600, step: 1, ...more }));
const seeds = [1, 2, 3, 4, 5, 6];
const all = (series: QueueSeries) => liveLanes.map((lane) => episodes(series, lane));
const now = (queue: QueueOverTime, seconds: number) => {
  const observation = watched([queue], { seconds, every: 10 });
  return diagnoseQueues(observation, { objectives: defaultObjectives, now: observation.to })[0]!;
};

describe('an hour of polls each 10 s', () => {
  it.each([
    [0.5, 5],
    [0.7, 5],
    [0.7, 30],
    [0.7, 60],
  ])('opens no lane at a utilisation of %d with commits each %d s', (utilisation, commitsEvery) => {
    for (const seed of seeds) {
      const series = noisyHour(seed, { arrivalRate: 20, serviceRate: 20 / utilisation, commitsEvery });
      expect(all(series)).toEqual([[], [], []]);
    }
  });

  it('opens no lane while a backlog drains', () => {
    expect(all(watchedForAnHour(flow({ destination: 'a', arrives: 20, finishes: 30, waits: 50_000 })))).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('finds a deficit of 20 % in 150 s by the fast lane, as one episode', () => {
    for (const seed of seeds) {
      const series = noisyHour(seed, { arrivalRate: 100, serviceRate: 80, commitsEvery: 5 });
      const [fast = []] = all(series);
      expect(fast).toHaveLength(1);
      expect(fast[0]!.from - series.at[0]!).toBeLessThanOrEqual(150_000);
    }
  });

  it('finds a deficit of 5 % in 700 s, as one episode', () => {
    for (const seed of seeds) {
      const series = noisyHour(seed, { arrivalRate: 100, serviceRate: 95, commitsEvery: 5 });
      const [, , slow = []] = all(series);
      expect(slow).toHaveLength(1);
      expect(slow[0]!.from - series.at[0]!).toBeLessThanOrEqual(700_000);
    }
  });

  it('closes when the backlog has fallen below 80 % of its peak', () => {
    const upAndDown: QueueOverTime = (seconds) => {
      const reading = flow({ destination: 'a', arrives: 100, finishes: 100 })(seconds)!;
      const backlog = seconds < 600 ? 50 * seconds : Math.max(0, 30_000 - 50 * (seconds - 600));
      return { ...reading, backlog, waiting: backlog, consumed: reading.produced! - backlog };
    };
    const [[only, ...others] = []] = all(watchedForAnHour(upAndDown));
    expect(others).toEqual([]);
    expect((only!.to! - only!.from) / 1000).toBeGreaterThan(550);
    expect(now(upAndDown, 900)).toMatchObject({ state: 'draining' });
  });
});

describe('a queue that is watched', () => {
  it('is growing by its quickest open lane, and since when', () => {
    const queue = now(flow({ destination: 'a', arrives: 100, finishes: 50 }), 600);
    expect(queue.state).toBe('growing');
    expect(queue.trend).toMatchObject({ lane: 'fast', since: '2026-01-01T00:01:50.000Z' });
    expect(queue.trend.slope).toBeCloseTo(50, 5);
  });

  it('shows the rates of the last two minutes, not of the hour', () => {
    const burst: QueueOverTime = (seconds) => {
      const reading = flow({ destination: 'a', arrives: 10 })(seconds)!;
      const more = 1_000 * Math.min(seconds, 1_800);
      return { ...reading, produced: reading.produced! + more, consumed: reading.consumed! + more };
    };
    expect(now(burst, 3600).arrivalRate).toBeCloseTo(10, 6);
  });

  it('is stuck after two minutes without progress, however much it did before', () => {
    const stopped: QueueOverTime = (seconds) => {
      const reading = flow({ destination: 'a', arrives: 10 })(seconds)!;
      const consumed = Math.min(reading.consumed!, 10_000);
      return { ...reading, consumed, backlog: reading.produced! - consumed, waiting: reading.produced! - consumed };
    };
    expect(now(stopped, 1_200).state).toBe('stuck');
  });
});
