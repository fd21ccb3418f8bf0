import type { Tree } from 'web-tree-sitter';

/** Answers of one tree, which is asked the same again and again; those of the tree before it are forgotten. */
export class OfLastTree<Key, Answer> {
  #tree: Tree | null = null;
  #known = new Map<Key, Answer>();

  /** The answer known to the question, or what `find` gives now. */
  answer(tree: Tree, asked: Key, find: () => Answer): Answer {
    if (this.#tree !== tree) {
      this.#tree = tree;
      this.#known = new Map();
    }
    const known = this.#known.get(asked);
    if (known !== undefined || this.#known.has(asked)) return known as Answer;
    const found = find();
    this.#known.set(asked, found);
    return found;
  }
}
