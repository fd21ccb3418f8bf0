import { describe, expect, it } from 'vitest';
import { queueFacts, type QueueFacts } from '../../../src/diagnose/facts';
import { reportQueue } from '../../../src/diagnose/queues';
import { judgeSeverity, judgeState, timeToDrain, timeToFull } from '../../../src/diagnose/states';
import { StateTracker } from '../../../src/diagnose/timeline';
import { defaultObjectives } from '../../../src/model/pipeline';
import { none, unknown } from '../../../src/model/figure';
import type { Trend } from '../../../src/model/report';
import type { QueueReading } from '../../../src/model/sweep';
import { flow, watched, type Flow, type QueueOverTime, type Watching } from '../../harness/observations';

const judged = (queue: QueueOverTime, watching: Watching = {}) => {
  const { queues, to } = watched([queue], watching);
  return reportQueue(queueFacts(queues[0]!, to, null), { objectives: defaultObjectives, now: to });
};
const orders = (more: Omit<Flow, 'destination'>) => judged(flow({ destination: 'orders', ...more }));
const partition = (partition: number, more: { start?: number; backlog?: number } = {}) => ({
  ...{ partition, start: 0, end: 100, committed: 98, backlog: 2, consumer: 'a' },
  ...more,
});

describe('the state of a queue', () => {
  it('is growing, with both rates in the reason', () => {
    const queue = orders({ arrives: 100, finishes: 60 });
    expect(queue.state).toBe('growing');
    expect(queue.reason).toBe('Grows by 40/s: 100/s arrive, 60/s are finished; 2,400 wait.');
    expect(queue.drainSeconds).toBeNull();
  });

  it('is draining with the time that is left', () => {
    const queue = orders({ arrives: 50, finishes: 100, waits: 10_000 });
    expect(queue).toMatchObject({ state: 'draining', severity: 'info' });
    expect(queue.drainSeconds).toBeCloseTo(140, 5);
  });

  it('is healthy when as much is finished as arrives', () => {
    expect(orders({ arrives: 100 })).toMatchObject({ state: 'healthy', severity: 'ok' });
  });

  it('is at capacity when it keeps up and never empties', () => {
    expect(orders({ arrives: 100, waits: 5_000 })).toMatchObject({ state: 'at-capacity', severity: 'ok' });
    expect(orders({ arrives: 100, waits: 7_000 }).severity).toBe('warning');
  });

  it('is idle and empty when nothing happens', () => {
    expect(orders({})).toMatchObject({ state: 'idle', drainSeconds: 0, severity: 'ok' });
  });

  it('is idle with transaction markers alone, and says so', () => {
    const queue = orders({ waits: 4, reading: { partitions: [partition(0), partition(1)] } });
    expect(queue.state).toBe('idle');
    expect(queue.reason).toContain('transaction markers');
  });

  it('is stuck when members finish nothing for the whole minute', () => {
    expect(orders({ arrives: 10, finishes: 0 })).toMatchObject({ state: 'stuck', severity: 'critical' });
    expect(orders({ waits: 500, finishes: 0 })).toMatchObject({ state: 'stuck' });
  });

  it('is not called stuck after half a minute', () => {
    const queue = judged(flow({ destination: 'orders', arrives: 10, finishes: 0 }), { seconds: 30, every: 1 });
    expect(queue.state).toBe('growing');
  });

  it('has no consumer when messages arrive or wait and nobody is there', () => {
    expect(orders({ arrives: 10, finishes: 0, consumers: 0 })).toMatchObject({
      state: 'no-consumer',
      severity: 'critical',
    });
    expect(orders({ waits: 10, finishes: 0, consumers: 0 }).state).toBe('no-consumer');
    const empty = { consumers: null, brokerState: 'Empty' };
    expect(orders({ waits: 10, finishes: 0, reading: empty })).toMatchObject({ state: 'no-consumer', consumers: 0 });
  });

  it('has consumers when commits move although none is listed', () => {
    expect(orders({ arrives: 10, consumers: 0 }).state).toBe('healthy');
  });

  it('is at risk of loss when retention passed the group, or nearly', () => {
    expect(orders({ arrives: 10, reading: { lost: 12 } })).toMatchObject({
      state: 'data-loss-risk',
      severity: 'critical',
    });
    const near = { retained: 1_000, waiting: 900, partitions: [partition(0, { start: 50 })] };
    expect(orders({ arrives: 10, reading: near }).state).toBe('data-loss-risk');
  });

  it('is at no risk of loss while the log still has its first message', () => {
    const young = { retained: 1_000, waiting: 900, partitions: [partition(0)] };
    expect(orders({ arrives: 10, reading: young }).state).not.toBe('data-loss-risk');
  });

  it('is unknown only when the backlog is, and says why', () => {
    const denied = { backlog: null, waiting: null, missing: { backlog: unknown('denied by the broker') } };
    const queue = orders({ arrives: 10, reading: denied });
    expect(queue).toMatchObject({ state: 'unknown', severity: 'info' });
    expect(queue.reason).toBe('Backlog could not be read: denied by the broker.');
    expect(queue.missing.backlog?.kind).toBe('unknown');
  });

  it('is idle for a topic that nobody reads', () => {
    const reading = { backlog: null, waiting: null, consumed: null, missing: { backlog: none('no group reads it') } };
    expect(orders({ arrives: 10, group: null, reading }).state).toBe('idle');
  });

  it('of a group that never committed is judged by its members and the arrivals', () => {
    const reading = { backlog: null, waiting: null, consumed: null, missing: { backlog: none('never committed') } };
    expect(orders({ arrives: 10, consumers: 0, reading }).state).toBe('no-consumer');
    expect(orders({ arrives: 10, consumers: 2, reading }).state).toBe('healthy');
    expect(orders({ consumers: 2, reading }).state).toBe('idle');
  });

  it('is stale when it was not in the newest sweeps', () => {
    const gone: QueueOverTime = (seconds) =>
      seconds > 30 ? null : flow({ destination: 'orders', arrives: 9 })(seconds);
    expect(judged(gone)).toMatchObject({ state: 'stale', severity: 'info', trend: { state: 'unknown' } });
  });

  it('is critical when it grows and is old, or full within the drain time', () => {
    expect(orders({ arrives: 100, finishes: 60, reading: { ageSeconds: 61 } }).severity).toBe('critical');
    expect(orders({ arrives: 100, finishes: 60, reading: { ageSeconds: 59 } }).severity).toBe('warning');
    const bounded = orders({ arrives: 100, finishes: 60, reading: { ageSeconds: 1, capacity: 10_000 } });
    expect(bounded.severity).toBe('critical');
    expect(bounded.timeToFullSeconds).toBeCloseTo(190, 5);
  });
});

interface Given extends Partial<Omit<QueueFacts, 'latest' | 'trend' | 'rates'>> {
  latest?: Partial<QueueReading>;
  trend?: Partial<Trend>;
  rates?: Partial<QueueFacts['rates']>;
}

/** Of a queue that gets and finishes 100/s for a minute while 400 wait, but for what is given. */
const factsOf = ({ latest, trend, rates, ...more }: Given): QueueFacts => {
  const { queues, to } = watched([flow({ destination: 'orders', arrives: 100, waits: 400 })]);
  const facts = queueFacts(queues[0]!, to, null);
  return {
    ...{ ...facts, ...more },
    latest: { ...facts.latest, ...latest },
    trend: { ...facts.trend, ...trend },
    rates: { ...facts.rates, ...rates },
  };
};
const unread = { backlog: null, waiting: null };

describe('the time until a queue is full', () => {
  const grows = { capacity: 1_000, growthRate: 10, trend: { state: 'growing' }, latest: { waiting: 800 } } as const;
  it.each<[text: string, given: Given, seconds: number | null]>([
    ['is what is left, by how fast it grows: 200 at 10/s', grows, 20],
    ['is by the backlog where nobody tells what waits', { ...grows, latest: { backlog: 900, waiting: null } }, 10],
    ['is none left at the limit, growing or not', { capacity: 1_000, latest: { waiting: 1_000 } }, 0],
    ['is not known where nothing is counted', { ...grows, latest: unread }, null],
    ['is not known without a limit', { ...grows, capacity: null }, null],
    ['is not known where it does not grow', { ...grows, trend: { state: 'stable' } }, null],
    ['is by the slope where counters deny it', { ...grows, growthRate: -5, trend: { state: 'growing', slope: 4 } }, 50],
    ['is by the slope where counters are even', { ...grows, growthRate: 0, trend: { state: 'growing', slope: 4 } }, 50],
    ['is by the slope alone', { ...grows, growthRate: null, trend: { state: 'growing', slope: 4 } }, 50],
  ])('%s', (_, given, seconds) => {
    expect(timeToFull(factsOf(given))).toBe(seconds);
  });
});

describe('the time until a queue is empty', () => {
  const drains = { growthRate: -10, trend: { state: 'draining', slope: -4 }, latest: { backlog: 100 } } as const;
  it.each<[text: string, given: Given, seconds: number | null]>([
    ['is what waits, by how fast it shrinks: 100 at 10/s', drains, 10],
    ['is by the slope where counters deny it', { ...drains, growthRate: 5 }, 25],
    ['is by the slope where counters are even', { ...drains, growthRate: 0 }, 25],
    ['is by the slope alone', { ...drains, growthRate: null }, 25],
    ['is none where nothing waits', { latest: { backlog: 0 } }, 0],
    ['is not known where it does not drain', { ...drains, trend: { state: 'stable' } }, null],
    ['is not known where nothing is counted', { ...drains, latest: unread }, null],
    ['is not known without a slope', { ...drains, growthRate: null, trend: { state: 'draining', slope: null } }, null],
    ['is not known of a flat slope', { ...drains, growthRate: null, trend: { state: 'draining', slope: 0 } }, null],
  ])('%s', (_, given, seconds) => {
    expect(timeToDrain(factsOf(given))).toBe(seconds);
  });
});

describe('a growing queue', () => {
  const objectives = { ...defaultObjectives, maxAgeSeconds: 60, drainSeconds: 20 };
  const severity = (given: Given) =>
    judgeSeverity(factsOf({ trend: { state: 'growing' }, growthRate: 10, ...given }), 'growing', objectives);

  it('is critical from more than the age that is allowed on', () => {
    expect([60, 61].map((ageSeconds) => severity({ latest: { ageSeconds } }))).toEqual(['warning', 'critical']);
  });

  it('is critical when it is full within the time to drain', () => {
    const fullIn = (seconds: number) => severity({ capacity: 400 + 10 * seconds, latest: { ageSeconds: 1 } });
    expect([fullIn(21), fullIn(20)]).toEqual(['warning', 'critical']);
  });
});

describe('the judgement of a queue', () => {
  const still = { rates: { departure: 0 }, stillSeconds: 60, patienceSeconds: 60 };
  const nobody = { consumers: 0, rates: { departure: 0 } };
  const silent = { arrival: 0, departure: 0 };
  const growing = { state: 'growing' } as const;
  const draining = { state: 'draining' } as const;
  const nearlyLost = (retained: number, ...starts: number[]) => ({
    latest: { retained, waiting: 800, partitions: starts.map((start) => partition(0, { start })) },
  });

  it.each<[text: string, given: Given, state: string]>([
    ['is stale after three intervals', { unreadSeconds: 15.1, intervalSeconds: 5 }, 'stale'],
    ['is not stale at three intervals', { unreadSeconds: 15, intervalSeconds: 5 }, 'healthy'],
    ['is not stale within ten seconds', { unreadSeconds: 10, intervalSeconds: 1 }, 'healthy'],
    ['is at risk when one partition has lost its first message', nearlyLost(999, 0, 50), 'data-loss-risk'],
    ['is at risk only above 80 % unread', nearlyLost(1_000, 50), 'healthy'],
    ['is at no risk where nobody tells what is held', { latest: { waiting: null, retained: 1 } }, 'healthy'],
    ['misses a consumer when messages arrive', nobody, 'no-consumer'],
    ['misses no consumer without messages', { ...nobody, rates: silent, latest: { backlog: 0, waiting: 0 } }, 'idle'],
    [
      'misses no consumer while one that comes at times is not late',
      { ...nobody, ...still, usualPause: 9, stillSeconds: 59 },
      'healthy',
    ],
    ['misses one that comes at times once it is late', { ...nobody, ...still, usualPause: 9 }, 'no-consumer'],
    ['is stuck as soon as patience ends', still, 'stuck'],
    ['is not stuck before', { ...still, stillSeconds: 59 }, 'healthy'],
    ['is not stuck when nothing stood still', { stillSeconds: 0, patienceSeconds: 0 }, 'healthy'],
    ['is not stuck when nothing waits', { ...still, latest: { waiting: 0 } }, 'healthy'],
    [
      'is not stuck where nobody could finish anything',
      { ...still, consumers: 0, usualPause: 9, rates: silent },
      'no-consumer',
    ],
    ['is draining with a time until it is empty', { trend: draining, growthRate: -10 }, 'draining'],
    ['is not draining with none', { trend: { ...draining, slope: null }, growthRate: null }, 'healthy'],
    ['is not draining when it is empty', { trend: draining, latest: { backlog: 0 } }, 'healthy'],
    ['is at capacity when it never empties', { lowestBacklog: 400 }, 'at-capacity'],
    ['is not when all of that is worked on', { lowestBacklog: 400, latest: { waiting: 0 } }, 'healthy'],
    ['is at capacity where nobody tells what waits', { lowestBacklog: 400, latest: { waiting: null } }, 'at-capacity'],
    ['is at capacity with 5 % more arriving', { lowestBacklog: 400, growthRate: 5 }, 'at-capacity'],
    ['is not with more than that', { lowestBacklog: 400, growthRate: 5.1 }, 'healthy'],
    ['is not without a certain trend', { lowestBacklog: 400, trend: { state: 'unknown' } }, 'healthy'],
    ['is healthy with something finished of what arrived before', { rates: { arrival: 0 } }, 'healthy'],
    [
      'is healthy with something in work and nothing new',
      { rates: silent, latest: { waiting: 0, inFlight: 400 } },
      'healthy',
    ],
    ['is idle with nothing that waits or is in work', { rates: silent, latest: { waiting: 0 } }, 'idle'],
    [
      'is idle with what two markers in each partition explain',
      { rates: silent, latest: { backlog: 2, inFlight: 2, partitions: [partition(0)] } },
      'idle',
    ],
    [
      'is unknown where the backlog was denied',
      { latest: { ...unread, missing: { backlog: unknown('denied') } } },
      'unknown',
    ],
    ['is judged by its arrivals where there is no backlog to stand still', { ...still, latest: unread }, 'healthy'],
  ])('%s', (_, given, state) => {
    expect(judgeState(factsOf({ lowestBacklog: 0, ...given })).state).toBe(state);
  });

  it('is not at capacity by fewer than eight readings, which may all be from before a commit', () => {
    const after = (readings: number) =>
      judged(flow({ destination: 'orders', arrives: 100, waits: 5_000 }), { seconds: readings - 1, every: 1 }).state;
    expect([after(7), after(8)]).toEqual(['healthy', 'at-capacity']);
  });

  it.each<[reason: string, given: Given]>([
    ['Nothing was finished in 1 m, with 1 consumer connected; 100/s arrive, 400 wait.', still],
    [
      'Nothing was finished in 1 m, and 9 s is usual, with 1 consumer connected; 100/s arrive, 400 wait.',
      { ...still, usualPause: 9 },
    ],
    ['Nothing was finished in 1 m; 400 wait.', { ...still, consumers: null, rates: { arrival: null, departure: 0 } }],
    ['Nobody consumes; 100/s arrive.', { ...nobody, latest: unread }],
    ['Grows by 10/s: 100/s arrive, 100/s are finished; 400 wait.', { trend: growing, growthRate: 10 }],
    [
      'Has grown and not fallen back yet: 100/s arrive, 100/s are finished; 400 wait.',
      { trend: { ...growing, slope: 0 }, growthRate: 0 },
    ],
    [
      'Grows by 4/s: the backlog moved by 4/s; 400 wait.',
      { trend: { ...growing, slope: 4 }, growthRate: 4, rates: { arrival: null } },
    ],
    [
      'Grows by 4/s: the backlog moved by 4/s; 400 wait.',
      { trend: { ...growing, slope: 4 }, growthRate: 4, rates: { departure: null } },
    ],
    ['Keeps up: 100/s arrive, 100/s are finished; 400 wait.', { growthRate: -5 }],
    ['No trend is certain yet: 100/s arrive, 100/s are finished; 400 wait.', { growthRate: -5.1 }],
    ['No trend is certain yet: 100/s arrive, 100/s are finished; 400 wait.', { trend: { state: 'unknown' } }],
    ['No arrivals seen; 400 wait and the backlog does not grow.', { rates: silent }],
    [
      'Keeps up with nothing to spare: 100/s arrive, 100/s are finished and never fewer than 400 waited in 1 m.',
      { lowestBacklog: 400 },
    ],
    ['Retention took 1 message away unread.', { latest: { lost: 1 } }],
    [
      '89 % of the 900 messages the log holds are unread: the next that retention removes are among them.',
      nearlyLost(900, 50),
    ],
    [
      'Backlog cannot be counted (never committed), with 1 consumer connected; 100/s arrive.',
      { latest: { ...unread, missing: { backlog: none('never committed') } } },
    ],
    [
      'No arrivals; the 2 offsets left over 1 partition can be transaction markers, not messages.',
      { rates: silent, latest: { backlog: 2, waiting: 2, partitions: [partition(0)] } },
    ],
    ['Empty, and nothing arrives.', { rates: silent, latest: { backlog: 0, waiting: 0 } }],
    [
      'Nobody reads it: no group.',
      { rates: silent, latest: { ...unread, group: null, missing: { backlog: none('no group') } } },
    ],
  ])('says: %s', (reason, given) => {
    expect(judgeState(factsOf({ lowestBacklog: 0, ...given })).reason).toBe(reason);
  });
});

describe('the timeline', () => {
  it('tells each change once, and the first state only when something is the matter', () => {
    const tracker = new StateTracker();
    const healthy = orders({ arrives: 100 });
    const growing = orders({ arrives: 100, finishes: 10 });
    expect(tracker.update([healthy], 0)).toEqual([]);
    expect(tracker.update([growing], 1000)).toEqual([
      {
        ...{ at: '1970-01-01T00:00:01.000Z', queue: 'main/orders/worker', from: 'healthy', to: 'growing' },
        ...{ severity: growing.severity, reason: growing.reason },
      },
    ]);
    expect(tracker.update([growing], 2000)).toEqual([]);
    expect(tracker.update([healthy], 3000)).toMatchObject([{ from: 'growing', to: 'healthy' }]);
    expect(new StateTracker().update([growing], 0)).toMatchObject([{ from: null, to: 'growing' }]);
  });
});
