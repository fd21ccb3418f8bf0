import { Query, type Language as Grammar, type Node } from 'web-tree-sitter';
import { namesIn, stretchesOf, type Stretch } from './near';

/** What is looked for in a tree: the capture `place` of a Tree-sitter query. */
export interface Sought {
  readonly query: string;
  /** What each place holds, with the flag `g`, where the names in the query do not tell. */
  readonly marks?: RegExp;
}

/** Several queries as one, so that a tree is walked once for all of them. */
export class JoinedQuery {
  readonly #query: Query;
  /** Where the patterns of each end in the joined query, in its bytes. */
  readonly #ends: readonly number[];

  /** @throws {Error} for a query that the grammar does not understand */
  constructor(
    grammar: Grammar,
    readonly sought: readonly Sought[],
  ) {
    const sources = sought.map(({ query }) => `${query}\n`);
    this.#query = new Query(grammar, sources.join(''));
    let end = 0;
    this.#ends = sources.map((source) => (end += new TextEncoder().encode(source).length));
  }

  /**
   * Places for each of what is sought, in the order of the text. They live as long as their tree.
   * @param within only those that touch it, and perhaps some beside it
   */
  placesIn(root: Node, within?: Stretch): Node[][] {
    const found = this.sought.map((): Node[] => []);
    // The library's nodes count characters, its ranges the bytes of UTF-16.
    const range = within && { startIndex: Math.max(0, within.startIndex - 1) * 2, endIndex: (within.endIndex + 1) * 2 };
    for (const { name, node, patternIndex } of this.#query.captures(root, range)) {
      if (name !== 'place') continue;
      const start = this.#query.startIndexForPattern(patternIndex);
      found[this.#ends.findIndex((end) => start < end)]?.push(node);
    }
    return found;
  }

  /** Places for all of what is sought of which something lies in one of the stretches, in the order of the text. */
  placesAt(root: Node, stretches: readonly Stretch[]): Node[] {
    const found = new Map<number, Node>();
    // The library's nodes count characters, its ranges the bytes of UTF-16.
    for (const within of stretches)
      for (const { captures } of this.#query.matches(root, {
        startIndex: within.startIndex * 2,
        endIndex: within.endIndex * 2,
      }))
        for (const { name, node } of captures) if (name === 'place') found.set(node.id, node);
    return [...found.values()].sort((a, b) => a.startIndex - b.startIndex || b.endIndex - a.endIndex);
  }

  delete(): void {
    this.#query.delete();
  }
}

/** A query, and the names of which each of its places holds one. */
interface Compiled {
  query: JoinedQuery;
  /** Null: a place needs none. */
  names: RegExp | null;
}

/** The queries of a language, each compiled when a text first needs it. Rules with the same query share it and its marks. */
export class Queries {
  readonly #compiled = new Map<string, Compiled>();

  constructor(readonly grammar: Grammar) {}

  /** As `JoinedQuery` finds them, one after the other: most texts need one or two. @param text of the tree */
  placesIn(root: Node, text: string, sought: readonly Sought[]): Node[][] {
    const found = new Map<string, Node[]>();
    return sought.map((each) => {
      const places = found.get(each.query) ?? this.#placesOf(each, root, text);
      found.set(each.query, places);
      return places;
    });
  }

  /** Where each place holds one of a few names, the tree is only asked around these. */
  #placesOf(sought: Sought, root: Node, text: string): Node[] {
    const { query, names } = this.#of(sought);
    const stretches = names && stretchesOf(text, names);
    return stretches ? query.placesAt(root, stretches) : query.placesIn(root).flat();
  }

  #of(sought: Sought): Compiled {
    const compiled = this.#compiled.get(sought.query) ?? {
      query: new JoinedQuery(this.grammar, [sought]),
      names: sought.marks ?? namesIn(sought.query),
    };
    this.#compiled.set(sought.query, compiled);
    return compiled;
  }
}
