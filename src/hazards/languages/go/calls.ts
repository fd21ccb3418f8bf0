import type { Node } from 'web-tree-sitter';
import { partsOf } from '../../syntax';

/** `Accept` of `l.Accept()`, `handle` of `handle(x)`; empty for other callees. */
export function calleeName(call: Node): string {
  const callee = call.childForFieldName('function');
  if (callee?.type === 'identifier') return callee.text;
  return callee?.type === 'selector_expression' ? (callee.childForFieldName('field')?.text ?? '') : '';
}

/** The arguments of a call, without comments. */
export const argumentsOf = (call: Node) => {
  const list = call.childForFieldName('arguments');
  return list ? partsOf(list) : [];
};

/** The operand of `<-channel`; null for any other expression. */
export function receivedFrom(expression: Node): Node | null {
  return expression.type === 'unary_expression' && expression.childForFieldName('operator')?.text === '<-'
    ? expression.childForFieldName('operand')
    : null;
}

/** Is the received item kept or passed on? A bare `<-wake` is a signal, not work. */
export function takesItem(receive: Node): boolean {
  if (receivedFrom(receive) === null) return false;
  const user = receive.parent;
  if (user?.type === 'receive_statement') return user.childForFieldName('left') !== null;
  return user?.type === 'expression_list' || user?.type === 'argument_list' || user?.type === 'var_spec';
}

/** The call that a `go` statement or a `group.Go(…)` starts, and the function literal it runs where there is one. */
export function spawned(place: Node): { call: Node | null; body: Node | null } {
  const call =
    place.type === 'go_statement' ? (partsOf(place).find(({ type }) => type === 'call_expression') ?? null) : place;
  const callee = place.type === 'go_statement' ? call?.childForFieldName('function') : argumentsOf(place)[0];
  const body = callee?.type === 'func_literal' ? callee.childForFieldName('body') : null;
  return { call, body: body ?? null };
}
