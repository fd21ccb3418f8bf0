import { setImmediate as turn } from 'node:timers/promises';

/** How long others may be kept waiting, milliseconds: a third of what a person would feel. */
const sliceMs = 10;

/** What `work` makes of every item, in order; every few milliseconds timers, input and other brokers are let through. */
export async function inSlices<Item, Result>(items: Iterable<Item>, work: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = [];
  let since = performance.now();
  for (const item of items) {
    results.push(work(item));
    if (performance.now() - since < sliceMs) continue;
    await turn();
    since = performance.now();
  }
  return results;
}
