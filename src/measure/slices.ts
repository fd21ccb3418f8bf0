/** How long others may be kept waiting, milliseconds: a third of what a person would feel. */
const sliceMs = 10;

const waiting: (() => void)[] = [];
let since = -Infinity;

/** Lets timers, input and other brokers through. Who waits goes on one in each turn of the event loop, not all in the next. */
export const turn = () =>
  new Promise<void>((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(release);
  });

function release(): void {
  since = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(release);
}

/** The same, but only after work has gone on for a slice: to be asked often. */
export const breathe = (): Promise<void> | undefined => (performance.now() - since < sliceMs ? undefined : turn());

/** What `work` makes of every item, in order; every few milliseconds timers, input and other brokers are let through. */
export async function inSlices<Item, Result>(items: Iterable<Item>, work: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(work(item));
    const pause = breathe();
    if (pause) await pause;
  }
  return results;
}
