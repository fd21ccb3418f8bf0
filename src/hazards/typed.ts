import type { Node, Parser, Tree } from 'web-tree-sitter';
import { changeBetween, edit } from './change';
import { JoinedQuery, type Queries, type Sought } from './queries';
import { follow, spotsOf, touchedBy, type Spot, type Touched } from './spots';

/**
 * A text that is read again with every key: what did not change is neither parsed nor searched again. Ask it to `forget`
 * when nobody types any more, since WebAssembly memory is not collected.
 */
export class TypedText {
  #last: { text: string; tree: Tree } | null = null;
  #query: JoinedQuery | null = null;
  /** In the tree that was searched last. */
  #spots: Spot[][] | null = null;
  /** What has changed since. */
  #touched: Touched | null = null;

  /** The tree of the text as it is now, which lives until the next call; null when it could not be parsed. */
  parsed(parser: Parser, text: string): Tree | null {
    const last = this.#last;
    const change = last && changeBetween(last.text, text);
    if (change) edit(last.tree, last.text, change);
    const tree = parser.parse(text, last?.tree);
    // Spots can be followed through one change only.
    if (this.#touched) this.#spots = null;
    this.#touched = change && tree && touchedBy(change, last.tree.getChangedRanges(tree));
    last?.tree.delete();
    this.#last = tree && { text, tree };
    return tree;
  }

  /** Places for each of what is sought, in the tree that was parsed last. @param root its own */
  placesIn(root: Node, queries: Queries, sought: readonly Sought[]): Node[][] {
    const query = this.#queryFor(queries, sought);
    const followed = this.#spots && this.#touched && follow(query, root, this.#spots, this.#touched);
    const found = followed ?? query.placesIn(root);
    this.#spots = spotsOf(found);
    this.#touched = null;
    return found;
  }

  /** Gives back what it holds. It may be used again. */
  forget(): void {
    this.#last?.tree.delete();
    this.#query?.delete();
    this.#last = null;
    this.#query = null;
    this.#spots = null;
    this.#touched = null;
  }

  #queryFor(queries: Queries, sought: readonly Sought[]): JoinedQuery {
    const known = this.#query?.sought;
    if (this.#query && known?.length === sought.length && sought.every((each, i) => known[i] === each))
      return this.#query;
    this.#query?.delete();
    this.#spots = null;
    return (this.#query = new JoinedQuery(queries.grammar, sought));
  }
}
