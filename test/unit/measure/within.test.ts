import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limited } from '../../../src/measure/within';

const untilAborted = (limit: AbortSignal) =>
  new Promise<never>((_, reject) => limit.addEventListener('abort', () => reject(limit.reason as Error)));

describe('a call with a deadline', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is told when time is up, or when nobody wants it any more', async () => {
    const late = limited(500, new AbortController().signal, untilAborted).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(500);
    expect(await late).toMatchObject({ name: 'TimeoutError', message: 'no answer within 0.5 s' });
    const outer = new AbortController();
    const unwanted = limited(500, outer.signal, untilAborted).catch((error: unknown) => error);
    outer.abort(new Error('not wanted'));
    expect(await unwanted).toMatchObject({ message: 'not wanted' });
  });

  it('leaves no timer and no listener behind, however it ends', async () => {
    const { signal } = new AbortController();
    expect(await limited(500, signal, () => Promise.resolve(1))).toBe(1);
    await expect(limited(500, signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([vi.getTimerCount(), getEventListeners(signal, 'abort')]).toEqual([0, []]);
  });

  it('is not begun when nobody wants it', async () => {
    const call = vi.fn(() => Promise.resolve());
    await expect(limited(500, AbortSignal.abort(new Error('over')), call)).rejects.toThrow('over');
    expect(call).not.toHaveBeenCalled();
  });
});

it('a deadline outlives a collection of garbage', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const calls = Array.from({ length: 20 }, () => limited(100, new AbortController().signal, untilAborted));
  const ends = Promise.allSettled(calls);
  collect();
  expect(await ends).toHaveLength(20);
});
