import { describe, expect, it } from 'vitest';
import { queueFacts, type QueueFacts } from '../../../src/diagnose/facts';
import { judgeSeverity, judgeState, timeToDrain, timeToFull } from '../../../src/diagnose/states';
import { defaultObjectives } from '../../../src/model/pipeline';
import { none, unknown } from '../../../src/model/figure';
import type { Trend } from '../../../src/model/report';
import type { QueueReading } from '../../../src/model/sweep';
import { flow, watched } from '../../harness/observations';

const partition = (partition: number, more: { start?: number; backlog?: number } = {}) => ({
  ...{ partition, start: 0, end: 100, committed: 98, backlog: 2, consumer: 'a' },
  ...more,
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
