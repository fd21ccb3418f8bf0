import { describe, expect, it } from 'vitest';
import { isNews, lensText, worstFirst } from '../../../src/extension/code/lensText';
import { queueReport, type QueueReport } from '../../../src/model/report';

const queue = (more: Partial<QueueReport> = {}): QueueReport =>
  queueReport.parse({
    ...{ id: 'main/orders/billing', broker: 'main', system: 'kafka', kind: 'topic', namespace: null },
    ...{ destination: 'orders', group: 'billing', backlog: 12_430, waiting: 12_430, inFlight: null, lost: null },
    ...{ capacity: null, consumers: 1, ageSeconds: null, arrivalRate: 100, departureRate: 59, growthRate: 41 },
    trend: { state: 'growing', slope: 41, confidence: 1, lane: 'fast', since: null },
    ...{ state: 'growing', reason: '', drainSeconds: null, timeToFullSeconds: null, severity: 'warning' },
    ...{ missing: {}, approximate: {} },
    ...more,
  });
const stable = { state: 'stable' as const, slope: 0, confidence: 1, lane: 'fast' as const, since: null };

describe('the line above code that produces or consumes', () => {
  it('says how much waits, how it changes and when it is done', () => {
    expect(lensText(queue())).toBe('orders · billing: 12,430 waiting, growing 41/s, drains never');
    const draining = { ...stable, state: 'draining' as const };
    expect(lensText(queue({ trend: draining, growthRate: -41, drainSeconds: 303, state: 'draining' }))).toBe(
      'orders · billing: 12,430 waiting, draining 41/s, drains in 5 m 3 s',
    );
    const done = { trend: draining, growthRate: -41, drainSeconds: 0, backlog: 0, waiting: 0 };
    expect(lensText(queue(done))).toBe('orders · billing: 0 waiting');
    expect(lensText(queue({ trend: stable, state: 'healthy', backlog: 0, waiting: 0 }))).toBe(
      'orders · billing: 0 waiting',
    );
  });

  it('tells messages that were handed out from those that wait', () => {
    const rabbit = { trend: stable, state: 'healthy' as const, group: null };
    expect(lensText(queue({ ...rabbit, backlog: 30, waiting: 0, inFlight: 30 }))).toBe('orders: 30 in flight');
    expect(lensText(queue({ ...rabbit, backlog: 40, waiting: 10, inFlight: 30 }))).toBe(
      'orders: 10 waiting, 30 in flight',
    );
  });

  it('never shows a nought for what is not known', () => {
    const unknown = { backlog: null, waiting: null, growthRate: null, trend: { ...stable, state: 'unknown' as const } };
    const why = (kind: 'none' | 'unknown', reason: string) => ({ missing: { backlog: { kind, reason } } });
    expect(lensText(queue({ ...unknown, ...why('unknown', 'denied') }))).toBe('orders · billing: ? denied');
    expect(lensText(queue({ ...unknown, ...why('none', 'never committed') }))).toBe(
      'orders · billing: – never committed',
    );
  });

  it('says a state that figures do not tell, and draws no icon that a name asks for', () => {
    expect(lensText(queue({ trend: stable, state: 'no-consumer', destination: '$(flame)\u202e' }))).toMatch(
      /^\$ \(flame\).* · billing: 12,430 waiting, no consumer$/,
    );
  });

  it('puts the worst of several queues first', () => {
    const worst = queue({ id: 'b', severity: 'critical' });
    expect(
      worstFirst([queue({ growthRate: 5 }), worst, queue()]).map(({ id, growthRate }) => [id, growthRate]),
    ).toEqual([
      ['b', 41],
      ['main/orders/billing', 41],
      ['main/orders/billing', 5],
    ]);
  });

  it('changes only when a reader would care', () => {
    expect(isNews(queue(), queue({ backlog: 12_500, growthRate: 43 }))).toBe(false);
    expect(isNews(queue(), queue({ backlog: 12_600 }))).toBe(true);
    expect(isNews(queue(), queue({ growthRate: 50 }))).toBe(true);
    expect(isNews(queue(), queue({ state: 'stuck' }))).toBe(true);
    expect(isNews(queue({ backlog: 0 }), queue({ backlog: 1 }))).toBe(true);
  });
});
