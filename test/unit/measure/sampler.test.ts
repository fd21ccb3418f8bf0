import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../../../src/measure/clock';
import { Sampler } from '../../../src/measure/sampler';
import { SourceError, type Source } from '../../../src/measure/source';
import type { Sweep } from '../../../src/model/sweep';
import { fakeSource, queueRow } from './rows';

/** Vitest's timers move only by hand; the sampler's clock stands on them. */
const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    }),
};
const start = Date.UTC(2026, 0, 1);
const never = () => new Promise<never>(() => undefined);
const fine = (id: string, produced = 0) =>
  fakeSource(id, () => Promise.resolve({ queues: [queueRow(id, { produced })] }));
const failing = (name: string) =>
  fakeSource(name, () => Promise.reject(new SourceError('denied', 'wrong password', 'enter the password')));

const sample = (...sources: { source: Source }[]) =>
  new Sampler(
    sources.map(({ source }) => source),
    { clock, intervalMs: 10_000, callTimeoutMs: 5000, log: () => undefined },
  );
const live = () => new AbortController().signal;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const brief = ({ brokers }: Sweep) => brokers.map(({ name, state, error }) => [name, state, error?.code ?? null]);

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

describe('a sweep', () => {
  it('asks all brokers at once and keeps their order', async () => {
    const slow = fakeSource('slow', async () => {
      await clock.sleep(3000, live());
      return { queues: [queueRow('late')] };
    });
    const quick = fine('quick');
    const sweep = sample(slow, quick).sweep(live());
    await pass(0);
    expect(quick.asked).toHaveLength(1);
    await pass(3000);
    expect(brief(await sweep)).toEqual([
      ['slow', 'ok', null],
      ['quick', 'ok', null],
    ]);
    expect((await sweep).queues.map(({ id }) => id)).toEqual(['late', 'quick']);
    expect((await sweep).at).toBe(new Date(start).toISOString());
  });

  it('loses only the row of a broker that fails, with what to do', async () => {
    const sweep = await sample(failing('bad'), fine('good')).sweep(live());
    expect(brief(sweep)).toEqual([
      ['bad', 'failed', 'denied'],
      ['good', 'ok', null],
    ]);
    expect(sweep.queues.map(({ id }) => id)).toEqual(['good']);
    expect(sweep.brokers[0]?.error).toEqual({
      code: 'denied',
      message: 'wrong password',
      next: 'enter the password',
    });
  });

  it('survives a source that throws instead of rejecting', async () => {
    const rude = fakeSource('rude', () => {
      throw new TypeError('boom');
    });
    expect(brief(await sample(rude).sweep(live()))).toEqual([['rude', 'failed', 'unknown']]);
  });

  it('is not held up for ever by a broker that hangs, tells it so, and throws its late answer away', async () => {
    let answer: () => void = () => undefined;
    const hung = fakeSource('hung', ({ signal }) => {
      expect(signal.aborted).toBe(false);
      return new Promise((resolve) => {
        answer = () => resolve({ queues: [queueRow('stale')] });
      });
    });
    const sampler = sample(hung, fine('good'));
    const sweep = sampler.sweep(live());
    await pass(9999);
    expect(await Promise.race([sweep, Promise.resolve('pending')])).toBe('pending');
    await pass(1);
    expect(brief(await sweep)).toEqual([
      ['hung', 'failed', 'timeout'],
      ['good', 'ok', null],
    ]);
    expect(hung.asked[0]?.signal.aborted).toBe(true);
    const again = await sampler.sweep(live(), { retryNow: true });
    expect(hung.asked, 'never two at once').toHaveLength(1);
    expect(brief(again)[0]).toEqual(['hung', 'failed', 'timeout']);
    answer();
    await pass(0);
    const third = sampler.sweep(live(), { retryNow: true });
    await pass(0);
    expect(hung.asked).toHaveLength(2);
    answer();
    expect(brief(await third)[0]).toEqual(['hung', 'ok', null]);
  });

  it('waits for the one before it', async () => {
    let running = 0;
    const source = fakeSource('b', async () => {
      expect(++running).toBe(1);
      await clock.sleep(1000, live());
      running--;
      return {};
    });
    const sampler = sample(source);
    const both = Promise.all([sampler.sweep(live()), sampler.sweep(live())]);
    await pass(2000);
    expect((await both).map(({ at }) => Date.parse(at) - start)).toEqual([0, 1000]);
  });

  it('ends at once when it is aborted and counts no failure', async () => {
    const hung = fakeSource('hung', never);
    const sampler = sample(hung);
    const abort = new AbortController();
    const sweep = sampler.sweep(abort.signal).catch((error: unknown) => error);
    await pass(10);
    abort.abort(new Error('enough'));
    expect(await sweep).toEqual(new Error('enough'));
    expect(hung.asked[0]?.signal.aborted).toBe(true);
    await expect(sampler.sweep(AbortSignal.abort(new Error('already')))).rejects.toThrow('already');
  });
});

describe('a signal', () => {
  it('has no listener left after sweeps that were answered, failed or ran out of time, nor after a run', async () => {
    const { signal } = new AbortController();
    const sampler = sample(fine('a'), failing('b'), fakeSource('c', never));
    for (let n = 0; n < 3; n++) {
      const sweep = sampler.sweep(signal, { retryNow: true });
      await pass(10_000);
      await sweep;
    }
    const ran = sampler.run(() => undefined, signal);
    await pass(30_000);
    await sampler.close();
    await ran;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a sweep after one that was given up', () => {
  it('begins with a broker when that has let go of the one before, and is no failure', async () => {
    const obedient = fakeSource('b', async ({ signal }) => {
      await clock.sleep(3000, signal);
      await clock.sleep(50, live());
      return {};
    });
    const sampler = sample(obedient);
    const abort = new AbortController();
    const first = sampler.sweep(abort.signal).catch(() => 'given up');
    await pass(1000);
    abort.abort();
    const second = sampler.sweep(live());
    await pass(49);
    expect(await first).toBe('given up');
    expect(obedient.asked).toHaveLength(1);
    await pass(1);
    expect(obedient.asked).toHaveLength(2);
    await pass(3050);
    expect(brief(await second)).toEqual([['b', 'ok', null]]);
  });

  it('is never asked of a broker when it was given up while waiting', async () => {
    const hung = fakeSource('hung', never);
    const sampler = sample(hung);
    for (let n = 0; n < 3; n++) {
      const abort = new AbortController();
      const sweep = sampler.sweep(abort.signal).catch(() => 'given up');
      await pass(10);
      abort.abort();
      expect(await sweep).toBe('given up');
    }
    expect(hung.asked).toHaveLength(1);
  });
});

describe('a failing broker', () => {
  /** The seconds up to that at which it is asked, when a sweep begins every ten. */
  const triesUntil = async (end: number, bad: ReturnType<typeof failing>) => {
    const sampler = sample(bad);
    const tries: number[] = [];
    for (let second = 0; second <= end; second += 10) {
      const before = bad.asked.length;
      await sampler.sweep(live());
      if (bad.asked.length > before) tries.push(second);
      await pass(10_000);
    }
    return tries;
  };

  it('that a person has to mend is left alone for a time that doubles, up to five minutes', async () => {
    expect(await triesUntil(1300, failing('bad'))).toEqual([0, 20, 60, 140, 300, 600, 900, 1200]);
  });

  it.each(['unreachable', 'timeout', 'unknown'] as const)(
    'that may come back by itself (%s) is asked after two intervals however long it lasts',
    async (code) => {
      const away = fakeSource('away', () => Promise.reject(new SourceError(code, 'away', 'wait')));
      expect(await triesUntil(100, away)).toEqual([0, 20, 40, 60, 80, 100]);
    },
  );

  it('repeats its last error with a fresh time until then', async () => {
    const sampler = sample(failing('bad'));
    await sampler.sweep(live());
    await pass(10_000);
    expect((await sampler.sweep(live())).brokers[0]?.error?.next).toBe('enter the password; tried again in 10 s');
  });

  it('is asked at once when a person wants it', async () => {
    const bad = failing('bad');
    const sampler = sample(bad);
    await sampler.sweep(live());
    await sampler.sweep(live());
    expect(bad.asked).toHaveLength(1);
    await sampler.sweep(live(), { retryNow: true });
    expect(bad.asked).toHaveLength(2);
  });

  it('is asked when the clock was set back meanwhile', async () => {
    const bad = failing('bad');
    const sampler = sample(bad);
    await sampler.sweep(live());
    vi.setSystemTime(start - 3_600_000);
    await sampler.sweep(live());
    expect(bad.asked).toHaveLength(2);
  });

  it('begins with a short pause again after it has answered', async () => {
    let works = false;
    const moody = fakeSource('moody', () => (works ? Promise.resolve({}) : Promise.reject(new Error('no'))));
    const sampler = sample(moody);
    for (const ok of [false, false, true, false]) {
      works = ok;
      await sampler.sweep(live(), { retryNow: true });
    }
    expect((await sampler.sweep(live())).brokers[0]?.error?.next).toMatch(/tried again in 20 s$/);
  });
});

describe('running', () => {
  it('sweeps every interval until it is aborted', async () => {
    const abort = new AbortController();
    const at: number[] = [];
    const ran = sample(fine('b')).run((sweep) => at.push(Date.parse(sweep.at) - start), abort.signal);
    await pass(25_000);
    abort.abort();
    await ran;
    expect(at).toEqual([0, 10_000, 20_000]);
  });

  it('gives a slow broker four times as long as its sweep takes', async () => {
    const abort = new AbortController();
    const at: number[] = [];
    const slow = fakeSource('slow', async () => {
      await clock.sleep(4000, live());
      return {};
    });
    const ran = sample(slow).run((sweep) => at.push(Date.parse(sweep.at) - start), abort.signal);
    await pass(36_500);
    abort.abort();
    await ran;
    expect(at).toEqual([0, 16_000, 32_000]);
  });

  it('goes on at its pace for the others while one broker hangs', async () => {
    const abort = new AbortController();
    const at: number[] = [];
    const sampler = new Sampler([fakeSource('hung', never).source, fine('good').source], {
      ...{ clock, intervalMs: 10_000, callTimeoutMs: 2000, log: () => undefined },
    });
    const ran = sampler.run((sweep) => at.push(Date.parse(sweep.at) - start), abort.signal);
    await pass(45_000);
    abort.abort();
    await ran;
    expect(at).toEqual([0, 10_000, 20_000, 30_000, 40_000]);
  });

  it('is not thrown off by a clock that jumps during a sweep', async () => {
    const abort = new AbortController();
    let sweeps = 0;
    const source = fakeSource('b', () => {
      vi.setSystemTime(Date.now() + (sweeps === 0 ? 86_400_000 : -2 * 86_400_000));
      return Promise.resolve({});
    });
    const ran = sample(source).run(() => sweeps++, abort.signal);
    await pass(80_000);
    expect(sweeps).toBeGreaterThanOrEqual(3);
    abort.abort();
    await ran;
  });

  it('ends when it is closed, which closes every source though one objects', async () => {
    const [a, b] = [fine('a'), fakeSource('b', never)];
    const stubborn = { source: { ...fine('c').source, close: () => Promise.reject(new Error('stuck')) } };
    const sampler = sample(a, b, stubborn);
    const ran = sampler.run(() => expect.unreachable(), live());
    await pass(100);
    await sampler.close();
    await ran;
    expect([a.closed(), b.closed()]).toEqual([1, 1]);
    await expect(sampler.sweep(live())).rejects.toThrow('the sampler is closed');
  });
});
