import type { Node } from 'web-tree-sitter';
import type { Turn } from '../../rule';
import { around, headBefore, Path } from '../../turn';

const path = new Path({
  lists: ['block', 'compilation_unit', 'switch_section'],
  elsewhere: [
    'lambda_expression',
    'anonymous_method_expression',
    'local_function_statement',
    'method_declaration',
    'class_declaration',
  ],
  headOf: (outer, inner) =>
    /_(statement|expression)$/.test(outer.type)
      ? headBefore(outer, inner, ({ type }) => type === 'block' || type.endsWith('_statement'))
      : [],
});

/** What has run before the place in this turn. */
export const before = (turn: Turn): Node[] => path.before(turn);

/** What runs after the place in this turn. */
export const after = (turn: Turn): Node[] => path.after(turn);

/** Nodes of the types that run with one of the given nodes, not in a function inside it. */
export const running = (nodes: readonly Node[], ...types: string[]): Node[] => path.running(nodes, ...types);

/** The enclosing `if` and `while` of the place in this turn, innermost first. */
export const conditionsAround = (turn: Turn): Node[] =>
  around(turn).filter(({ type }) => type === 'if_statement' || type === 'while_statement');

/** Does the turn, or the loop, end where this part of it is run? */
export const endsTurn = (part: Node) =>
  running([part], 'continue_statement', 'break_statement', 'return_statement', 'throw_statement').length > 0;
