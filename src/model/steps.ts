/** What the steps of a computation come to, taken without a pause. */
export function finished<Result>(steps: Iterator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Makes something of each item, a step for each. */
export function* eachOf<Item, Result>(
  items: Iterable<Item>,
  make: (item: Item) => Result,
): Generator<unknown, Result[]> {
  const made: Result[] = [];
  for (const item of items) yield made.push(make(item));
  return made;
}
