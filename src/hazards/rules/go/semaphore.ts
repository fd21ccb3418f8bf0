import type { Node } from 'web-tree-sitter';
import { indentOf, linesAbove, newlineOf, type Edit, type Fix } from '../../fixes/edits';
import type { Growth } from '../../rule';
import { partsOf } from '../../syntax';
import { atOnce } from '../atOnce';
import { outermost } from '../outermost';
import { handsBack } from './handsBack';

const names = ['slots', 'permits', 'spawnSlots'];

/** A semaphore channel made above the loop, filled before each goroutine starts and drained when it ends. */
export const semaphoreFor =
  (rule: string) =>
  (place: Node, growth: Growth, text: string): Fix | null => {
    const limit = atOnce(growth);
    const loop = growth.turns[0]?.repeated;
    const call = partsOf(place)[0];
    const name = names.find((each) => !new RegExp(`\\b${each}\\b`).test(text));
    if (place.type !== 'go_statement' || loop?.type !== 'for_statement' || !call || name === undefined) return null;
    const outer = outermost(loop);
    const above = outer.parent?.type === 'labeled_statement' ? outer.parent : outer;
    if (handsBack(call, place, text)) return null;
    const made = linesAbove(above, text, [`${name} := make(chan struct{}, ${limit})`], indentOf(outer, text));
    const taken = linesAbove(place, text, [`${name} <- struct{}{}`]);
    const given = giveBack(call, place, loop, name, text);
    if (above.parent?.type !== 'statement_list' || !made || !taken || !given) return null;
    return {
      id: `${rule}/semaphore`,
      title: `Run at most ${limit} at once (semaphore channel)`,
      edits: [made, taken, given],
    };
  };

function giveBack(call: Node, place: Node, loop: Node, name: string, text: string): Edit | null {
  const end = newlineOf(text);
  const indent = indentOf(place, text);
  const inside = `${indent}\t`;
  const back = `defer func() { <-${name} }()`;
  const callee = call.childForFieldName('function');
  if (callee?.type === 'func_literal') {
    const body = callee.childForFieldName('body');
    if (!body?.text.includes('\n')) return null;
    const start = body.startIndex + 1;
    return { start, end: start, text: `${end}${inside}${back}` };
  }
  if (call.type !== 'call_expression' || !madeInTurn(call, loop)) return null;
  const body = `${inside}${back}${end}${inside}${call.text}${end}`;
  return { start: call.startIndex, end: call.endIndex, text: `func() {${end}${body}${indent}}()` };
}

/**
 * `go f(x)` evaluates `x` at once and a closure later: the same only for variables that each turn makes anew, in every
 * version of Go.
 */
function madeInTurn(call: Node, loop: Node): boolean {
  const list = call.childForFieldName('arguments');
  const nested = list?.descendantsOfType(['call_expression', 'unary_expression', 'index_expression']) ?? [];
  if (!list || nested.length > 0) return false;
  const made = (loop.childForFieldName('body')?.descendantsOfType('short_var_declaration') ?? []).flatMap((each) =>
    partsOf(each.childForFieldName('left') ?? each).map(({ text }) => text),
  );
  const [head] = partsOf(loop);
  const ofHead = head?.type === 'block' ? [] : (head?.descendantsOfType('identifier') ?? []).map(({ text }) => text);
  return (
    list.descendantsOfType('identifier').every(({ text }) => made.includes(text)) &&
    call.descendantsOfType('identifier').every(({ text }) => !ofHead.includes(text))
  );
}
