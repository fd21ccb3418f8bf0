import { describe, expect, it } from 'vitest';
import { rateOfOne, workersAmong } from '../../../src/diagnose/workers';

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
});
