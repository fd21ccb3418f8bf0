import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../../src/diagnose/bottleneck';
import { ratePerWorker, rateOfOne, workersAmong, workersOf } from '../../../src/diagnose/workers';

describe('instances that work', () => {
  it('are no more than there are partitions to read', () => {
    expect(workersAmong(6, 4)).toBe(4);
    expect(workersAmong(3, 4)).toBe(3);
    expect(workersAmong(6, null)).toBe(6);
  });

  it('are not known where instances are not', () => {
    expect(workersAmong(null, 4)).toBeNull();
  });

  it('do each their share of what was done, and what the file says where that was not seen', () => {
    expect(rateOfOne(300, 3, 500)).toBe(100);
    expect(rateOfOne(null, 3, 500)).toBe(500);
    expect(rateOfOne(300, null, 500)).toBe(500);
    expect(rateOfOne(300, 0, null)).toBeNull();
  });

  it('of a broker that keeps its producers waiting are not known, nor what each of them does', () => {
    const broker: Trouble = {
      ...{ stage: null, broker: 'main', queue: null, inputRate: 150, processingRate: 100, deficit: 50, backlog: 900 },
      ...{ severity: 'warning', confidence: 0.95, chain: [] },
    };
    expect([workersOf(broker, null), ratePerWorker(broker, null)]).toEqual([null, null]);
  });
});
