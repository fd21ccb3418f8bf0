import { setTimeout as wait } from 'node:timers/promises';

/** Time as the sampler sees it: the machine's, or one that a demo or a test moves. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that only ever go forward, whatever the clock is set to; absent where `now` does not jump. */
  steady?(): number;
  /** Resolves after that long, or at once when the signal is aborted; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  sleep: (ms, signal) => wait(Math.max(0, ms), undefined, { signal }).catch(() => undefined),
};

/** A clock that jumps: sleeping takes no time, so a simulated window is over as fast as it can be computed. */
export function virtualClock(start: number): Clock {
  let at = start;
  return {
    now: () => at,
    sleep: async (ms, signal) => {
      if (!signal.aborted) at += Math.max(0, ms);
      // Lets timers and input through between two steps of a long simulation.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
