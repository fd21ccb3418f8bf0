import type { Node } from 'web-tree-sitter';
import type { Turn } from '../../rule';
import { ancestorsOf, contains, openDescendants, partsOf } from '../../syntax';

/** Code in these runs later or elsewhere, not on the way to the place. */
const elsewhere = ['func_literal', 'go_statement', 'defer_statement'];

/**
 * What has run before the place in this turn: earlier statements of every enclosing block, and the heads of enclosing
 * cases and conditions. Sibling branches of a select or switch are not on the way.
 */
export function before({ place, repeated }: Turn): Node[] {
  const found: Node[] = [];
  let inner = place;
  for (const outer of upTo(place, repeated)) {
    if (outer.type === 'statement_list') {
      for (let earlier = inner.previousNamedSibling; earlier; earlier = earlier.previousNamedSibling) {
        if (earlier.type !== 'comment') found.push(earlier);
      }
    } else if (outer.type !== 'block') found.push(...headOf(outer, inner));
    inner = outer;
  }
  return found;
}

/** What runs after the place in this turn: later statements of every enclosing block. */
export function after({ place, repeated }: Turn): Node[] {
  const found: Node[] = [];
  let inner = place;
  for (const outer of upTo(place, repeated)) {
    if (outer.type === 'statement_list') {
      for (let later = inner.nextNamedSibling; later; later = later.nextNamedSibling) {
        if (later.type !== 'comment') found.push(later);
      }
    }
    inner = outer;
  }
  return found;
}

/** The enclosing `if` statements of the place in this turn. */
export const conditionsAround = ({ place, repeated }: Turn) =>
  upTo(place, repeated).filter(({ type }) => type === 'if_statement');

/** Nodes of the types that run with one of the given nodes, not in a function literal or goroutine inside it. */
export const running = (nodes: readonly Node[], ...types: string[]) =>
  nodes.flatMap((node) => (elsewhere.includes(node.type) ? [] : openDescendants(node, types, elsewhere)));

/** Sends and receives among `running` that hold the turn up: not those that a select with a way round them only tries. */
export const waiting = (nodes: readonly Node[], ...types: string[]) =>
  running(nodes, ...types).filter((node) => {
    const tried = [...ancestorsOf(node)].find((outer) => outer.type === 'communication_case');
    const head = tried?.childForFieldName('communication');
    const select = tried?.parent;
    if (!head || !select || !contains(head, node) || !nodes.some((each) => contains(each, select))) return true;
    const way = select.namedChildren.find(({ type }) => type === 'default_case');
    return !way || endsTurn(way);
  });

/** Does the turn end here, if this part of it is run? */
export const endsTurn = (part: Node) =>
  running([part], 'continue_statement', 'break_statement', 'return_statement', 'goto_statement').length > 0;

function upTo(place: Node, repeated: Node): Node[] {
  const found: Node[] = [];
  for (const outer of ancestorsOf(place)) {
    if (outer.id === repeated.id) break;
    found.push(outer);
  }
  return found;
}

/** The parts of an enclosing statement that are evaluated before its body or case. */
function headOf(outer: Node, inner: Node): Node[] {
  if (!/_statement$|_case$/.test(outer.type) || elsewhere.includes(outer.type)) return [];
  return partsOf(outer).filter(
    (part) => part.endIndex <= inner.startIndex && part.type !== 'block' && !part.type.endsWith('_case'),
  );
}
