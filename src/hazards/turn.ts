import type { Node } from 'web-tree-sitter';
import type { Turn } from './rule';
import { ancestorsOf, isComment, openDescendants, partsOf } from './syntax';

/** How the statements of a language nest. */
export interface Nesting {
  /** Node types whose children are statements that run one after the other. */
  lists: readonly string[];
  /** Node types whose code runs later or elsewhere, not on the way to a place. */
  elsewhere: readonly string[];
  /** The parts of an enclosing statement that are evaluated before `inner`. */
  headOf(outer: Node, inner: Node): Node[];
}

/** Reads what runs on the way to a place and after it, in one turn of what is repeated. */
export class Path {
  constructor(private readonly nesting: Nesting) {}

  /**
   * What has run before the place in this turn: earlier statements of every enclosing block, and the heads of enclosing
   * cases and conditions. Sibling branches are not on the way.
   */
  before(turn: Turn): Node[] {
    return this.#climb(turn, (outer, inner) => {
      if (!this.nesting.lists.includes(outer.type)) return this.nesting.headOf(outer, inner);
      const found: Node[] = [];
      for (let each = inner.previousNamedSibling; each; each = each.previousNamedSibling) found.push(each);
      return found;
    });
  }

  /** What runs after the place in this turn: later statements of every enclosing block. */
  after(turn: Turn): Node[] {
    return this.#climb(turn, (outer, inner) => {
      if (!this.nesting.lists.includes(outer.type)) return [];
      const found: Node[] = [];
      for (let each = inner.nextNamedSibling; each; each = each.nextNamedSibling) found.push(each);
      return found;
    });
  }

  /** Nodes of the types that run with one of the given nodes, not in what runs later or elsewhere inside it. */
  running(nodes: readonly Node[], ...types: string[]): Node[] {
    const { elsewhere } = this.nesting;
    return nodes.flatMap((node) => (elsewhere.includes(node.type) ? [] : openDescendants(node, types, elsewhere)));
  }

  #climb({ place, repeated }: Turn, read: (outer: Node, inner: Node) => Node[]): Node[] {
    const found: Node[] = [];
    let inner = place;
    for (const outer of around({ place, repeated })) {
      found.push(...read(outer, inner).filter((node) => !isComment(node)));
      inner = outer;
    }
    return found;
  }
}

/** What encloses the place in this turn, innermost first, without what is repeated. */
export function around({ place, repeated }: Turn): Node[] {
  const found: Node[] = [];
  for (const outer of ancestorsOf(place)) {
    if (outer.id === repeated.id) break;
    found.push(outer);
  }
  return found;
}

/** The parts of an enclosing statement that stand before `inner` and are no body of it. */
export const headBefore = (outer: Node, inner: Node, isBody: (part: Node) => boolean): Node[] =>
  partsOf(outer).filter((part) => part.endIndex <= inner.startIndex && !isBody(part));

/** Does the statement leave the loop, rather than another loop or a `switch` inside it? */
export function leaves(exit: Node, loop: Node): boolean {
  // With a label it says itself what it leaves.
  if (!exit.type.startsWith('break') || partsOf(exit).length > 0) return true;
  const left = [...ancestorsOf(exit)].find(({ type }) =>
    /^(for\w*|enhanced_for|while|do|select)_statement$|switch/.test(type),
  );
  return left?.id === loop.id;
}
