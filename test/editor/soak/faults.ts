import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '../../harness/observations';
import type { Soaked } from './brokers';

/** Something went wrong with a broker, from when to when: milliseconds since the epoch. */
export interface Injected {
  broker: string;
  what: string;
  from: number;
  to: number;
}

type Begin = (broker: Soaked) => Promise<() => Promise<void>> | undefined;

/** Each begins something and gives what ends it; undefined where it cannot happen to that broker. */
const kinds: Record<string, Begin> = {
  'nothing listens': async ({ proxy }) => {
    await proxy.refuse();
    return () => proxy.listen();
  },
  'connections are cut': ({ proxy }) => cleared(() => proxy.cut()),
  'answers vanish': ({ proxy }) => cleared(() => proxy.set({ swallow: true })),
  'answers drip': ({ proxy }) => cleared(() => proxy.set({ dripMs: 50 })),
  'answers end in their middle': ({ proxy }) => cleared(() => proxy.set({ cutAfter: 40 })),
  'it is restarted': ({ restart }) =>
    restart?.().then(
      ({ back }) =>
        () =>
          back(),
    ),
};

/** Begins at once what needs no end of its own. */
function cleared(begin: () => void): Promise<() => Promise<void>> {
  begin();
  return Promise.resolve(() => Promise.resolve());
}

/**
 * Something goes wrong with one of the brokers, for a while, again and again; at the end all is well.
 * @param end milliseconds since the epoch
 */
export async function injectFaults(
  brokers: Readonly<Record<string, Soaked>>,
  end: number,
  seed: number,
): Promise<Injected[]> {
  const random = seeded(seed);
  const among = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const injected: Injected[] = [];
  while (Date.now() < end) {
    const [name, broker] = among(Object.entries(brokers));
    const [what, begin] = among(Object.entries(kinds));
    const [lasts, rests] = [2000 + 10_000 * random(), 1000 + 4000 * random()];
    const from = Date.now();
    const mend = await begin(broker);
    if (!mend) continue;
    await sleep(Math.min(lasts, Math.max(0, end - from)));
    broker.proxy.set();
    broker.proxy.cut();
    await mend();
    injected.push({ broker: name, what, from, to: Date.now() });
    await sleep(rests);
  }
  return injected;
}
