import type { Node } from 'web-tree-sitter';
import type { Growth, Turn } from '../../../rule';
import { growing } from '../growing';
import { ancestorsOf, lineOf, oneLine, partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, isFunction, receivedFrom, staysOn } from '../calls';
import type { Declarations } from '../declarations';
import { madeOf, mentionsAny } from './derived';
import { before, running } from '../turn';

/** Calls that make, open or ask for something of the program's own. */
const making =
  /^(new|make|dial|connect|listen|open|login|subscribe|start|create|build|with|copy|append|len|now|add|load|parse|convert|format|lock|sleep|wait|after|init|register|log|print|debug|info|warn|error|is|has|set|close|setup|watch|stream)/i;

/** Calls that wait for something from elsewhere. */
const waiting = /^(read|recv|receive|accept|next|fetch|poll|pop)/i;

/**
 * `for { order, err := source.Obtain(); …; go handle(order) }`: an endless loop that gets something with each turn, and
 * starts a goroutine with it; or the function that such a loop calls for it.
 */
export function turningOf(place: Node, file: Declarations): Growth | null {
  if (place.type !== 'go_statement') return null;
  const repeated = [...ancestorsOf(place)].find((each) => isFunction(each) || isEndless(each));
  const loop = repeated?.type === 'for_statement' ? repeated : repeated && loopOver(repeated, file);
  if (!repeated || !loop) return null;
  const turn = { place, repeated };
  const got = gotIn(turn, loop.id === repeated.id);
  if (!got || isPaced(turn) || staysOn(place)) return null;
  const step = `the endless loop on line ${lineOf(loop)} starts one with what each \`${oneLine(got)}\` gives`;
  return growing('value', oneLine(got), [step], turn, `how often \`${calleeName(got)}\` gives something`);
}

/** The endless loop of the file that calls the function. */
function loopOver(around: Node, file: Declarations): Node | null {
  const declared = file.functionAround(around.childForFieldName('body') ?? around);
  if (declared?.node.id !== around.id) return null;
  const calls = file.usesOf(declared).filter((use) => use.parent?.childForFieldName('function')?.id === use.id);
  const loops = calls.map((use) => [...ancestorsOf(use)].find((each) => isFunction(each) || isEndless(each)));
  return loops.find((loop) => loop?.type === 'for_statement') ?? null;
}

/** The call that gives what the goroutine is started with. */
function gotIn(turn: Turn, inLoop: boolean): Node | undefined {
  return running(before(turn), 'call_expression').find((call) => {
    const name = calleeName(call);
    if (inLoop ? making.test(name) : !waiting.test(name)) return false;
    const names = gotBy(call);
    return names.length > 0 && mentionsAny(turn.place, madeOf(names, turn.repeated, turn.place));
  });
}

/** By a clock: `case <-ticker.C:`, `time.Sleep(period)`. */
const isPaced = (turn: Turn): boolean =>
  running(before(turn), 'unary_expression', 'call_expression').some(
    (each) => calleeName(each) === 'Sleep' || /\.C$|\btime\.|[tT]ick/.test(receivedFrom(each)?.text ?? ''),
  );

/** `for { … }`, `for running() { … }` and `for err == nil { … }` */
function isEndless(loop: Node): boolean {
  if (loop.type !== 'for_statement') return false;
  const [head] = partsOf(loop);
  const counts = head?.type === 'binary_expression' && /[<>]/.test(textIn(head, 'operator'));
  return head !== undefined && !/^(for|range)_clause$/.test(head.type) && !counts;
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
