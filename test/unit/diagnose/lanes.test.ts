import { describe, expect, it } from 'vitest';
import { liveLanes, risingAt, startLane, steadyRate, stretched } from '../../../src/diagnose/lanes';
import type { Lane } from '../../../src/diagnose/trend';
import { counted, flow, watched, type QueueOverTime } from '../../harness/observations';

const fast = liveLanes[0]!;
/** Read each 10 s, so that a sample's index is its time divided by ten. */
const read = (queue: QueueOverTime, seconds = 300) => watched([queue], { seconds, every: 10 }).queues[0]!;
const behind = flow({ destination: 'a', arrives: 100, finishes: 60 });

describe('a lane', () => {
  /** What it says at so many seconds; levels rise by so many messages from sample to sample. */
  const saysAt = (seconds: number, { queue = behind, lane = fast, since = 0, perSample = 400 } = {}) => {
    const series = read(queue);
    return risingAt(series, seconds / 10, lane, (series.at[0] ?? NaN) + since * 1000, (end) => end * perSample);
  };

  it('finds a deficit once it has seen all blocks but one from end to end: three of half a minute', () => {
    expect(saysAt(80)).toBeNull();
    expect(saysAt(90)).toMatchObject({ state: 'growing', lane: 'fast' });
    expect(saysAt(90)!.slope).toBeCloseTo(40, 6);
  });

  it('begins anew when an episode has ended: 90 s after it', () => {
    expect(saysAt(170, { since: 90 })).toBeNull();
    expect(saysAt(180, { since: 90 })?.state).toBe('growing');
  });

  it('looks closer only where the level rose by more than half of what counts as a slope', () => {
    // 0.5 × 15 % of 100/s over the 120 s it looks back on: 900 messages in twelve samples.
    expect(saysAt(200, { perSample: 75 })).toBeNull();
    expect(saysAt(200, { perSample: 76 })).not.toBeNull();
  });

  it('looks closer at any rise where nothing counts the arrivals', () => {
    const uncounted: QueueOverTime = (seconds) => ({ ...behind(seconds)!, produced: null });
    expect(saysAt(200, { queue: uncounted, perSample: 0 })).toBeNull();
    expect(saysAt(200, { queue: uncounted, perSample: 1 })).not.toBeNull();
  });

  it('holds the slope against what arrives and is finished in its own time, not before and not after', () => {
    // 100/s arrive and 80/s are finished between 80 s and 200 s: 20/s is more than 15 % of 100/s. It was a rush before
    // and is one after, of which 15 % would be 150/s.
    const between: QueueOverTime = (seconds) => {
      const calm = Math.min(120, Math.max(0, seconds - 80));
      const rush = 1000 * (seconds - calm);
      return counted({ destination: 'a' }, 5_000 + rush + 100 * calm, rush + 80 * calm);
    };
    const trend = saysAt(200, { queue: between });
    expect(trend?.state).toBe('growing');
    expect(trend?.slope).toBeCloseTo(20, 6);
  });

  it('takes no share of the arrivals for growth that is below its own: 40/s of 100/s', () => {
    const share = (slopeShare: number): Lane => ({ ...fast, slopeShare });
    expect(saysAt(200, { lane: share(0.39) })?.state).toBe('growing');
    expect(saysAt(200, { lane: share(0.41) })?.state).toBe('stable');
  });
});

describe('the lane of the first minutes', () => {
  it('is eight blocks over all that was seen, and less strict about how much waits', () => {
    expect(startLane(120)).toEqual({
      ...{ name: null, blocks: 8, blockSeconds: 15, fewestBlocks: 4 },
      ...{ significance: 0.05, slopeShare: 0.15, levelSeconds: 5 },
    });
  });
});

describe('a lane of what is read or finished rarely', () => {
  it('has blocks no shorter than a pause, and is the same where pauses are shorter', () => {
    expect(stretched(fast, 45)).toEqual({ ...fast, blockSeconds: 45 });
    expect(stretched(fast, 30)).toBe(fast);
    expect(stretched(fast, 10)).toBe(fast);
  });
});

describe('the pace of a counter that slopes are held against', () => {
  it.each([
    { of: 'all samples', seconds: [0, 10, 20], counter: [0, 100, 300], pace: 15 },
    { of: 'a while in which it stood', seconds: [0, 10, 20], counter: [0, 100, 100], pace: 5 },
    { of: 'what comes after it began again', seconds: [0, 10, 20], counter: [900, 0, 100], pace: 10 },
    { of: 'what could be read', seconds: [0, 10, 20, 30], counter: [0, NaN, 100, 300], pace: 20 },
    { of: 'two samples a long time apart', seconds: [0, 600], counter: [0, 600], pace: 1 },
    { of: 'a pause three times as long as usual', seconds: [0, 10, 40], counter: [0, 100, 1000], pace: 25 },
    { of: 'all but a longer pause', seconds: [0, 10, 41], counter: [0, 100, 1000], pace: 10 },
    { of: 'one sample', seconds: [0], counter: [5], pace: null },
    { of: 'two samples of one moment', seconds: [0, 0], counter: [0, 5], pace: null },
    { of: 'nothing that was read', seconds: [0, 10], counter: [NaN, NaN], pace: null },
  ])('is that of $of: $pace', ({ seconds, counter, pace }) => {
    const at = seconds.map((second) => 1_000_000 + second * 1000);
    expect(steadyRate(at, counter, 0, at.length - 1)).toBe(pace);
  });

  it('is of the samples asked for, neither of those before nor of those after', () => {
    expect(steadyRate([0, 10_000, 20_000, 30_000, 40_000], [0, 1000, 1100, 1200, 9000], 1, 3)).toBe(10);
  });

  it('leaves out a leap of the clock between the two samples asked for', () => {
    expect(steadyRate([0, 10_000, 20_000, 620_000], [0, 100, 200, 300], 2, 3)).toBeNull();
  });
});
