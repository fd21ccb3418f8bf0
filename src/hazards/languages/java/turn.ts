import type { Node } from 'web-tree-sitter';
import type { Turn } from '../../rule';
import { around, headBefore, Path } from '../../turn';

const path = new Path({
  lists: ['block', 'constructor_body', 'switch_block_statement_group', 'program'],
  elsewhere: ['lambda_expression', 'class_body', 'class_declaration', 'method_declaration', 'method_reference'],
  headOf: (outer, inner) =>
    /_(statement|invocation)$/.test(outer.type)
      ? headBefore(outer, inner, ({ type }) => type === 'block' || /_(statement|clause)$/.test(type))
      : [],
});

/** What has run before the place in this turn. */
export const before = (turn: Turn): Node[] => path.before(turn);

/** What runs after the place in this turn. */
export const after = (turn: Turn): Node[] => path.after(turn);

/** Nodes of the types that run with one of the given nodes, not in a lambda or class inside it. */
export const running = (nodes: readonly Node[], ...types: string[]): Node[] => path.running(nodes, ...types);

/** The enclosing statements of these types in this turn, innermost first. */
export const enclosing = (turn: Turn, types: RegExp): Node[] => around(turn).filter(({ type }) => types.test(type));

/** Does this turn, or the loop, end where this part of it is run? */
export const endsTurn = (part: Node) =>
  running([part], 'continue_statement', 'break_statement', 'return_statement', 'throw_statement').length > 0;
