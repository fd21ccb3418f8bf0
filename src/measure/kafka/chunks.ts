import { turn } from '../slices';

/** Cuts a list into runs whose weights add up to at most `size`; an item heavier than that is a run of its own. */
export function chunks<T>(items: readonly T[], size: number, weight: (item: T) => number = () => 1): T[][] {
  const runs: T[][] = [];
  let run: T[] = [];
  let sum = 0;
  for (const item of items) {
    const heavy = weight(item);
    if (run.length > 0 && sum + heavy > size) {
      runs.push(run);
      run = [];
      sum = 0;
    }
    run.push(item);
    sum += heavy;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/**
 * Runs `work` on every item, at most `width` at once, and lets timers and input through after each. Rejects with the
 * first error.
 * @param items those of an iterator may be shared with another call: each is taken once
 */
export async function each<T>(items: Iterable<T>, width: number, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const left: Iterable<T> = { [Symbol.iterator]: () => iterator };
  const lane = async () => {
    // The lanes share one iterator: each takes the next item that nobody took.
    for (const item of left) {
      await work(item);
      await turn();
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}
