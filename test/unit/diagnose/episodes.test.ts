import { describe, expect, it } from 'vitest';
import { LiveTrend } from '../../../src/diagnose/liveTrend';
import { partOf } from '../../../src/diagnose/parts';
import type { Trend } from '../../../src/model/report';
import { counted, flow, watched, type QueueOverTime, type Watching } from '../../harness/observations';

const recent: Trend = { state: 'stable', slope: 0, confidence: 0.5, lane: null, since: null };

/** What is called growing and draining, sample by sample: at which second it turned, and to what. */
function turns(queue: QueueOverTime, { seconds = 300, every = 10 }: Watching = {}): string[] {
  const series = watched([queue], { seconds, every }).queues[0]!;
  const live = new LiveTrend();
  const found: [at: number, told: string][] = [];
  series.at.forEach((at, i) => {
    const start = series.at.findIndex((time) => time >= live.needs);
    live.add(partOf(series, start, i + 1));
    const { state, lane, since } = live.called(recent);
    const told = state === 'growing' ? `growing by the ${lane ?? 'start'} lane` : state;
    if (told !== (found.at(-1)?.[1] ?? 'stable')) found.push([at, told]);
    if (state === 'growing') expect(Date.parse(since!)).toBe(found.at(-1)?.[0]);
  });
  return found.map(([at, told]) => `${(at - series.at[0]!) / 1000} s: ${told}`);
}

const behind = flow({ destination: 'a', arrives: 100, finishes: 60 });
/** A backlog at each second, where 100/s arrive and some are finished all the time. */
const waiting = (backlog: (seconds: number) => number): QueueOverTime => {
  return (seconds) => ({
    ...counted({ destination: 'a' }, 1e6 + 100 * seconds, 100 * seconds),
    backlog: backlog(seconds),
  });
};
/** One that goes straight from each of these levels to the next. */
const along = (...points: [second: number, level: number][]) =>
  waiting((seconds) => {
    const next = points.findIndex(([second]) => second > seconds);
    const [from, to] = [points.at(next - 1)!, points.at(next)!];
    return next < 0 ? to[1] : from[1] + ((to[1] - from[1]) * (seconds - from[0])) / (to[0] - from[0]);
  });

describe('an episode of growing opens', () => {
  it('at the third sample in a row that shows it, once four showed something finished', () => {
    expect(turns(behind)).toEqual(['60 s: growing by the start lane']);
  });

  it('sooner where nothing counts what is finished: three samples after the first 30 s', () => {
    expect(turns((seconds) => ({ ...behind(seconds)!, consumed: null }))).toEqual(['50 s: growing by the start lane']);
  });

  it('not at a start that nothing was finished in: that is for the next lane, which sees four half minutes', () => {
    const silent = flow({ destination: 'a', arrives: 100, finishes: 0 });
    expect(turns(silent)).toEqual(['110 s: growing by the fast lane']);
  });

  it('by the lane of the start within two minutes, not later', () => {
    const from = (start: number) => turns(waiting((seconds) => Math.max(0, 40 * (seconds - start))));
    expect(from(50)).toEqual(['120 s: growing by the start lane']);
    expect(from(60)).toEqual(['160 s: growing by the fast lane']);
    expect(from(100)).toEqual(['200 s: growing by the fast lane']);
  });

  it.each([
    // It has to have risen by more than one batch, which is 1,000.
    { slope: 16, lane: 'start', at: 90 },
    // 30 s of arrivals have to wait all through three last blocks, of half a minute and of a minute.
    { slope: 10, lane: 'normal', at: 350 },
    { slope: 3, lane: 'slow', at: 1080 },
  ])('by the $lane lane where $slope/s more arrive than the 100/s that are finished', ({ slope, lane, at }) => {
    const found = turns(
      waiting((seconds) => slope * seconds),
      { seconds: 1200 },
    );
    expect(found).toEqual([`${at} s: growing by the ${lane} lane`]);
  });

  it('in blocks as long as the time between samples: after three minutes of one each minute, at three samples', () => {
    expect(turns(behind, { seconds: 600, every: 60 })).toEqual(['300 s: growing by the fast lane']);
  });

  it.each([
    ['at a fall to less than 85 % of the last sample', [2000, 1699], 90],
    ['not at one to 85 %', [2000, 1700], 60],
    ['at a fall to less than 85 % of the sample before the last', [1450, 1359], 90],
    ['not at one to 85 % of that', [1450, 1360], 60],
  ])('only after it has begun to count samples anew %s', (_, levels, at) => {
    const all = [0, 400, 800, 1200, 1600, ...levels];
    const queue = waiting((seconds) => all[seconds / 10] ?? (all.at(-1) ?? 0) + 40 * (seconds - 60));
    expect(turns(queue)).toEqual([`${at} s: growing by the start lane`]);
  });

  it.each([40, 50, 60, 100])(
    'three pauses and three samples on where its consumer commits each %d s',
    (commitsEvery) => {
      const rarely = flow({ destination: 'a', arrives: 100, finishes: 60, commitsEvery });
      expect(turns(rarely, { seconds: 900 })).toEqual([`${3 * commitsEvery + 20} s: growing by the fast lane`]);
    },
  );

  it.each([20, 50, 100])('never for what waits until the next commit, each %d s', (commitsEvery) => {
    expect(turns(flow({ destination: 'a', arrives: 100, commitsEvery }), { seconds: 900 })).toEqual([]);
  });
});

describe('an episode of growing goes on', () => {
  const opened = '60 s: growing by the start lane';

  it('while the backlog stays at 80 % of its peak, the lowest of three samples, and is over below that', () => {
    // 9,000, 9,500 and 10,000 are the last three on the way up.
    const fallTo = (level: number) => turns(along([0, 0], [200, 10_000], [201, level], [400, level]));
    expect(fallTo(7200)).toEqual([opened]);
    expect(fallTo(7199)).toEqual([opened, '210 s: stable']);
  });

  it('until it was seen to fall for a minute and a half, at three samples in a row', () => {
    const fall = (seconds: number) =>
      along([0, 0], [400, 40_000], [400 + seconds, 40_000 - 20 * seconds], [900, 40_000]);
    expect(turns(fall(80), { seconds: 900 })).toEqual([opened]);
    expect(turns(fall(400), { seconds: 800 })).toEqual([opened, '510 s: draining']);
  });

  it('over two short reliefs, however many samples show them together', () => {
    const relieved = along([0, 0], [400, 40_000], [480, 38_400], [600, 50_400], [680, 48_800], [900, 70_800]);
    expect(turns(relieved, { seconds: 900 })).toEqual([opened]);
  });

  it('over teeth that are higher than a fifth of its peak', () => {
    // Eight blocks of 100 s, seen from end to end but for one, at three samples.
    const rarely = flow({ destination: 'a', arrives: 100, finishes: 80, waits: 10, commitsEvery: 100 });
    expect(turns(rarely, { seconds: 1600 })).toEqual(['720 s: growing by the normal lane']);
  });

  it('over the teeth of a consumer that commits rarely, and is over when those fall', () => {
    const turned = (seconds: number) => {
      const committedAt = Math.floor(seconds / 40) * 40;
      return counted({ destination: 'a' }, 100 * seconds, 60 * committedAt + 50 * Math.max(0, committedAt - 600));
    };
    // From 810 s on the last commit of before, at 560 s, is out of the six pauses that are looked at.
    expect(turns(turned, { seconds: 1000 })).toEqual(['140 s: growing by the fast lane', '830 s: draining']);
  });
});

describe('after an episode', () => {
  it('it is draining as long as it falls, then what the latest samples say, until it grows anew', () => {
    const queue = along([0, 0], [400, 40_000], [550, 37_000], [900, 51_000]);
    expect(turns(queue, { seconds: 800 }).slice(1)).toEqual([
      '510 s: draining',
      '570 s: stable',
      '660 s: growing by the fast lane',
    ]);
  });

  it('nothing from before counts: it opens again as late as the quickest lane needs, 90 s and three samples', () => {
    const queue = along([0, 0], [200, 10_000], [210, 2_000], [1000, 34_000]);
    expect(turns(queue, { seconds: 400 }).slice(1)).toEqual(['210 s: stable', '320 s: growing by the fast lane']);
  });
});
