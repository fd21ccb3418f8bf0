import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf } from '../../syntax';
import { argumentsOf, calleeName, isFunction, staysOn } from './calls';
import { madeOf, mentionsAny } from './derived';
import { before, running } from './turn';

/** Calls that make, open or ask for something of the program's own. */
const making =
  /^(new|make|dial|connect|listen|open|login|subscribe|start|create|build|with|copy|append|len|now|add|load|parse|convert|format|lock|sleep|wait|after|init|register|log|print|debug|info|warn|error|is|has|set|close|setup|watch|stream)/i;

/**
 * `for { order, err := source.Obtain(); …; go handle(order) }`: an endless loop that gets something with each turn, and
 * starts a goroutine with it.
 */
export function turningOf(place: Node): Growth | null {
  const loop = [...ancestorsOf(place)].find((each) => isFunction(each) || isEndless(each));
  if (place.type !== 'go_statement' || loop?.type !== 'for_statement') return null;
  const turn = { place, repeated: loop };
  const calls = running(before(turn), 'call_expression').filter((call) => !making.test(calleeName(call)));
  const got = calls.find((call) => {
    const names = gotBy(call);
    return names.length > 0 && mentionsAny(place, madeOf(names, loop, place));
  });
  if (!got || staysOn(place)) return null;
  return {
    unit: 'value',
    source: oneLine(got),
    evidence: [`the endless loop on line ${lineOf(loop)} starts one with what each \`${oneLine(got)}\` gives`],
    turns: [turn],
    settledEarly: null,
    doubt: `how often \`${calleeName(got)}\` gives something`,
  };
}

/** `for { … }` and `for running() { … }` */
function isEndless(loop: Node): boolean {
  if (loop.type !== 'for_statement') return false;
  const [head] = partsOf(loop);
  return head?.type === 'block' || head?.type === 'call_expression';
}

/** `value, err := call()` and `err := call(&value)`: what a call that may fail gives. */
function gotBy(call: Node): string[] {
  const list = call.parent?.type === 'expression_list' ? call.parent.parent : null;
  const left = list?.childForFieldName('left');
  const names = left ? partsOf(left).map(({ text }) => text) : [];
  if (!names.some((each) => /^(err|ok|more|open)$/i.test(each) || each.endsWith('Err'))) return [];
  const filled = argumentsOf(call).flatMap(({ type, text }) =>
    type === 'unary_expression' && text.startsWith('&') ? [text.slice(1)] : [],
  );
  return [...names.slice(0, -1), ...filled].filter((each) => /^\w+$/.test(each) && each !== '_');
}
