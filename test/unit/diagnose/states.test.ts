import { describe, expect, it } from 'vitest';
import { queueFacts } from '../../../src/diagnose/facts';
import { reportQueue } from '../../../src/diagnose/queues';
import { StateTracker } from '../../../src/diagnose/timeline';
import { defaultObjectives } from '../../../src/model/pipeline';
import { none, unknown } from '../../../src/model/figure';
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

  it('is not at capacity by fewer than eight readings, which may all be from before a commit', () => {
    const after = (readings: number) =>
      judged(flow({ destination: 'orders', arrives: 100, waits: 5_000 }), { seconds: readings - 1, every: 1 }).state;
    expect([after(7), after(8)]).toEqual(['healthy', 'at-capacity']);
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
