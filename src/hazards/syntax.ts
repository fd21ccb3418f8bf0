import type { Node } from 'web-tree-sitter';
import { OfLastTree } from './remembered';

/** The node's source on one line, cut at 60 characters. */
export function oneLine(node: Node): string {
  const text = node.text.replace(/\s+/g, ' ').trim();
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The text of a file whose root this is. The root begins with the first word, but what is told of places counts from the top. */
export const wholeText = (root: Node) => '\n'.repeat(root.startIndex) + root.text;

/** The line of the node's first character, from 1. */
export const lineOf = (node: Node) => node.startPosition.row + 1;

/** What stands there, and where. */
export const placeOf = (node: Node) => `\`${oneLine(node)}\` on line ${lineOf(node)}`;

/** The text of one of its parts; empty: it has none of that name. */
export const textIn = (node: Node | null | undefined, field: string): string =>
  node?.childForFieldName(field)?.text ?? '';

const parents = new OfLastTree<number, Node | null>();

/** Its parent, that one's parent and so on, nearest first. Tree-sitter finds each by a way from the root. */
export function* ancestorsOf(node: Node): Generator<Node> {
  const parentOf = (each: Node) => parents.answer(each.tree, each.id, () => each.parent);
  for (let up = parentOf(node); up; up = parentOf(up)) yield up;
}

/** What the grammars call comments. */
export const commentTypes = ['comment', 'line_comment', 'block_comment'];

export const isComment = ({ type }: Node) => commentTypes.includes(type);

/** Named children without comments, which tree-sitter counts as named. */
export const partsOf = (node: Node) => node.namedChildren.filter((part) => !isComment(part));

/** Is `inner` the node itself or inside it? */
export const contains = (outer: Node, inner: Node) =>
  outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;

const below = new OfLastTree<string, readonly Node[]>();

/** Descendants of the types, the node itself included, in the order of the text: for what many places ask of one stretch. */
export const descendantsOf = (node: Node, ...types: readonly string[]): readonly Node[] =>
  below.answer(node.tree, `${node.id} ${types.join()}`, () => node.descendantsOfType([...types]));

/** Those of them that are not inside one of `closed` below the node. */
export const openDescendants = (node: Node, types: readonly string[], closed: readonly string[]): readonly Node[] =>
  below.answer(node.tree, `${node.id} ${types.join()} ${closed.join()}`, () => openBelow(node, types, closed));

function openBelow(node: Node, types: readonly string[], closed: readonly string[]): Node[] {
  const found: Node[] = [];
  // In the order of the text what covers others comes first, and covers do not overlap.
  let coveredTo = -1;
  for (const each of node.descendantsOfType([...types, ...closed])) {
    const isCovered = each.startIndex < coveredTo;
    if (!isCovered && types.includes(each.type)) found.push(each);
    if (!isCovered && each.id !== node.id && closed.includes(each.type)) coveredTo = each.endIndex;
  }
  return found;
}

/** Nodes of which some stand in others, in the order of the text. The way from a node to its parents takes longer. */
export class Nested {
  readonly #stretches: readonly { id: number; startIndex: number; endIndex: number }[];

  constructor(nodes: readonly Node[]) {
    this.#stretches = nodes.map(({ id, startIndex, endIndex }) => ({ id, startIndex, endIndex }));
  }

  /** Which of them is nearest around a node that is not empty; -1: none. */
  around({ id, startIndex, endIndex }: Node): number {
    return this.#stretches.findLastIndex(
      (each) => each.startIndex <= startIndex && endIndex <= each.endIndex && each.id !== id,
    );
  }
}

const named = new OfLastTree<string, readonly Node[]>();

/**
 * Identifiers of that name at or below a node. Looked for in its text, as a walk to every identifier takes a hundred
 * times as long, and once for each tree.
 */
export const identifiersNamed = (node: Node, name: string): readonly Node[] =>
  named.answer(node.tree, `${node.id} ${name}`, () =>
    [...node.text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].flatMap(({ index }) => {
      const place = node.descendantForIndex(node.startIndex + index);
      return place?.type === 'identifier' ? place : [];
    }),
  );
