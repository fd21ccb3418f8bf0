import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn } from '../../syntax';

/** `Accept` of `l.Accept()`, `handle` of `handle(x)`; empty for other callees. */
export function calleeName(call: Node): string {
  const callee = call.childForFieldName('function');
  if (callee?.type === 'identifier') return callee.text;
  return callee?.type === 'selector_expression' ? textIn(callee, 'field') : '';
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

/** A goroutine that reads in a loop, copies a stream or waits for an end, is there for as long as something is open. */
export const staysOn = (place: Node): boolean =>
  waitsForEnd(place) || /\bio\.Copy\(|\bfor (\{|\w+ := range \w+(\.\w+)*\(?\)? \{)/.test(startedText(place));

/** What a goroutine runs, as far as it stands there: also what a helper is handed for it. */
const startedText = (place: Node) => (spawned(place).body ?? place).text;

const endOf =
  /<-\s*[\w.()]*(Done\(\)|[dD]one(C|Ch|Chan)?|[cC]los(e|ed|ing)\w*|[sS]top\w*|[qQ]uit\w*|[eE]xit(C|Ch|Chan)?)\b/;

/** `<-request.Context().Done()` in the goroutine, not beside something else that it may do first. */
export function waitsForEnd(place: Node): boolean {
  const lines = startedText(place).split('\n');
  const cases = lines.filter((line) => /^\s*case .*<-/.test(line));
  const waits = lines.some((line) => /^\s*<-/.test(line) && endOf.test(line));
  return waits || (cases.length > 0 && cases.every((line) => endOf.test(line)));
}

/** The nearest loop around a place, in the same function; null: none. */
export function loopAround(place: Node): Node | null {
  for (const outer of ancestorsOf(place)) {
    if (outer.type === 'for_statement') return outer;
    if (isFunction(outer)) return null;
  }
  return null;
}

export const isFunction = ({ type }: Node) => /^(func_literal|(function|method)_declaration)$/.test(type);

/** The function literal or declaration a place stands in; null: it is outside of all. */
export const closestFunction = (place: Node): Node | null => [...ancestorsOf(place)].find(isFunction) ?? null;

/** The name of a function's parameter of such a type; null: it has none. */
export const parameterOfType = (around: Node, type: RegExp): string | null =>
  around
    .childForFieldName('parameters')
    ?.descendantsOfType('parameter_declaration')
    .find((each) => type.test(textIn(each, 'type')))
    ?.childForFieldName('name')?.text ?? null;
