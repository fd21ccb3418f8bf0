import type { Node, Range } from 'web-tree-sitter';
import type { Edit } from './fixes/edits';
import type { Stretch } from './near';
import type { JoinedQuery } from './queries';

/** Where a node is: it is gone with its tree, and looked up again in the next one. */
export interface Spot extends Stretch {
  type: string;
}

/** A change of the text, and the stretch of the new text in which the tree may be another. */
export interface Touched {
  change: Edit;
  stretch: Stretch;
}

/** A query sees so many nodes further in or out than the place that it finds, at most. */
export const sight = 5;

/** @param ranges where the structure of the tree changed, as Tree-sitter tells it */
export function touchedBy(change: Edit, ranges: readonly Range[]): Touched {
  const startIndex = Math.min(change.start, ...ranges.map((each) => each.startIndex));
  const endIndex = Math.max(change.start + change.text.length, ...ranges.map((each) => each.endIndex));
  return { change, stretch: { startIndex, endIndex } };
}

/** Where nodes are, which are told by what was sought. */
export const spotsOf = (found: readonly (readonly Node[])[]): Spot[][] =>
  found.map((nodes) => nodes.map(({ startIndex, endIndex, type }) => ({ startIndex, endIndex, type })));

/**
 * What a query would find in a tree that was changed, searched around the change only.
 * @param spots what it found before
 * @returns null: the tree is not as the spots say, and has to be searched whole
 */
export function follow(
  query: JoinedQuery,
  root: Node,
  spots: readonly (readonly Spot[])[],
  { change, stretch }: Touched,
): Node[][] | null {
  const anew = around(root, stretch);
  const found = query.placesIn(root, anew).map((places) => places.filter((each) => isAnew(each, anew)));
  for (const [i, places] of found.entries()) {
    for (const spot of spots[i] ?? []) {
      const now = after(change, spot);
      if (isAnew(now, anew)) continue;
      const node = nodeAt(root, now);
      if (node === null) return null;
      places.push(node);
    }
    places.sort((a, b) => a.startIndex - b.startIndex || b.endIndex - a.endIndex);
  }
  return found;
}

/** Where places may have come or gone. */
function around(root: Node, stretch: Stretch): Stretch {
  const [start, end] = [Math.max(0, stretch.startIndex - 1), Math.min(root.endIndex, stretch.endIndex + 1)];
  const node = root.descendantForIndex(start, end) ?? root;
  if (node.id !== root.id) {
    const { startIndex, endIndex } = widest(outwards(node));
    return { startIndex, endIndex };
  }
  const parts = root.children.filter((each) => touches(each, { startIndex: start, endIndex: end }));
  return {
    startIndex: Math.min(start, parts[0]?.startIndex ?? start),
    endIndex: Math.max(end, parts.at(-1)?.endIndex ?? end),
  };
}

/** Not as far as the root. */
function outwards(node: Node): Node {
  let outer = node;
  for (let i = 0; i < sight && outer.parent?.parent; i++) outer = outer.parent;
  return outer;
}

/** The outermost node of the same stretch, so that what contains it is longer. */
function widest(node: Node): Node {
  let outer = node;
  while (outer.parent?.startIndex === node.startIndex && outer.parent.endIndex === node.endIndex) outer = outer.parent;
  return outer;
}

/** Where a spot is after a change. What the change cuts ends at it. */
function after({ start, end, text }: Edit, spot: Spot): Spot {
  const by = text.length - (end - start);
  const moved = (at: number) => (at >= end ? at + by : Math.min(at, start));
  const { startIndex, endIndex } = spot;
  return { ...spot, startIndex: moved(startIndex), endIndex: endIndex <= start ? endIndex : moved(endIndex) };
}

function nodeAt(root: Node, { startIndex, endIndex, type }: Spot): Node | null {
  let node = root.descendantForIndex(startIndex, endIndex);
  while (node?.startIndex === startIndex && node.endIndex === endIndex) {
    if (node.type === type) return node;
    node = node.parent;
  }
  return null;
}

const touches = (a: Stretch, b: Stretch) => a.startIndex <= b.endIndex && b.startIndex <= a.endIndex;

/** What contains it is further out than a query sees. */
const isAnew = (place: Stretch, anew: Stretch) => touches(place, anew) && !isLonger(place, anew);

const isLonger = (outer: Stretch, inner: Stretch) =>
  outer.startIndex <= inner.startIndex &&
  outer.endIndex >= inner.endIndex &&
  (outer.startIndex < inner.startIndex || outer.endIndex > inner.endIndex);
