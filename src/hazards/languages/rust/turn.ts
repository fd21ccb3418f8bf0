import type { Node } from 'web-tree-sitter';
import type { Turn } from '../../rule';
import { around, headBefore, Path } from '../../turn';
import { calledAt, type Called } from './calls';
import { armAround } from './select';

const path = new Path({
  lists: ['block', 'source_file', 'declaration_list'],
  elsewhere: ['closure_expression', 'async_block', 'function_item', 'impl_item', 'mod_item'],
  headOf: (outer, inner) => {
    if (outer.type === 'token_tree') return tokensBefore(outer, inner);
    // Of the arms of a `match` one is run.
    return outer.type === 'match_block' ? [] : headBefore(outer, inner, ({ type }) => type === 'block');
  },
});

/** Tokens of a macro that stand before the place; of `select!` those of the same arm. */
function tokensBefore(tree: Node, inner: Node): Node[] {
  if (tree.parent?.type === 'macro_invocation') return armAround(inner)?.before ?? [];
  return tree.children.filter((token) => token.endIndex <= inner.startIndex);
}

/** What has run before the place in this turn. */
export const before = (turn: Turn): Node[] => path.before(turn);

/** What runs after the place in this turn. */
export const after = (turn: Turn): Node[] => path.after(turn);

/** Nodes of the types that run with one of the given nodes, not in a closure or async block inside it. */
export const running = (nodes: readonly Node[], ...types: string[]): Node[] => path.running(nodes, ...types);

/** Calls that run with one of the nodes, also those inside macros. */
export const callsIn = (nodes: readonly Node[]): Called[] =>
  running(nodes, 'call_expression', 'identifier').flatMap((node) => calledAt(node) ?? []);

/** What must hold for the place to be reached in this turn, innermost first: of `if`, `while` and the guards of arms. */
export const conditionsAround = (turn: Turn): Node[] =>
  around(turn).flatMap((outer) => {
    const owner = outer.type === 'match_arm' ? outer.childForFieldName('pattern') : outer;
    return owner?.childForFieldName('condition') ?? [];
  });

/** Does the turn, or the loop, end where this part of it is run? */
export const endsTurn = (part: Node) =>
  running([part], 'continue_expression', 'break_expression', 'return_expression').length > 0;
