import { Query, type Language as Grammar, type Node } from 'web-tree-sitter';
import type { Rule } from './rule';

/** Places that a rule could speak about. */
export type RulePlaces = readonly [rule: Rule, places: readonly Node[]];

/** The queries of rules as one, so that a tree is walked once for all of them. */
export class JoinedQuery {
  readonly #query: Query;
  /** Where the patterns of each rule end in the joined query, in its bytes. */
  readonly #ends: readonly number[];

  /** @throws {Error} for a query that the grammar does not understand */
  constructor(
    grammar: Grammar,
    readonly rules: readonly Rule[],
  ) {
    const sources = rules.map(({ query }) => `${query}\n`);
    this.#query = new Query(grammar, sources.join(''));
    let end = 0;
    this.#ends = sources.map((source) => (end += new TextEncoder().encode(source).length));
  }

  /** What each rule's query calls `@place`, by rule, in the order of the rules. The nodes live as long as their tree. */
  placesOf(root: Node): RulePlaces[] {
    const found = this.rules.map((rule): [Rule, Node[]] => [rule, []]);
    for (const { name, node, patternIndex } of this.#query.captures(root)) {
      if (name !== 'place') continue;
      const start = this.#query.startIndexForPattern(patternIndex);
      found[this.#ends.findIndex((end) => start < end)]?.[1].push(node);
    }
    return found;
  }

  delete(): void {
    this.#query.delete();
  }
}

/** The queries of a language, each compiled when a text first needs it. */
export class RuleQueries {
  readonly #compiled = new Map<Rule, JoinedQuery>();

  constructor(readonly grammar: Grammar) {}

  /** As `JoinedQuery` finds them, rule by rule: most texts need one or two. */
  placesOf(rules: readonly Rule[], root: Node): RulePlaces[] {
    return rules.flatMap((rule) => {
      const query = this.#compiled.get(rule) ?? new JoinedQuery(this.grammar, [rule]);
      this.#compiled.set(rule, query);
      return query.placesOf(root);
    });
  }
}
