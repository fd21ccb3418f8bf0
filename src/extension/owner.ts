interface Disposable {
  dispose(): unknown;
}

let held = 0;

/** How many things all owners hold at the moment: what is opened and closed leaves it as it was. */
export const heldByOwners = (): number => held;

/** Holds whatever lives and ends it in reverse order. What arrives after the end is ended at once, so nothing leaks in a race. */
export class Owner implements Disposable {
  #held: Disposable[] = [];
  #ended = false;

  /** Is everything ended? */
  get ended(): boolean {
    return this.#ended;
  }

  /** Takes something into care and hands it back. */
  own<T extends Disposable>(thing: T): T {
    if (this.#ended) thing.dispose();
    else {
      this.#held.push(thing);
      held++;
    }
    return thing;
  }

  dispose(): void {
    this.#ended = true;
    const ending = this.#held.splice(0).reverse();
    held -= ending.length;
    for (const thing of ending) thing.dispose();
  }
}
