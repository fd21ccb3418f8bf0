import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as Template from '../../src/generate/code/templates/controller/typescript/flowController';
import { typescriptModule, typescriptProblems } from '../harness/typescriptModule';
import { settled, VirtualClock } from '../harness/virtualClock';

type Controller = Template.FlowController<number>;
let create: (sink: Template.Sink<number>, options: Partial<Template.Options>) => Controller;

beforeAll(async () => {
  const { OrderJobs } = await typescriptModule<{ OrderJobs: typeof Template.FlowController }>('controller');
  create = (sink, options) => new OrderJobs<number>(sink, options);
});

/** A controller on a clock of the test, whose sink answers as told; what it delivered is in `delivered`. */
function scene(options: Partial<Template.Options> = {}) {
  const clock = new VirtualClock();
  const delivered: number[] = [];
  const states: Template.State[] = [];
  const errors: unknown[] = [];
  const calls: { at: number; size: number }[] = [];
  let answer: Template.Sink<number> = () => Promise.resolve([]);
  const controller = create(
    async (batch, signal) => {
      calls.push({ at: clock.now(), size: batch.length });
      const outcomes = await answer(batch, signal);
      delivered.push(...batch.filter((_, index) => outcomes.length === 0 || outcomes[index] === 'flushed'));
      return outcomes;
    },
    {
      ...{ capacity: 10, batchSize: 4, minFlushMs: 10, maxFlushMs: 160, clock },
      ...{ onState: (state) => states.push(state), onError: (error) => errors.push(error) },
      ...options,
    },
  );
  const stuck: Template.Sink<number> = () => new Promise<never>(() => undefined);
  const failing: Template.Sink<number> = () => Promise.reject(new Error('the sink is away'));
  return {
    ...{ clock, controller, delivered, states, errors, calls, stuck, failing },
    failsLate: () => clock.sleep(300).then(() => failing([], new AbortController().signal)),
    sink: (now: Template.Sink<number>) => (answer = now),
    works: () => (answer = () => Promise.resolve([])),
    pushAll: (from: number, to: number) =>
      Promise.all(Array.from({ length: to - from }, (_, index) => controller.push(from + index))),
  };
}

/** Everything accepted is somewhere, once. */
function expectBalance({ accepted, flushed, held, failed, dropped }: Template.Metrics) {
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  expect(flushed + held + failed + lost).toBe(accepted);
}

describe('the flow controller in TypeScript', () => {
  it('has nothing that ESLint would say', async () => expect(await typescriptProblems('controller')).toEqual([]));

  it('flushes a full batch at once and the rest after the interval', async () => {
    const { clock, controller, delivered, calls, pushAll } = scene();
    await pushAll(0, 6);
    await settled();
    expect(delivered).toEqual([0, 1, 2, 3]);
    await clock.advance(10);
    expect(delivered).toEqual([0, 1, 2, 3, 4, 5]);
    expect(calls.map(({ size }) => size)).toEqual([4, 2]);
    expect(controller.metrics).toMatchObject({ accepted: 6, flushed: 6, held: 0, latency: { sumMs: 20, maxMs: 10 } });
    expect(clock.pending).toBe(0);
  });

  it('passes through every state, and leaves critical only below the low watermark', async () => {
    const { clock, controller, states, stuck, works, sink, pushAll } = scene({ batchSize: 2 });
    let release = (): void => undefined;
    sink(() => new Promise((resolve) => (release = () => resolve([]))));
    await pushAll(0, 10);
    expect(states).toEqual(['elevated', 'critical', 'blocked']);
    for (const left of [8, 6]) {
      release();
      await settled();
      expect(controller.metrics).toMatchObject({ state: 'critical', held: left });
    }
    release();
    await settled();
    expect(controller.metrics).toMatchObject({ state: 'normal', held: 4 });
    sink(stuck);
    void controller.drain(50);
    expect(controller.metrics.state).toBe('draining');
    works();
    await clock.advance(50);
    expect(states).toEqual(['elevated', 'critical', 'blocked', 'critical', 'normal', 'draining']);
  });

  it('wakes blocked producers as soon as there is room, first come first served', async () => {
    const { controller, sink, pushAll } = scene();
    let release = (): void => undefined;
    sink(() => new Promise((resolve) => (release = () => resolve([]))));
    await pushAll(0, 10);
    const woken: number[] = [];
    for (let item = 10; item < 16; item++) void controller.push(item).then(() => woken.push(item));
    await settled();
    expect(controller.metrics).toMatchObject({ accepted: 10, waiting: 6 });
    release();
    await settled();
    expect(woken).toEqual([10, 11, 12, 13]);
    release();
    await settled();
    expect(woken).toEqual([10, 11, 12, 13, 14, 15]);
  });

  it('lets a blocked producer wait as long as asked, and not longer', async () => {
    const { clock, controller, sink, stuck, pushAll } = scene({ maxBlockMs: 300 });
    sink(stuck);
    await pushAll(0, 10);
    const told: boolean[] = [];
    void controller.push(10).then((isAccepted) => told.push(isAccepted));
    await clock.advance(299);
    expect(told).toEqual([]);
    await clock.advance(1);
    expect(told).toEqual([false]);
    expect(controller.metrics).toMatchObject({ accepted: 11, held: 10, waiting: 0, dropped: { timeout: 1 } });
  });

  it('drops the oldest that is not being flushed', async () => {
    const { clock, controller, delivered, sink, pushAll } = scene({ overflow: 'drop-oldest' });
    sink(() => clock.sleep(100).then(() => []));
    expect(await pushAll(0, 12)).toEqual(Array.from({ length: 12 }, () => true));
    await clock.advance(500);
    expect(delivered).toEqual([0, 1, 2, 3, 6, 7, 8, 9, 10, 11]);
    expect(controller.metrics.dropped).toMatchObject({ oldest: 2, newest: 0 });
  });

  it('drops the newest', async () => {
    const { controller, sink, stuck, pushAll } = scene({ overflow: 'drop-newest' });
    sink(stuck);
    expect((await pushAll(0, 13)).slice(9)).toEqual([true, false, false, false]);
    expect(controller.metrics.dropped).toMatchObject({ newest: 3 });
  });

  it.each([0.1, 0.25, 0.5, 1])('keeps a share of %d from the high watermark on when it samples', async (sampleRate) => {
    const options = { overflow: 'sample', sampleRate, capacity: 1000, batchSize: 1000, maxFlushMs: 10 } as const;
    const { controller, pushAll } = scene(options);
    await pushAll(0, 800);
    const kept = (await pushAll(800, 1000)).filter(Boolean).length;
    expect(kept).toBe(200 * sampleRate);
    expect(controller.metrics.dropped).toMatchObject({ sampled: 200 - kept, newest: 0 });
  });

  it('keeps all of a failed flush, in order, and tries again no sooner than the interval says', async () => {
    const { clock, controller, delivered, errors, calls, sink, failing, works, pushAll } = scene();
    sink(failing);
    await pushAll(0, 8);
    await clock.advance(25);
    expect(controller.metrics).toMatchObject({ held: 8, flushed: 0, failedFlushes: 2 });
    expect(calls.map(({ at }) => at)).toEqual([0, 20]);
    expect(errors).toHaveLength(2);
    works();
    await clock.advance(100);
    expect(delivered).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('tries again only what the sink asks to see again, before what came later', async () => {
    const { clock, controller, delivered, sink, works, pushAll } = scene();
    sink(() => {
      works();
      return Promise.resolve(['flushed', 'retry', 'failed', 'retry']);
    });
    await pushAll(0, 6);
    await clock.advance(100);
    expect(delivered).toEqual([0, 1, 3, 4, 5]);
    expect(controller.metrics).toMatchObject({ flushed: 5, failed: 1, held: 0 });
  });

  it('takes an answer of the wrong length for a failure', async () => {
    const { controller, errors, sink, pushAll } = scene();
    sink(() => Promise.resolve(['flushed']));
    await pushAll(0, 4);
    await settled();
    expect(errors).toHaveLength(1);
    expect(controller.metrics).toMatchObject({ held: 4, flushed: 0 });
  });

  it('flushes more often when pressed and more rarely when idle, within its limits', async () => {
    const { clock, controller, sink, failing } = scene({ capacity: 40, batchSize: 20 });
    for (let item = 0; item < 20; item++) {
      await controller.push(item);
      await clock.advance(200);
      expect(controller.metrics.flushMs).toBeLessThanOrEqual(160);
    }
    expect(controller.metrics.flushMs).toBe(160);
    let release = (): void => undefined;
    sink(() => new Promise((resolve) => (release = () => resolve([]))));
    const intervals: number[] = [];
    for (let round = 0; round < 6; round++) {
      while (controller.metrics.held < 40) await controller.push(0);
      release();
      await settled();
      intervals.push(controller.metrics.flushMs);
    }
    expect(intervals).toEqual([80, 40, 20, 10, 10, 10]);
    sink(failing);
    await controller.push(0);
    release();
    await clock.advance(1000);
    expect(controller.metrics.flushMs).toBe(160);
  });

  it('opens the circuit after failures in a row, tries one batch later, and closes it on success', async () => {
    const { clock, controller, calls, sink, failing, works, pushAll } = scene({ failuresToOpen: 3, openMs: 5000 });
    sink(failing);
    await pushAll(0, 10);
    await clock.advance(500);
    expect(calls).toHaveLength(3);
    expect(controller.metrics).toMatchObject({ circuit: 'open', state: 'blocked' });
    await clock.advance(4500);
    const opened = calls.length;
    expect(opened).toBe(3);
    let release = (): void => undefined;
    sink(() => new Promise((_, reject) => (release = () => reject(new Error('still away')))));
    await clock.advance(500);
    expect(controller.metrics.circuit).toBe('half-open');
    release();
    await clock.advance(4999);
    expect(calls).toHaveLength(4);
    expect(controller.metrics.circuit).toBe('open');
    works();
    await clock.advance(1000);
    expect(controller.metrics).toMatchObject({ circuit: 'closed', flushed: 10, held: 0 });
  });

  it('drains: delivers what is held, takes nothing more, and sends waiting producers home', async () => {
    const { clock, controller, delivered, sink, pushAll } = scene();
    sink(() => clock.sleep(5).then(() => []));
    await pushAll(0, 10);
    const late = controller.push(10);
    const left = controller.drain(1000);
    expect(await late).toBe(false);
    expect(await controller.push(11)).toBe(false);
    await clock.advance(100);
    expect(await left).toEqual([]);
    expect(delivered).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(controller.metrics).toMatchObject({ accepted: 12, flushed: 10, dropped: { draining: 2 } });
    expect(clock.pending).toBe(0);
  });

  it.each(['failing', 'stuck', 'failsLate'] as const)(
    'ends a drain within its limit when the sink is %s',
    async (kind) => {
      const { clock, controller, calls, sink, works, pushAll, ...sinks } = scene({ failuresToOpen: 1 });
      let told: AbortSignal | null = null;
      sink((batch, signal) => {
        told = signal;
        return sinks[kind](batch, signal);
      });
      await pushAll(0, 7);
      let left: number[] | null = null;
      void controller.drain(200).then((items) => (left = items));
      await clock.advance(199);
      expect(left).toBeNull();
      await clock.advance(1);
      expect(left).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(told).toMatchObject({ aborted: true });
      expectBalance(controller.metrics);
      const tried = calls.length;
      expect(tried).toBeGreaterThan(kind === 'failing' ? 10 : 0);
      works();
      await clock.advance(60_000);
      expect(calls).toHaveLength(tried);
      expect(clock.pending).toBe(0);
    },
  );

  it.each([
    { capacity: 0 },
    { batchSize: 11 },
    { batchSize: 1.5 },
    { lowWatermark: 0.9 },
    { sampleRate: 0 },
    { minFlushMs: 161 },
  ])('refuses %j', (options) => expect(() => scene(options)).toThrow(RangeError));

  it('balances after every step, whatever the sink and the producers do', async () => {
    const outcome = fc.constantFrom<Template.Outcome>('flushed', 'flushed', 'retry', 'failed');
    const reply = fc.record({
      delay: fc.constantFrom(0, 0, 3, 40, 400),
      how: fc.constantFrom('all', 'throw', 'part'),
      part: fc.array(outcome, { minLength: 4, maxLength: 4 }),
    });
    const step = fc.record({ pushes: fc.nat(6), wait: fc.constantFrom(0, 1, 10, 100, 2000) });
    const overflow = fc.constantFrom<Template.Overflow>('block', 'drop-oldest', 'drop-newest', 'sample');
    const run = fc.record({
      ...{ overflow, replies: fc.array(reply, { minLength: 1, maxLength: 12 }), limit: fc.constantFrom(0, 50, 5000) },
      steps: fc.array(step, { maxLength: 25 }),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ overflow, replies, steps, limit }) => {
        const { clock, controller, delivered, sink } = scene({ overflow, maxBlockMs: 500, openMs: 1000 });
        const tried: number[][] = [];
        sink(async (batch) => {
          const { delay, how, part } = replies[tried.length % replies.length]!;
          tried.push([...batch]);
          if (delay > 0) await clock.sleep(delay);
          if (how === 'throw') throw new Error('told to');
          return how === 'all' ? [] : part.slice(0, batch.length);
        });
        const refused = new Set<number>();
        let offered = 0;
        const check = () => {
          const { metrics } = controller;
          expectBalance(metrics);
          expect(metrics.accepted + metrics.waiting).toBe(offered);
          expect(metrics.held).toBeLessThanOrEqual(10);
          expect(metrics.flushed).toBe(delivered.length);
        };
        for (const { pushes, wait } of steps) {
          for (let push = 0; push < pushes; push++) {
            const item = offered++;
            void controller.push(item).then((isAccepted) => isAccepted || refused.add(item));
          }
          check();
          await clock.advance(wait);
          check();
        }
        const drained = controller.drain(limit);
        await clock.advance(limit);
        const left = await drained;
        await clock.advance(5000);
        check();
        // Nothing is delivered twice, nothing that was refused at all, and every batch is in the order of arrival.
        const ends = [...delivered, ...left.filter((item) => !delivered.includes(item))];
        expect(new Set(ends).size).toBe(ends.length);
        expect(ends.some((item) => refused.has(item))).toBe(false);
        for (const batch of tried) expect(batch).toEqual([...batch].sort((a, b) => a - b));
        const isWhole = replies.every(({ how }) => how !== 'part');
        if (isWhole) expect(delivered).toEqual([...delivered].sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });
});
