import type { Node } from 'web-tree-sitter';
import { ancestorsOf, textIn } from '../../syntax';

/** An arm of `select!`: `Some(m) = rx.recv(), if open => { … }`. The grammar sees nothing but tokens there. */
export interface Arm {
  /** The macro with all its arms. */
  macro: Node;
  /** `rx.recv()` */
  source: string;
  /** `open`; empty: none. */
  guard: string;
  /** The tokens of the handler up to the place. */
  before: Node[];
}

/** The arm in whose handler the place stands; null: it stands in none. */
export function armAround(place: Node): Arm | null {
  let inner = place;
  for (const outer of ancestorsOf(place)) {
    if (outer.type !== 'token_tree') return null;
    if (outer.parent && isSelect(outer.parent)) return armOf(outer, inner);
    inner = outer;
  }
  return null;
}

const isSelect = (node: Node) =>
  node.type === 'macro_invocation' && /(^|::)select(_biased)?$/.test(textIn(node, 'macro'));

function armOf(tree: Node, inner: Node): Arm | null {
  const tokens = tree.children;
  const at = tokens.findIndex(({ id }) => id === inner.id);
  const arrow = tokens.slice(0, at).findLastIndex(({ type }) => type === '=>');
  if (arrow < 0 || !tree.parent) return null;
  const head = tokens.slice(startOf(tokens, arrow), arrow);
  const equals = head.findIndex(({ type }) => type === '=');
  const condition = head.findIndex(({ type }, index) => type === 'if' && head[index - 1]?.type === ',');
  const source = head.slice(equals + 1, condition < 0 ? undefined : condition - 1);
  return {
    macro: tree.parent,
    source: textOf(source, tree),
    guard: condition < 0 ? '' : textOf(head.slice(condition + 1), tree),
    before: tokens.slice(arrow + 1, at),
  };
}

/** Where the head begins that ends with the arrow: behind the comma or block of the arm before. */
function startOf(tokens: readonly Node[], arrow: number): number {
  for (let at = arrow - 1; at > 0; at--) {
    const token = tokens[at];
    if (token?.type === ',' && tokens[at + 1]?.type !== 'if') return at + 1;
    if (token?.type === 'token_tree' && tokens[at - 1]?.type === '=>') return at + 1;
    if (token?.type === ';') return at + 1;
  }
  return 1;
}

function textOf(tokens: readonly Node[], tree: Node): string {
  const [first] = tokens;
  const last = tokens.at(-1);
  return first && last ? tree.text.slice(first.startIndex - tree.startIndex, last.endIndex - tree.startIndex) : '';
}
