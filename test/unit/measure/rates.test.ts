import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { none, unknown } from '../../../src/model/figure';
import type { QueueReading } from '../../../src/model/sweep';
import { fillRates, type Counters } from '../../../src/measure/rates';
import { brokerRow, queueRow } from './rows';

const start = Date.UTC(2026, 0, 1);

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

  it('are unknown after the clock was set forward, or the machine slept: nobody can tell which', () => {
    const counters: Counters = new Map();
    const rate = (at: number, steady: number, produced: number) => {
      const [row] = fillRates([queueRow('q', { produced })], brokerRow(), counters, at * 1000, steady * 1000);
      return row?.arrivalRate ?? row?.missing.arrivalRate?.reason;
    };
    expect(rate(0, 0, 0)).toBe('a rate needs two sweeps');
    expect(rate(10, 10, 100)).toBe(10);
    expect(rate(3620, 20, 200)).toBe('the clock was set, or this machine slept');
    expect(rate(3630, 30, 300)).toBe(10);
    expect(rate(40, 40, 400)).toBe('the clock was set back');
    expect(rate(50.2, 50, 500), 'a clock that is kept right').toBe(10);
  });

  it('do not take what a counter regains for arrivals, as of an old commit after a rebalance', () => {
    const rows = ratesOf(
      ...([1000, 1010, 200, 1030, 1040].map((consumed, i) => [10 * i, { consumed }]) as [
        number,
        { consumed: number },
      ][]),
    );
    expect(rows.map((row) => row?.departureRate)).toEqual([null, 1, null, 1, 1]);
    const again = ratesOf(
      ...([1000, 0, 10, 2000].map((consumed, i) => [10 * i, { consumed }]) as [number, { consumed: number }][]),
    );
    expect(
      again.map((row) => row?.departureRate),
      'a group that reads all again does work',
    ).toEqual([null, null, 1, 199]);
  });

  it('are never higher than what happened, whatever fails, restarts or is set meanwhile', () => {
    const busiest = 100;
    const step = fc.record({
      seconds: fc.integer({ min: 1, max: 60 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      event: fc.constantFrom('none', 'none', 'none', 'missed', 'unread', 'restarted', 'rewound', 'clock'),
      size: fc.integer({ min: -7200, max: 7200 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const counters: Counters = new Map();
        let [at, steady, counter, low, last] = [start, 0, 0, false, 0];
        for (const { seconds, share, event, size } of steps) {
          at += seconds * 1000;
          steady += seconds * 1000;
          counter += share * busiest * seconds;
          if (event === 'clock') at += size * 1000;
          if (event === 'restarted') counter = 0;
          if (event === 'missed') continue;
          // Too low twice in a row cannot be told from a group that reads all again, nor one that still rises from work.
          if (event !== 'unread') low = event === 'rewound' && last > 0 && !low;
          const read = event === 'unread' ? null : low ? last * share * 0.9 : counter;
          last = read ?? last;
          const [row] = fillRates([queueRow('q', { produced: read })], brokerRow(), counters, at, steady);
          const rate = row?.arrivalRate ?? null;
          if (rate === null) expect(row?.missing.arrivalRate?.reason).toMatch(/./);
          else expect(rate >= 0 && rate <= busiest * 1.0001, `${rate}/s`).toBe(true);
        }
      }),
    );
  });
});
