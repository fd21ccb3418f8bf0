import { Edit as TreeEdit, type Parser, type Point, type Tree } from 'web-tree-sitter';
import type { Edit } from './fixes/edits';

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
export function changeBetween(old: string, text: string): Edit {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same))
    same++;
  return { start, end: old.length - same, text: text.slice(start, text.length - same) };
}

export function edit(tree: Tree, text: string, { start, end, text: put }: Edit): void {
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
