import { describe, expect, it } from 'vitest';
import { diagnoseQueues, LiveDiagnosis } from '../../../src/diagnose/queues';
import { partOf } from '../../../src/diagnose/parts';
import { none, unknown } from '../../../src/model/figure';
import { defaultObjectives } from '../../../src/model/pipeline';
import type { QueueReport } from '../../../src/model/report';
import type { QueueSeries } from '../../../src/model/series';
import type { QueueReading } from '../../../src/model/sweep';
import { flow, watched, type Flow, type QueueOverTime, type Watching } from '../../harness/observations';

const seen = (queue: QueueOverTime, seconds: number, every = 10) => watched([queue], { seconds, every }).queues[0]!;
const told = (series: QueueSeries) => ({ objectives: defaultObjectives, now: series.at.at(-1) ?? 0 });
const judged = (live: LiveDiagnosis, ...queues: QueueSeries[]) => [...live.judge(queues, told(queues[0]!))];
const behind = seen(flow({ destination: 'a', arrives: 100, finishes: 60 }), 300);

describe('queues that are watched', () => {
  it('are each judged in their order, by themselves', () => {
    const even = seen(flow({ destination: 'b', arrives: 100 }), 300);
    const states = (queues: QueueReport[]) => queues.map(({ id, state }) => [id, state]);
    const live = new LiveDiagnosis();
    const expected = [
      ['main/b/worker', 'healthy'],
      ['main/a/worker', 'growing'],
    ];
    expect(states(judged(live, even, behind))).toEqual(expected);
    expect(states(diagnoseQueues({ ...watched([]), queues: [even, behind] }, told(behind)))).toEqual(expected);
  });

  it('need all of their past at first, then that of thirteen minutes; what is no longer listed is forgotten', () => {
    const other = seen(flow({ destination: 'b', arrives: 1 }), 300);
    const live = new LiveDiagnosis();
    expect(live.needs(behind.id)).toBe(-Infinity);
    judged(live, behind, other);
    expect(live.needs(behind.id)).toBe((behind.at.at(-1) ?? NaN) - 780_000);
    judged(live, other);
    expect(live.needs(behind.id)).toBe(-Infinity);
    expect(live.needs(other.id)).toBe((other.at.at(-1) ?? NaN) - 780_000);
  });

  it('are remembered from sweep to sweep: the newest samples alone go on with what was called growing', () => {
    const live = new LiveDiagnosis();
    judged(live, partOf(behind, 0, 20));
    const latest = partOf(behind, 18);
    expect(judged(live, latest)[0]).toMatchObject({ state: 'growing', trend: { since: '2026-01-01T00:01:00.000Z' } });
    // Nothing new came: the same is said again.
    expect(judged(live, latest)[0]).toMatchObject({ state: 'growing', trend: { since: '2026-01-01T00:01:00.000Z' } });
    // One that begins with these, at 180 s, needs a minute of its own.
    expect(judged(new LiveDiagnosis(), latest)[0]?.trend.since).toBe('2026-01-01T00:04:00.000Z');
  });

  it('are judged anew after the clock was set back', () => {
    const live = new LiveDiagnosis();
    judged(live, behind);
    const earlier = { ...behind, at: behind.at.map((at) => at - 3_600_000) };
    expect(judged(live, partOf(earlier, 0, 5))[0]?.trend).toMatchObject({ state: 'unknown', since: null });
    expect(judged(live, earlier)[0]?.trend.since).toBe('2025-12-31T23:01:00.000Z');
  });

  it('are stuck after a minute in which nothing was finished, whatever reading failed before', () => {
    const stops: QueueOverTime = (seconds) => {
      const reading = flow({ destination: 'a', arrives: 10 })(seconds)!;
      const consumed = Math.min(600, reading.consumed ?? 0);
      return { ...reading, consumed, backlog: 10 * seconds - consumed, waiting: 10 * seconds - consumed };
    };
    const failing: QueueOverTime = (seconds) => ({ ...stops(seconds)!, ...(seconds === 30 && { consumed: null }) });
    const after = (seconds: number) => judged(new LiveDiagnosis(), seen(failing, 60 + seconds))[0]!;
    expect(after(50).state).not.toBe('stuck');
    expect(after(80)).toMatchObject({ state: 'stuck', severity: 'critical' });
    // It was empty when it stopped: something waits from the next sample on.
    expect(after(80).reason).toContain('Nothing was finished in 1 m 10 s');
  });

  it('are not stuck in a pause that is usual, and not without a consumer', () => {
    const rarely = (more: Partial<Flow>, seconds: number) =>
      judged(
        new LiveDiagnosis(),
        seen(flow({ destination: 'a', arrives: 10, commitsEvery: 80, ...more }), seconds),
      )[0]!;
    expect(rarely({ waits: 10 }, 390).state).toBe('healthy');
    expect(rarely({ waits: 10, consumers: 0 }, 390).state).toBe('healthy');
  });

  it('are judged by the window where nothing counts what is finished, and the broker says that nothing is', () => {
    const uncounted = { consumed: null, departureRate: 0 };
    const queue = seen(flow({ destination: 'a', waits: 500, finishes: 0, reading: uncounted }), 60);
    expect(judged(new LiveDiagnosis(), queue)[0]).toMatchObject({ state: 'stuck' });
  });
});

describe('a figure of a queue that is not known', () => {
  const reported = (reading: Partial<QueueReading>, { seconds = 60, every = 10 }: Watching = {}) =>
    judged(new LiveDiagnosis(), seen(flow({ destination: 'a', arrives: 5, reading }), seconds, every))[0]!;

  it('has its reason beside it, and what is known has none', () => {
    const { missing, partitions } = reported({ consumers: null, missing: { lost: unknown('denied') } });
    expect(missing.lost).toEqual({ kind: 'unknown', reason: 'denied' });
    expect(missing.consumers).toEqual({ kind: 'none', reason: 'kafka has no such figure' });
    expect(Object.keys(missing)).not.toContain('backlog');
    expect(Object.keys(missing)).not.toContain('arrivalRate');
    expect(partitions).toBeNull();
    expect(reported({ partitions: [] }).partitions).toBe(0);
  });

  it.each([
    ['arrivalRate', 'produced'],
    ['departureRate', 'consumed'],
  ] as const)('is the %s for the reason why its counter is not: %s', (rate, counter) => {
    const why = none(`no ${counter} here`);
    expect(reported({ [counter]: null, missing: { [counter]: why } }).missing[rate]).toEqual(why);
    expect(reported({ [counter]: null, missing: { [counter]: why, [rate]: none('its own') } }).missing[rate]).toEqual(
      none('its own'),
    );
  });

  it('is the growth for the reason why the backlog is not', () => {
    const why = unknown('no rights');
    const reading = { produced: null, consumed: null, backlog: null, waiting: null, missing: { backlog: why } };
    expect(reported(reading).missing.growthRate).toEqual(why);
  });

  it('is a rate of one reading, or of several of one moment', () => {
    const { missing } = reported({}, { seconds: 0 });
    expect(missing.arrivalRate?.reason).toBe('a rate needs two readings, there is one');
    expect(missing.departureRate?.reason).toBe('a rate needs two readings, there is one');
    expect(missing.growthRate?.reason).toBe('a rate needs two readings, there is one');
    const { at, ...once } = seen(flow({ destination: 'a', arrives: 5 }), 10);
    const series = { ...once, at: at.map(() => at[0] ?? 0) };
    expect(judged(new LiveDiagnosis(), series)[0]?.missing.arrivalRate?.reason).toBe(
      'a rate needs two readings, there is no second that counts',
    );
  });

  it('is the time to drain and to be full of a queue that was not read lately', () => {
    const queue = seen(flow({ destination: 'a', arrives: 50, finishes: 100, waits: 20_000 }), 300);
    const read = (now: number) => [...new LiveDiagnosis().judge([queue], { objectives: defaultObjectives, now })][0]!;
    expect(read(queue.at.at(-1) ?? 0).drainSeconds).toBeCloseTo(5000 / 50, 6);
    const stale = read((queue.at.at(-1) ?? 0) + 60_000);
    expect([stale.state, stale.drainSeconds, stale.trend.state]).toEqual(['stale', null, 'unknown']);
  });
});
