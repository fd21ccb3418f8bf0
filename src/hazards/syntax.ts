import type { Node, Tree } from 'web-tree-sitter';

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

/** Its parent, that one's parent and so on, nearest first. */
export function* ancestorsOf(node: Node): Generator<Node> {
  for (let up = node.parent; up; up = up.parent) yield up;
}

/** What the grammars call comments. */
export const commentTypes = ['comment', 'line_comment', 'block_comment'];

export const isComment = ({ type }: Node) => commentTypes.includes(type);

/** Named children without comments, which tree-sitter counts as named. */
export const partsOf = (node: Node) => node.namedChildren.filter((part) => !isComment(part));

/** Is `inner` the node itself or inside it? */
export const contains = (outer: Node, inner: Node) =>
  outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;

/**
 * Descendants of the types, the node itself included, that are not inside one of `closed` below the node. A stretch is
 * asked for the same types by each place that it is on the way to: what the last tree was asked is remembered.
 */
export function openDescendants(node: Node, types: readonly string[], closed: readonly string[]): readonly Node[] {
  if (lastAsked.tree !== node.tree) lastAsked = { tree: node.tree, found: new Map() };
  const asked = `${node.id} ${types.join()} ${closed.join()}`;
  const found = lastAsked.found.get(asked) ?? openBelow(node, types, closed);
  lastAsked.found.set(asked, found);
  return found;
}

let lastAsked: { tree: Tree | null; found: Map<string, readonly Node[]> } = { tree: null, found: new Map() };

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

const named = new WeakMap<Tree, Map<string, readonly Node[]>>();

/**
 * Identifiers of that name at or below a node. Looked for in its text, as a walk to every identifier takes a hundred
 * times as long, and once for each tree.
 */
export function identifiersNamed(node: Node, name: string): readonly Node[] {
  const known = named.get(node.tree) ?? new Map<string, readonly Node[]>();
  named.set(node.tree, known);
  const key = `${node.id} ${name}`;
  const found =
    known.get(key) ??
    [...node.text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].flatMap(({ index }) => {
      const place = node.descendantForIndex(node.startIndex + index);
      return place?.type === 'identifier' ? place : [];
    });
  known.set(key, found);
  return found;
}
