import { describe, expect, it } from 'vitest';
import { LiveTrend } from '../../../src/diagnose/liveTrend';
import { partOf } from '../../../src/diagnose/parts';
import type { Trend } from '../../../src/model/report';
import { counted, flow, watched, type Flow } from '../../harness/observations';

/** Ten wait after each commit too, else its consumer would only begin to pause at the next sample. */
const seen = (more: Partial<Flow>, seconds: number, every = 10) =>
  watched([flow({ destination: 'a', arrives: 100, waits: 10, ...more })], { seconds, every }).queues[0]!;
const live = (...parts: Parameters<LiveTrend['add']>[0][]) => {
  const trend = new LiveTrend();
  for (const part of parts) trend.add(part);
  return trend;
};
const saying = (state: Trend['state'], more: Partial<Trend> = {}): Trend => ({
  ...{ state, slope: 7, confidence: 0.9, lane: null, since: null },
  ...more,
});

describe('what a watched queue needs of its past', () => {
  const needed = (more: Partial<Flow>, seconds: number, every?: number) => {
    const trend = live(seen(more, seconds, every));
    return (trend.seen - trend.needs) / 1000;
  };

  it('is all of it while it was never looked at', () => {
    expect(live().needs).toBe(-Infinity);
    expect(live().seen).toBe(-Infinity);
  });

  it.each([
    { where: 'it was read once', seconds: 0, every: 10, needs: 13 * 60 },
    { where: 'it is read often', seconds: 300, every: 10, needs: 13 * 60 },
    { where: 'it is read each minute and a half', seconds: 450, every: 90, needs: 13 * 90 },
    { where: 'its consumer commits each 100 s', commitsEvery: 100, seconds: 300, every: 10, needs: 13 * 100 },
  ])(
    'is thirteen minutes, or as many pauses where those are longer: where $where',
    ({ needs, seconds, every, ...more }) => {
      expect(needed(more, seconds, every)).toBe(needs);
    },
  );

  it('counts only what is newer than what it knows: a sample handed in again is no pause of none', () => {
    const series = seen({}, 450, 90);
    const trend = live(partOf(series, 0, 3), partOf(series, 0, 3), series, series);
    expect((trend.seen - trend.needs) / 1000).toBe(13 * 90);
    expect(trend.seen).toBe(series.at.at(-1));
    trend.add(partOf(series, 0, 0));
    expect(trend.seen).toBe(series.at.at(-1));
  });
});

describe('what a watched queue learns of its consumer', () => {
  it('is how long it has finished nothing while something waited, each sample counted once', () => {
    const queue = (seconds: number) => counted({ destination: 'a' }, 100 * seconds, 50 * Math.min(seconds, 60));
    const [series] = watched([queue], { seconds: 100, every: 10 }).queues;
    expect(live(series!).stillSeconds).toBe(40);
    expect(live(partOf(series!, 0, 9), partOf(series!, 0, 10), partOf(series!, 4), series!).stillSeconds).toBe(40);
  });

  it('is no standing still while not more waits than transaction markers leave over: two a partition', () => {
    const rows = [0, 1].map((partition) => ({ partition, start: 0, end: 9, committed: 6, backlog: 3, consumer: null }));
    const still = (waits: number) => live(seen({ arrives: 0, waits, reading: { partitions: rows } }, 50)).stillSeconds;
    expect(still(4)).toBe(0);
    expect(still(5)).toBe(50);
  });

  it('is how long it usually pauses, of which three are waited for: no less than a minute', () => {
    const often = live(seen({ commitsEvery: 20 }, 300));
    expect([often.usualPause, often.patience]).toEqual([20, 60]);
    const rarely = live(seen({ commitsEvery: 100 }, 300));
    expect([rarely.usualPause, rarely.patience]).toEqual([100, 300]);
    const always = live(seen({}, 300));
    expect([always.usualPause, always.patience]).toEqual([0, 60]);
  });

  it('is patience of two minutes while it was never seen to finish anything', () => {
    expect(live(seen({ finishes: 0 }, 100)).patience).toBe(120);
    expect(live().patience).toBe(120);
  });
});

describe('the samples that the figures of now are made from', () => {
  const samples = (more: Partial<Flow>, seconds: number, every?: number, end?: number) => {
    const series = seen(more, seconds, every);
    const { at } = live(series).recent(series, end);
    return { samples: at.length, from: (at[0]! - series.at[0]!) / 1000, to: (at.at(-1)! - series.at[0]!) / 1000 };
  };

  it('are those of two minutes', () => {
    expect(samples({}, 600)).toEqual({ samples: 13, from: 480, to: 600 });
    expect(samples({}, 60)).toEqual({ samples: 7, from: 0, to: 60 });
    expect(samples({}, 600, 10, 31)).toEqual({ samples: 13, from: 180, to: 300 });
  });

  it('are twelve where it is read rarely', () => {
    expect(samples({}, 900, 30)).toEqual({ samples: 12, from: 570, to: 900 });
  });

  it('are those of four pauses where its consumer commits rarely', () => {
    expect(samples({ commitsEvery: 100 }, 600)).toEqual({ samples: 41, from: 200, to: 600 });
  });
});

describe('what a watched queue is called', () => {
  const growing = saying('growing', { lane: 'fast' });

  it('is what the latest samples say, of a rise only once it was seen for long enough', () => {
    const short = live(seen({ finishes: 60 }, 20));
    for (const told of [saying('stable'), saying('draining'), saying('unknown')]) expect(short.called(told)).toBe(told);
    expect(short.called(growing)).toEqual(saying('unknown', { confidence: 0 }));
  });

  it('is growing while an episode goes on, with the slope of now and since when', () => {
    const trend = live(seen({ finishes: 60 }, 300));
    const { since, ...told } = trend.called(saying('stable', { slope: -3 }));
    expect(told).toMatchObject({ state: 'growing', slope: -3 });
    // Seven of eight blocks were seen, in strict order.
    expect(told.confidence).toBeCloseTo(7 / 8, 3);
    expect(since).toBe('2026-01-01T00:01:00.000Z');
  });
});
