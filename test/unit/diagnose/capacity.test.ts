import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drainSecondsSpread, drainSecondsWith, instancesFor } from '../../../src/diagnose/capacity';

const free = { partitions: null, maxInstances: null };

describe('the circulated sample: 1,050/s arrive, 85,000 wait, an instance does 150/s', () => {
  const load = { arrivalRate: 1050, backlog: 85_000, ratePerInstance: 150 };

  it('never drains with its 2 instances', () => {
    expect(drainSecondsWith(2, load)).toBeNull();
  });

  it('only keeps up with 7', () => {
    expect(7 * load.ratePerInstance).toBe(load.arrivalRate);
    expect(drainSecondsWith(7, load)).toBeNull();
  });

  it('drains in ten minutes with 8', () => {
    expect(drainSecondsWith(8, load)).toBeLessThanOrEqual(600);
    expect(instancesFor(load, 600, 0.7, free).toDrain).toBe(8);
  });

  it('runs at 70 % afterwards with 10, so 10 are advised', () => {
    expect(load.arrivalRate / (10 * load.ratePerInstance)).toBeCloseTo(0.7, 10);
    expect(instancesFor(load, 600, 0.7, free)).toMatchObject({
      toSustain: 10,
      wanted: 10,
      instances: 10,
      cappedBy: null,
    });
  });

  it('is capped by the lower of partitions and maxInstances, which is named', () => {
    expect(instancesFor(load, 600, 0.7, { partitions: 6, maxInstances: 8 })).toMatchObject({
      instances: 6,
      cappedBy: 'partitions',
    });
    expect(instancesFor(load, 600, 0.7, { partitions: 12, maxInstances: 8 })).toMatchObject({
      instances: 8,
      cappedBy: 'maxInstances',
    });
    expect(instancesFor(load, 600, 0.7, { partitions: 12, maxInstances: 10 })).toMatchObject({
      instances: 10,
      cappedBy: null,
    });
  });
});

describe('more partitions', () => {
  const load = { arrivalRate: 100, backlog: 8_000, ratePerInstance: 50 };

  it('take their share of what arrives, but nothing of what waits in those there were', () => {
    expect(drainSecondsSpread(8, 4, load)).toBeCloseTo(8_000 / (4 * 50 - 100 / 2), 9);
  });

  it('do not help where even that share is too much', () => {
    expect(drainSecondsSpread(4, 2, { ...load, ratePerInstance: 10 })).toBeNull();
  });
});

it('an empty queue is drained, whoever keeps up', () => {
  expect(drainSecondsWith(1, { arrivalRate: 1_000, backlog: 0, ratePerInstance: 1 })).toBe(0);
});

describe('for any load', () => {
  const loads = fc.record({
    arrivalRate: fc.double({ min: 0, max: 1e5, noNaN: true }),
    backlog: fc.double({ min: 0, max: 1e7, noNaN: true }),
    ratePerInstance: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
  });
  const targets = [
    fc.double({ min: 10, max: 1e5, noNaN: true }),
    fc.double({ min: 0.1, max: 1, noNaN: true }),
  ] as const;

  it('the advised instances drain in time and run at the target at most', () => {
    fc.assert(
      fc.property(loads, ...targets, (load, drainSeconds, utilisation) => {
        const { instances } = instancesFor(load, drainSeconds, utilisation, free);
        const seconds = drainSecondsWith(instances, load);
        expect(load.arrivalRate / (instances * load.ratePerInstance)).toBeLessThanOrEqual(utilisation * (1 + 1e-6));
        // A backlog that takes its whole time is allowed the rounding of its figures.
        if (load.backlog > 1) expect(seconds ?? Infinity).toBeLessThanOrEqual(drainSeconds * 1.01);
      }),
    );
  });

  it('one instance fewer misses a target', () => {
    fc.assert(
      fc.property(loads, ...targets, (load, drainSeconds, utilisation) => {
        const { instances } = instancesFor(load, drainSeconds, utilisation, free);
        if (instances === 1) return;
        const capacity = (instances - 1) * load.ratePerInstance;
        const drains = capacity >= load.arrivalRate + load.backlog / drainSeconds;
        expect(drains && load.arrivalRate / capacity <= utilisation).toBe(false);
      }),
    );
  });
});
