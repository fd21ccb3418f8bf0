interface Disposable {
  dispose(): unknown;
}

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
    else this.#held.push(thing);
    return thing;
  }

  dispose(): void {
    this.#ended = true;
    for (const thing of this.#held.splice(0).reverse()) thing.dispose();
  }
}
