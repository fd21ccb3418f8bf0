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
 */
export const each = <Item>(items: Iterable<Item>, width: number, work: (item: Item) => Promise<void>): Promise<void> =>
  eachOver([null], items, width, (_, item) => work(item));

/** The same over several connections at once, at most `width` over each. */
export async function eachOver<Lane, Item>(
  lanes: readonly Lane[],
  items: Iterable<Item>,
  width: number,
  work: (lane: Lane, item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const left: Iterable<Item> = { [Symbol.iterator]: () => iterator };
  const turns = async (lane: Lane) => {
    // All share one iterator: each takes the next item that nobody took.
    for (const item of left) {
      await work(lane, item);
      await turn();
    }
  };
  await Promise.all(lanes.flatMap((lane) => Array.from({ length: width }, () => turns(lane))));
}
