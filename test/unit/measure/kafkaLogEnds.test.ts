import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogEnds } from '../../../src/measure/kafka/logEnds';
import type { TopicState } from '../../../src/measure/kafka/state';

const log = (ends: (number | null)[], id = 'first'): Map<string, TopicState> =>
  new Map([
    [
      't',
      {
        id,
        problem: null,
        partitions: ends.map((end, partition) => ({ partition, start: 0, end, problem: null })),
      },
    ],
  ]);
async function seen(...sweeps: [at: number, end: number | null][]): Promise<LogEnds> {
  const ends = new LogEnds();
  for (const [at, end] of sweeps) await ends.add(at, log([end]));
  return ends;
}

describe('the time a record was appended', () => {
  it('lies between the sweeps that saw the log end on both sides of it', async () => {
    const ends = await seen([0, 10], [1000, 20], [2000, 40]);
    expect(ends.appendedAt('t', 0, 10)).toEqual({ at: 100, isBound: false });
    expect(ends.appendedAt('t', 0, 19)).toEqual({ at: 1000, isBound: false });
    expect(ends.appendedAt('t', 0, 29)).toEqual({ at: 1500, isBound: false });
  });

  it('comes after a pause in which nothing was appended, however long', async () => {
    const ends = await seen([0, 10], [1000, 10], [2000, 10], [90_000, 10], [91_000, 11]);
    expect(ends.appendedAt('t', 0, 10)).toEqual({ at: 91_000, isBound: false });
    expect((await seen([0, 10], [90_000, 10], [91_000, 12])).appendedAt('t', 0, 10)?.at).toBe(90_500);
  });

  it('is only bounded for what was there at first sight, and unknown for what was never seen', async () => {
    const ends = await seen([5000, 10], [6000, 20]);
    expect(ends.appendedAt('t', 0, 9)).toEqual({ at: 5000, isBound: true });
    expect(ends.appendedAt('t', 0, 20)).toBeNull();
    expect(ends.appendedAt('t', 1, 0)).toBeNull();
    expect(ends.appendedAt('u', 0, 0)).toBeNull();
  });

  it('spans a sweep in which the partition did not answer', async () => {
    const ends = await seen([0, 0], [1000, null], [2000, 20]);
    expect(ends.appendedAt('t', 0, 9)).toEqual({ at: 1000, isBound: false });
  });

  it('begins anew with a topic that was made again, one that went away and a clock that was set back', async () => {
    expect((await seen([0, 10], [1000, 20], [2000, 5])).appendedAt('t', 0, 4)).toEqual({ at: 2000, isBound: true });
    const gone = await seen([0, 10], [1000, 20]);
    await gone.add(2000, new Map());
    await gone.add(3000, log([30]));
    expect(gone.appendedAt('t', 0, 15)).toEqual({ at: 3000, isBound: true });
    const remade = await seen([0, 10], [1000, 20]);
    await remade.add(2000, log([500], 'second'));
    expect(remade.appendedAt('t', 0, 15)).toEqual({ at: 2000, isBound: true });
    expect((await seen([5000, 10], [1000, 20])).appendedAt('t', 0, 4)).toEqual({ at: 1000, isBound: true });
  });

  it('stays within a share of its age over a day of sweeps, in bounded room', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 50 }), { minLength: 5, maxLength: 20 }), async (loads) => {
        const [ends, appended, intervalMs] = [new LogEnds(), [] as number[], 10_000];
        let now = 0;
        for (let sweep = 0; sweep < 2000; sweep++) {
          now = sweep * intervalMs;
          // Even between two sweeps, with loads and pauses that last for minutes.
          const load = loads[Math.floor(sweep / 40) % loads.length] ?? 0;
          for (let i = 1; i <= load; i++) appended.push(now - intervalMs + (i * intervalMs) / load);
          await ends.add(now, log([appended.length]));
        }
        for (let offset = 0; offset < appended.length; offset += 97) {
          const truth = now - (appended[offset] ?? 0);
          const told = ends.appendedAt('t', 0, offset);
          if (told?.isBound === false) expect(Math.abs(now - told.at - truth)).toBeLessThan(intervalMs + truth / 2);
        }
      }),
      { numRuns: 10 },
    );
  });
});
