import { describe, expect, it } from 'vitest';
import type { Need } from '../tools';
import { boundedKinds, play, type Bounded, type Seen, type Situation } from './bounded';

const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};
const broken = Array.from({ length: 10_000 }, (_, item) => item).filter((item) => item % 7 === 0 || item % 101 === 0);

/**
 * What the worker pool and the semaphore promise, in one language.
 * @param checkers who says nothing against them, with their verb
 */
export function describeBounded(title: string, checkers: string, found: Need<Bounded>): void {
  const suite = `worker pool and semaphore in ${title}`;
  if (!found.ok) {
    describe.skip(`${suite} (${found.reason})`, () => it('need its compiler'));
    return;
  }
  const bounded = found.value;
  describe(suite, () => {
    it(`${checkers} nothing to say`, async () => expect(await bounded.check()).toBe(''));

    // Both at once: what takes time in them is waiting.
    const both = once(async () => {
      const every: Situation[] = ['crowd', 'cancel', 'drain', 'flat', 'environment', 'idle'];
      const [pool, semaphore] = await Promise.all([
        play(bounded, 'worker-pool', every, '3'),
        play(bounded, 'semaphore', [...every, 'call'], '3'),
      ]);
      return { 'worker-pool': pool, semaphore };
    });

    describe.each(boundedKinds)('%s', (kind) => {
      const seen = async (): Promise<Seen> => (await both())[kind];

      it('runs never more at once than asked for, over 10,000 items of four producers', async () => {
        expect((await seen()).crowd.most).toBe(16);
      });

      it('handles every item once or reports it as failed, with its own error, also when it panics', async () => {
        expect((await seen()).crowd).toMatchObject({
          ...{ handled: 10_000 - broken.length, failed: broken.length },
          ...{ notOnce: 0, strange: 0 },
        });
      });

      it('takes nothing more when it is stopped, lets producers go, and what runs end', async () => {
        expect((await seen()).cancel).toEqual({
          ...{ early: 0, refused: 3, lateRefused: true },
          ...{ endedEarly: 0, begun: 4, ended: 4 },
        });
      });

      it('has finished what it took when it is closed', async () => {
        const { before, ...rest } = (await seen()).drain;
        expect(rest).toEqual({ accepted: 20, after: 20, late: true });
        expect(before).toBeLessThan(20);
      });

      it('lets a producer wait that is a hundred times faster, and holds no more the longer it lasts', async () => {
        const { ahead, grownMegabytes, unboundedMegabytes, timesFaster } = (await seen()).flat;
        expect(timesFaster).toBeGreaterThan(100);
        expect(ahead).toBeLessThanOrEqual(5);
        expect(grownMegabytes).toBeLessThan(unboundedMegabytes / 20);
      });

      it('needs no processor while it waits', async () => {
        expect((await seen()).idle.share).toBeLessThan(0.05);
      });

      it('takes its size from the environment, and refuses one that is none', async () => {
        expect((await seen()).environment).toEqual({ size: 3 });
        const refused = await play(bounded, kind, ['environment'], 'many');
        expect(refused.environment.refused).toMatch(/^(ORDER_JOBS|JOB_SLOTS)_CONCURRENCY: .*many/);
      });
    });

    it('semaphore hands on what a task gives or throws, and has its slot back', async () => {
      const { call } = (await both()).semaphore;
      expect({ gaveUp: true, ...call }).toEqual({
        value: 42,
        errors: 'failed, panic: broken',
        gaveUp: true,
        again: true,
      });
    });
  });
}
