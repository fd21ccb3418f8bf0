import type { Node } from 'web-tree-sitter';
import type { Turn } from '../../rule';
import { around, headBefore, Path } from '../../turn';

const path = new Path({
  lists: ['block', 'module'],
  elsewhere: ['lambda', 'function_definition', 'class_definition'],
  headOf: (outer, inner) =>
    /_statement$|_clause$/.test(outer.type)
      ? headBefore(outer, inner, ({ type }) => type === 'block' || /^(elif|else|except|finally)_/.test(type))
      : [],
});

/** What has run before the place in this turn. */
export const before = (turn: Turn): Node[] => path.before(turn);

/** What runs after the place in this turn. */
export const after = (turn: Turn): Node[] => path.after(turn);

/** Nodes of the types that run with one of the given nodes, not in a function or class defined inside it. */
export const running = (nodes: readonly Node[], ...types: string[]): Node[] => path.running(nodes, ...types);

/** The enclosing statements of a type in this turn, innermost first. */
export const enclosing = (turn: Turn, type: string): Node[] => around(turn).filter((outer) => outer.type === type);

/** Does this turn, or the loop, end where this part of it is run? */
export const endsTurn = (part: Node) =>
  running([part], 'continue_statement', 'break_statement', 'return_statement', 'raise_statement').length > 0;
