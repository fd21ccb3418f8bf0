import { Edit as TreeEdit, type Node, type Parser, type Point, type Tree } from 'web-tree-sitter';
import type { Edit } from './fixes/edits';
import { JoinedQuery, type RulePlaces, type RuleQueries } from './queries';
import type { Rule } from './rule';

/**
 * A text that is read again with every key: what did not change is not parsed again, and the queries of its rules are
 * kept as one. Ask it to `forget` when nobody types any more, since WebAssembly memory is not collected.
 */
export class TypedText {
  #last: { text: string; tree: Tree } | null = null;
  #query: JoinedQuery | null = null;

  /** The tree of the text as it is now, which lives until the next call; null when it could not be parsed. */
  parsed(parser: Parser, text: string): Tree | null {
    const last = this.#last;
    if (last) edit(last.tree, last.text, changeBetween(last.text, text));
    const tree = parser.parse(text, last?.tree);
    last?.tree.delete();
    this.#last = tree && { text, tree };
    return tree;
  }

  /** Places that rules could speak about, by rule. */
  placesOf(queries: RuleQueries, rules: readonly Rule[], root: Node): RulePlaces[] {
    if (rules.length === 0) return [];
    if (this.#query?.rules.length !== rules.length || !rules.every((rule) => this.#query?.rules.includes(rule))) {
      this.#query?.delete();
      this.#query = new JoinedQuery(queries.grammar, rules);
    }
    return this.#query.placesOf(root);
  }

  /** Gives back what it holds. It may be used again. */
  forget(): void {
    this.#last?.tree.delete();
    this.#query?.delete();
    this.#last = null;
    this.#query = null;
  }
}

/** Would the text still be a correct program after the edits, which must not overlap? The tree of the text stays as it is. */
export function staysCorrect(parser: Parser, tree: Tree, text: string, edits: readonly Edit[]): boolean {
  const changed = tree.copy();
  let after = text;
  // From the last to the first: each leaves the places of those before it as they are.
  for (const each of [...edits].sort((a, b) => b.start - a.start)) {
    edit(changed, after, each);
    after = after.slice(0, each.start) + each.text + after.slice(each.end);
  }
  const parsed = parser.parse(after, changed);
  const correct = parsed !== null && !parsed.rootNode.hasError;
  changed.delete();
  parsed?.delete();
  return correct;
}

/** The one replacement that makes the new text of the old one. */
function changeBetween(old: string, text: string): Edit {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same))
    same++;
  return { start, end: old.length - same, text: text.slice(start, text.length - same) };
}

function edit(tree: Tree, text: string, { start, end, text: put }: Edit): void {
  const startPosition = pointOf(text, start);
  const points = { startPosition, oldEndPosition: pointOf(text, end), newEndPosition: after(startPosition, put) };
  tree.edit(new TreeEdit({ startIndex: start, oldEndIndex: end, newEndIndex: start + put.length, ...points }));
}

/** Where an offset is, from 0. */
const pointOf = (text: string, offset: number): Point => after({ row: 0, column: 0 }, text.slice(0, offset));

function after({ row, column }: Point, put: string): Point {
  let lines = 0;
  for (let at = put.indexOf('\n'); at >= 0; at = put.indexOf('\n', at + 1)) lines++;
  return lines === 0
    ? { row, column: column + put.length }
    : { row: row + lines, column: put.length - put.lastIndexOf('\n') - 1 };
}
