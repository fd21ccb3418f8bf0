import { describe, expect, it } from 'vitest';
import { likelyAge, neverEmptied, nothingFinished, queueFacts, waiting } from '../../../src/diagnose/facts';
import { judgeState } from '../../../src/diagnose/states';
import type { QueueReading } from '../../../src/model/sweep';
import { flow, watched, type Flow, type QueueOverTime, type Watching } from '../../harness/observations';

const factsOf = (queue: QueueOverTime, watching: Watching = {}, unread = 0) => {
  const { queues, to } = watched([queue], watching);
  return queueFacts(queues[0]!, to + unread * 1000, null);
};
const orders = (more: Omit<Flow, 'destination'>, watching: Watching = {}) =>
  factsOf(flow({ destination: 'orders', ...more }), watching);
const read = (more: (seconds: number) => Partial<QueueReading>): QueueOverTime => {
  const queue = flow({ destination: 'orders', arrives: 10 });
  return (seconds) => ({ ...queue(seconds)!, ...more(seconds) });
};

describe('growth', () => {
  it('is arrivals less departures', () => {
    expect(orders({ arrives: 100, finishes: 60 }).growthRate).toBeCloseTo(40, 6);
  });

  it('is the slope of the backlog where either is not counted', () => {
    const growth = (reading: Partial<QueueReading>) => orders({ arrives: 100, finishes: 60, reading }).growthRate;
    expect(growth({ produced: null })).toBeCloseTo(40, 6);
    expect(growth({ consumed: null })).toBeCloseTo(40, 6);
    expect(growth({ produced: null, consumed: null })).toBeCloseTo(40, 6);
  });
});

describe('the time between readings', () => {
  /** Read every 10 s at first, and each second in the end. */
  const hurried = (fast: number) => {
    const { queues, to } = watched([flow({ destination: 'orders', arrives: 10 })], { seconds: 200, every: 10 });
    const series = queues[0]!;
    const at = Float64Array.from(series.at, (_, i) =>
      i < series.at.length - fast ? i * 10_000 : (series.at.length - 1 - fast) * 10_000 + (i - 20 + fast) * 1000,
    );
    return queueFacts({ ...series, at }, to, null).intervalSeconds;
  };

  it('is the usual one of the latest twelve, whatever it was before', () => {
    expect(hurried(0)).toBe(10);
    expect(hurried(7)).toBe(1);
    expect(hurried(5)).toBe(10);
  });

  it('is nothing after a single reading', () => {
    expect(orders({ arrives: 10 }, { seconds: 0 }).intervalSeconds).toBe(0);
  });

  it('makes figures stale that are older than three of it', () => {
    const state = (unread: number) => {
      const facts = factsOf(flow({ destination: 'orders', arrives: 10 }), { seconds: 200, every: 20 }, unread);
      expect(facts.unreadSeconds).toBe(unread);
      return judgeState(facts).state;
    };
    expect(state(59)).not.toBe('stale');
    expect(state(61)).toBe('stale');
  });
});

describe('that nothing was finished', () => {
  it('is what a counter shows that stayed where it was', () => {
    expect(orders({ arrives: 10, finishes: 0 })).toMatchObject({ stillSeconds: 60 });
    expect(orders({ arrives: 10, finishes: 5 })).toMatchObject({ stillSeconds: 0 });
  });

  it("is taken from the broker's own rate where no counter was ever read", () => {
    const idle = factsOf(read(() => ({ consumed: null, departureRate: 0 })));
    expect(nothingFinished(idle)).toBe(true);
    expect(nothingFinished(factsOf(read(() => ({ consumed: null, departureRate: 3 }))))).toBe(false);
  });

  it('is not known from a single reading of the counter', () => {
    const once = read((seconds) => ({ consumed: seconds === 0 ? 7 : null, departureRate: 0 }));
    expect(nothingFinished(factsOf(once))).toBe(false);
  });

  it('is not known of a counter that began again in between', () => {
    const restarted = factsOf(read((seconds) => ({ consumed: seconds < 30 ? 700 : 0 })));
    expect(restarted.rates.departure).toBe(0);
    expect(restarted.stillSeconds).toBe(0);
  });
});

describe('the lowest backlog', () => {
  it('is found at the beginning, in between and at the end', () => {
    const lowest = (time: number) =>
      factsOf(read((seconds) => ({ backlog: 5 + Math.abs(seconds - time) }))).lowestBacklog;
    expect([0, 30, 60].map(lowest)).toEqual([5, 5, 5]);
  });

  it('leaves out what was not read, and is unknown when nothing was', () => {
    expect(factsOf(read((seconds) => ({ backlog: seconds === 30 ? 8 : null }))).lowestBacklog).toBe(8);
    expect(factsOf(read(() => ({ backlog: null }))).lowestBacklog).toBeNull();
  });
});

describe('that work waited all the time', () => {
  it('takes more than a twentieth of the window of arrivals, which may wait for the next commit', () => {
    const always = (waits: number) => neverEmptied(orders({ arrives: 100, waits }));
    expect([299, 300, 301].map(always)).toEqual([false, false, true]);
  });

  it('takes more than a second of arrivals in a short window', () => {
    const always = (waits: number) => neverEmptied(orders({ arrives: 100, waits }, { seconds: 6 }));
    expect([99, 101].map(always)).toEqual([false, true]);
  });

  it('goes by what is finished where arrivals are not counted', () => {
    const always = (waits: number) => neverEmptied(orders({ arrives: 100, waits, reading: { produced: null } }));
    expect([299, 301].map(always)).toEqual([false, true]);
  });

  it('is said of anything that waits where nothing moves, and of nothing that was not read', () => {
    expect(neverEmptied(orders({ waits: 1, finishes: 0 }))).toBe(true);
    expect(neverEmptied(orders({}))).toBe(false);
    expect(neverEmptied(factsOf(read(() => ({ backlog: null }))))).toBe(false);
  });
});

describe('that messages wait', () => {
  const waits = (reading: Partial<QueueReading>) => waiting(orders({ reading }));

  it('does not count those that are to be delivered later', () => {
    expect(waits({ waiting: 10, delayed: 10 })).toBe(false);
    expect(waits({ waiting: 10, delayed: 9 })).toBe(true);
  });

  it('is known by the backlog where the broker does not tell those handed out from the others', () => {
    expect(waits({ waiting: null, backlog: 5 })).toBe(true);
    expect(waits({ waiting: 0, backlog: 5 })).toBe(false);
  });
});

describe('the age of the oldest message', () => {
  const age = (arrives: number, reading: Partial<QueueReading> = {}) =>
    likelyAge(orders({ arrives, waits: 600, reading }));

  it('is as the broker tells, else how long the backlog took to arrive', () => {
    expect(age(100, { ageSeconds: 9 })).toBe(9);
    expect(age(100)).toBeCloseTo(6, 6);
  });

  it('is unknown where nothing arrives, or backlog or arrivals are not read', () => {
    expect(likelyAge(orders({ waits: 600, finishes: 0 }))).toBeNull();
    expect(age(100, { produced: null })).toBeNull();
    expect(age(100, { backlog: null })).toBeNull();
  });
});
