import { describe, expect, it } from 'vitest';
import { none, unknown } from '../../../src/model/figure';
import type { QueueReading } from '../../../src/model/sweep';
import { fillRates, type Counters } from '../../../src/measure/rates';
import { brokerRow, queueRow } from './rows';

/** The rates of a queue read at these seconds with these figures. */
function ratesOf(...readings: [seconds: number, figures: Partial<QueueReading>][]) {
  const counters: Counters = new Map();
  return readings.map(([seconds, figures]) => {
    const [row] = fillRates([queueRow('q', figures)], brokerRow(), counters, seconds * 1000);
    return row;
  });
}

describe('rates', () => {
  it('need two sweeps, then are the growth of the counters over the time between', () => {
    const [first, second] = ratesOf([0, { produced: 100, consumed: 40 }], [10, { produced: 400, consumed: 40 }]);
    expect(first).toMatchObject({ arrivalRate: null, departureRate: null });
    expect(first?.missing).toMatchObject({
      arrivalRate: unknown('a rate needs two sweeps'),
      departureRate: unknown('a rate needs two sweeps'),
    });
    expect(second).toMatchObject({ arrivalRate: 30, departureRate: 0 });
    expect(second?.missing).toEqual({});
  });

  it('are unknown for the sweep after which a counter began anew, and known again after the next', () => {
    const rows = ratesOf([0, { produced: 100 }], [10, { produced: 5 }], [20, { produced: 25 }]);
    expect(rows[1]?.arrivalRate).toBeNull();
    expect(rows[1]?.missing.arrivalRate).toEqual(unknown('the counter was reset'));
    expect(rows[2]?.arrivalRate).toBe(2);
  });

  it('are unknown after the clock was set back', () => {
    const rows = ratesOf([100, { produced: 100 }], [40, { produced: 200 }], [50, { produced: 300 }]);
    expect(rows[1]?.missing.arrivalRate).toEqual(unknown('the clock was set back'));
    expect(rows[2]?.arrivalRate).toBe(10);
  });

  it('of two sweeps that follow at once stay what they were', () => {
    const rows = ratesOf(
      [0, { produced: 0 }],
      [10, { produced: 100 }],
      [10.1, { produced: 100 }],
      [20, { produced: 200 }],
    );
    expect(rows.map((row) => row?.arrivalRate)).toEqual([null, 10, 10, 10]);
  });

  it('span a sweep in which the counter could not be read', () => {
    const denied = { produced: null, missing: { produced: unknown('denied') } };
    const rows = ratesOf([0, { produced: 0 }], [10, denied], [20, { produced: 100 }]);
    expect(rows[1]?.missing.arrivalRate).toEqual(unknown('denied'));
    expect(rows[2]?.arrivalRate).toBe(5);
  });

  it('of the broker itself stand', () => {
    const rows = ratesOf([0, { produced: 0, arrivalRate: 7 }], [10, { produced: 100, arrivalRate: 8 }]);
    expect(rows.map((row) => row?.arrivalRate)).toEqual([7, 8]);
  });

  it('keep the reason of a system that counts nothing', () => {
    const [said] = ratesOf([0, { missing: { arrivalRate: none('a list counts nothing') } }]);
    expect(said?.missing.arrivalRate).toEqual(none('a list counts nothing'));
    const [silent] = ratesOf([0, {}]);
    expect(silent?.missing.departureRate?.kind).toBe('unknown');
    const never = { ...brokerRow(), notApplicable: ['arrivalRate', 'departureRate'] };
    expect(fillRates([queueRow('q')], never, new Map(), 0)[0]?.missing).toEqual({});
  });

  it('begin anew for a queue that was gone for a sweep', () => {
    const counters: Counters = new Map();
    fillRates([queueRow('q', { produced: 1 })], brokerRow(), counters, 0);
    fillRates([], brokerRow(), counters, 10_000);
    expect(counters.size).toBe(0);
  });
});
