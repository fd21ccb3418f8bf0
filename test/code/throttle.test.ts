import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as Template from '../../src/generate/code/templates/throttle/typescript/rateThrottle';
import { typescriptModule, typescriptProblems } from '../harness/typescriptModule';
import { VirtualClock } from '../harness/virtualClock';

let create: (options: Template.Options) => Template.RateThrottle;

beforeAll(async () => {
  const { OrderJobs } = await typescriptModule<{ OrderJobs: typeof Template.RateThrottle }>('throttle');
  create = (options) => new OrderJobs(options);
});

function scene(options: Template.Options = {}) {
  const clock = new VirtualClock();
  let timers = 0;
  const counted = { now: clock.now, after: (ms: number, run: () => void) => (timers++, clock.after(ms, run)) };
  const throttle = create({ clock: counted, ...options });
  const passed: { who: number; at: number }[] = [];
  const take = (who: number, signal?: AbortSignal) =>
    throttle.take(signal).then(() => void passed.push({ who, at: clock.now() }));
  return { clock, throttle, passed, take, timers: () => timers };
}

describe('the throttle in TypeScript', () => {
  it('has nothing that ESLint would say', async () => expect(await typescriptProblems('throttle')).toEqual([]));

  it('keeps all producers together to the rate, and treats them alike', async () => {
    const { clock, throttle, passed, take } = scene();
    const stop = new AbortController();
    const produce = async (who: number) => {
      for (;;) await take(who, stop.signal);
    };
    const producers = [0, 1, 2, 3].map((who) => produce(who).catch((error: unknown) => error));
    await clock.advance(10_000);
    stop.abort('enough');
    expect(await Promise.all(producers)).toEqual(['enough', 'enough', 'enough', 'enough']);
    expect(passed.length).toBe(1010);
    for (const who of [0, 1, 2, 3]) {
      expect(Math.abs(passed.filter((each) => each.who === who).length - 1010 / 4)).toBeLessThan(10);
    }
    expect(throttle.rate).toBe(100);
  });

  it('sets one timer for each that waits, and none while nobody does', async () => {
    const { clock, take, timers, passed } = scene({ maxRate: 1, burst: 1 });
    for (let who = 0; who < 10; who++) void take(who);
    const set = timers();
    await clock.advance(60_000);
    expect(passed.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((second) => second * 1000));
    expect(timers() - set).toBe(8);
    expect(clock.pending).toBe(0);
  });

  it('serves in the order of arrival, and one that is cancelled uses nothing', async () => {
    const { clock, passed, take } = scene({ maxRate: 1, burst: 1 });
    const away = new AbortController();
    void take(0);
    void take(1);
    const left = take(2, away.signal).catch((error: unknown) => error);
    void take(3);
    await clock.advance(500);
    away.abort('away');
    expect(await left).toBe('away');
    await clock.advance(10_000);
    expect(passed).toEqual([0, 1, 3].map((who, index) => ({ who, at: index * 1000 })));
    await expect(take(4, away.signal)).rejects.toBe('away');
  });

  it('is cut when the lag is high, once in its time, and recovers gradually', async () => {
    const { clock, throttle } = scene();
    const report = async (lag: number, seconds: number) => {
      for (let second = 0; second < seconds; second++) {
        await clock.advance(1000);
        throttle.report(lag);
      }
    };
    await report(100, 10);
    expect(throttle.rate).toBe(50);
    await report(100, 300);
    expect(throttle.rate).toBe(1);
    throttle.report(30);
    expect(throttle.rate).toBe(1);
    await report(5, 150);
    expect(throttle.rate).toBeCloseTo(1 + 99 / 2, 6);
    await clock.advance(3_600_000);
    throttle.report(5);
    expect(throttle.rate).toBeCloseTo(1 + 99 / 2 + 99 / 30, 6);
    await report(5, 300);
    expect(throttle.rate).toBe(100);
  });

  it('holds those who wait already to the new rate', async () => {
    const { clock, throttle, passed, take } = scene({ maxRate: 2, burst: 1 });
    void take(0);
    void take(1);
    await clock.advance(250);
    throttle.report(1000);
    await clock.advance(10_000);
    expect(passed.at(-1)).toEqual({ who: 1, at: 750 });
  });

  it('wakes those who wait sooner when the rate recovers', async () => {
    const quick = { maxRate: 1, minRate: 0.01, burst: 1, cutEveryMs: 1000, recoveryMs: 1000 };
    const { clock, throttle, passed, take } = scene(quick);
    void take(0);
    throttle.report(1000);
    void take(1);
    await clock.advance(1000);
    throttle.report(5);
    await clock.advance(10_000);
    expect(passed.at(-1)).toEqual({ who: 1, at: 1500 });
  });

  it('leaves no timer behind when the last one that waits is cancelled', async () => {
    const { clock, take } = scene({ burst: 1 });
    const away = new AbortController();
    void take(0);
    const left = take(1, away.signal).catch((error: unknown) => error);
    expect(clock.pending).toBe(1);
    away.abort('away');
    expect(await left).toBe('away');
    expect(clock.pending).toBe(0);
  });

  it.each([{ maxRate: 0 }, { minRate: 101 }, { maxRate: NaN }, { burst: 0 }, { lowLag: 61 }, { cut: 1 }])(
    'refuses %j',
    (options) => expect(() => scene(options)).toThrow(RangeError),
  );

  it('never lets more pass than the highest rate and the burst allow, whatever is reported', async () => {
    const step = fc.record({ takes: fc.nat(20), wait: fc.constantFrom(0, 1, 50, 1000, 20_000), lag: fc.nat(120) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { clock, throttle, passed, take } = scene({ maxRate: 10, burst: 5 });
        let taken = 0;
        for (const { takes, wait, lag } of steps) {
          for (let count = 0; count < takes; count++) void take(taken++);
          throttle.report(lag);
          await clock.advance(wait);
          expect(throttle.rate).toBeGreaterThanOrEqual(1);
          expect(throttle.rate).toBeLessThanOrEqual(10);
        }
        await clock.advance(taken * 1000);
        expect(passed.map(({ who }) => who)).toEqual(Array.from({ length: taken }, (_, who) => who));
        passed.forEach(({ at }, index) => {
          const earlier = passed[index - 5];
          if (earlier) expect(at - earlier.at).toBeGreaterThanOrEqual(100 - 1e-6);
        });
      }),
      { numRuns: 100 },
    );
  });
});
