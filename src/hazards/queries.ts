import { Query, type Language as Grammar, type Node } from 'web-tree-sitter';

/** What is looked for in a tree: the capture `place` of a Tree-sitter query. */
export interface Sought {
  readonly query: string;
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

  /** Places at or below a node for each of what is sought, in the order of the text. They live as long as their tree. */
  placesIn(root: Node): Node[][] {
    const found = this.sought.map((): Node[] => []);
    for (const { name, node, patternIndex } of this.#query.captures(root)) {
      if (name !== 'place') continue;
      const start = this.#query.startIndexForPattern(patternIndex);
      found[this.#ends.findIndex((end) => start < end)]?.push(node);
    }
    return found;
  }

  delete(): void {
    this.#query.delete();
  }
}

/** The queries of a language, each compiled when a text first needs it. Rules with the same query share it. */
export class Queries {
  readonly #compiled = new Map<string, JoinedQuery>();

  constructor(readonly grammar: Grammar) {}

  /** As `JoinedQuery` finds them, one after the other: most texts need one or two. */
  placesIn(root: Node, sought: readonly Sought[]): Node[][] {
    const found = new Map<string, Node[]>();
    return sought.map((each) => {
      const places = found.get(each.query) ?? this.#of(each).placesIn(root).flat();
      found.set(each.query, places);
      return places;
    });
  }

  #of(sought: Sought): JoinedQuery {
    const query = this.#compiled.get(sought.query) ?? new JoinedQuery(this.grammar, [sought]);
    this.#compiled.set(sought.query, query);
    return query;
  }
}
