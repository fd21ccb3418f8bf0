import { describe, expect, it } from 'vitest';
import { breathe, inSlices, turn } from '../../../src/measure/slices';

const workFor = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

/** Counts turns of the event loop as long as it is not stopped. */
function countTurns() {
  const counter = { turns: 0, stop: () => clearImmediate(next) };
  let next = setImmediate(function count() {
    counter.turns += 1;
    next = setImmediate(count);
  });
  return counter;
}

describe('Long work of a sweep', () => {
  it('lets others through every few milliseconds', async () => {
    const counter = countTurns();
    const results = await inSlices([1, 2, 3, 4], (item) => {
      workFor(11);
      return item * 2;
    });
    counter.stop();
    expect(results).toEqual([2, 4, 6, 8]);
    expect(counter.turns).toBeGreaterThanOrEqual(3);
  });

  it('goes on at once while little time has passed', async () => {
    await turn();
    expect(breathe()).toBeUndefined();
    workFor(11);
    expect(breathe()).toBeInstanceOf(Promise);
  });

  it('of several sweeps is never done in the same turn of the event loop', async () => {
    const counter = countTurns();
    const seen = await Promise.all(
      [1, 2, 3].map(async () => {
        await turn();
        return counter.turns;
      }),
    );
    counter.stop();
    expect(new Set(seen).size).toBe(3);
  });
});
