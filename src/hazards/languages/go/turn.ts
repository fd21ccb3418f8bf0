import type { Node } from 'web-tree-sitter';
import type { Turn } from '../../rule';
import { ancestorsOf, contains, partsOf } from '../../syntax';
import { around, headBefore, Path } from '../../turn';
import { loopAround } from './calls';

/** Code in these runs later or elsewhere, not on the way to the place. */
const elsewhere = ['func_literal', 'go_statement', 'defer_statement'];

const path = new Path({
  lists: ['statement_list'],
  elsewhere,
  headOf: (outer, inner) => headBefore(outer, inner, ({ type }) => type === 'block' || type.endsWith('_case')),
});

/** What has run before the place in this turn; sibling branches of a select or switch are not on the way. */
export const before = (turn: Turn): Node[] => path.before(turn);

/** What runs after the place in this turn. */
export const after = (turn: Turn): Node[] => path.after(turn);

/** The enclosing `if` statements of the place in this turn. */
export const conditionsAround = (turn: Turn) => around(turn).filter(({ type }) => type === 'if_statement');

/** Nodes of the types that run with one of the given nodes, not in a function literal or goroutine inside it. */
export const running = (nodes: readonly Node[], ...types: string[]): Node[] => path.running(nodes, ...types);

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

/**
 * Does the turn end here, if this part of it is run? A `continue` of a loop inside the part ends only that one's, a `break`
 * only what is nearest around it.
 */
export const endsTurn = (part: Node) =>
  running([part], 'continue_statement', 'break_statement', 'return_statement', 'goto_statement').some((way) => {
    if (way.type === 'return_statement' || way.type === 'goto_statement' || partsOf(way).length > 0) return true;
    const left = way.type === 'break_statement' ? leftBy(way) : loopAround(way);
    return left !== null && !contains(part, left) && left.id !== part.parent?.id;
  });

/** What a `break` without a label ends. */
export const leftBy = (way: Node): Node | null =>
  [...ancestorsOf(way)].find(({ type }) =>
    ['for_statement', 'select_statement', 'expression_switch_statement', 'type_switch_statement'].includes(type),
  ) ?? null;
