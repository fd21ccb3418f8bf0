import { describe, expect, it } from 'vitest';
import { publisherBurst } from '../../../src/diagnose/causes/burst';
import type { PastReading } from '../../../src/model/series';
import type { QueueReading } from '../../../src/model/sweep';
import { counted, watched, type Watching } from '../../harness/observations';
import { situationOf } from '../../harness/situationOf';

interface Arrivals extends Watching {
  /** Messages per second until the middle, after it, and out. */
  usual?: number;
  now?: number;
  finishes?: number;
  turnsAt?: number;
  reading?: (seconds: number) => Partial<QueueReading>;
  past?: (from: number) => PastReading;
}

/** 20/s arrive for half a minute and 40/s for another, where nothing else is said. */
function burst({ usual = 20, now = 40, finishes = 24, turnsAt = 30, reading, past, ...watching }: Arrivals = {}) {
  const queue = (seconds: number) => {
    const produced = 10_000 + usual * Math.min(seconds, turnsAt) + now * Math.max(0, seconds - turnsAt);
    return { ...counted({ destination: 'a' }, produced, finishes * seconds), ...reading?.(seconds) };
  };
  const { queues, from } = watched([queue], watching);
  return publisherBurst(situationOf({ ...queues[0]!, past: past?.(from) ?? null }));
}

describe('a burst within the window', () => {
  it('is told with both rates, and surer the longer the usual was seen', () => {
    const found = burst();
    expect(found?.evidence).toEqual([
      '40/s arrived in the last 30 s, 20/s in the 30 s before.',
      '24/s are finished, so the backlog drains once arrivals are as before.',
    ]);
    expect(found?.confidence).toBeCloseTo(0.6 + 30 / 3600, 9);
  });

  it.each<[text: string, arrivals: Arrivals]>([
    ['less than twice the usual arrives', { now: 39 }],
    ['its consumers could do less than a fifth more than the usual', { finishes: 23 }],
    ['there are only seven samples', { every: 10, turnsAt: 30 }],
    ['what arrives could not be read', { reading: () => ({ produced: null }) }],
    ['what arrives could not be read before', { reading: (s) => (s < 31 ? { produced: null } : {}) }],
    ['what arrives could not be read any more', { reading: (s) => (s > 29 ? { produced: null } : {}) }],
    ['nothing is finished of what began to arrive', { usual: 0, finishes: 0 }],
    ['nobody tells what is finished of what began to arrive', { usual: 0, reading: () => ({ consumed: null }) }],
  ])('is none where %s', (_, arrivals) => {
    expect(burst(arrivals)).toBeNull();
  });

  it('is seen in eight samples', () => {
    expect(burst({ seconds: 70, every: 10, turnsAt: 40 })?.evidence[0]).toBe(
      '40/s arrived in the last 30 s, 20/s in the 40 s before.',
    );
  });
});

describe('a burst that fills the window', () => {
  /** 50/s arrive all the time, 20/s did so long before. */
  const since = (seconds: number, produced = 10_000 - 20 * seconds) =>
    burst({ usual: 50, now: 50, past: (from) => ({ at: from - seconds * 1000, produced }) });

  it('is told by what is known from before, when that is twice as long', () => {
    expect(since(120)?.evidence[0]).toBe('50/s arrived in the last 1 m, 20/s in the 2 m before.');
    expect(since(119)).toBeNull();
  });

  it('is surer the longer before was, up to 90 %', () => {
    expect(since(360)?.confidence).toBeCloseTo(0.7, 9);
    expect(since(7200, 0)?.confidence).toBe(0.9);
  });

  it('is not told by a counter that began again since', () => {
    expect(since(600, 20_000)).toBeNull();
  });
});
