import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { contains, lineOf, oneLine, partsOf } from '../../../syntax';
import {
  argumentsOf,
  calleeName,
  callTaking,
  functionTypes,
  isAsync,
  isFunction,
  receiverOf,
  type SourceFile,
  unbound,
} from '../file';
import { isLong } from './periods';

/** A function that waits, handed to `setInterval`: the next period starts it again whether it has ended or not. */
export function timerOf(handler: Node, file: SourceFile): Growth | null {
  const call = callTaking(handler);
  const started = startedBy(handler, file);
  if (!call) return null;
  if (isLong(argumentsOf(call)[1], file) || isCleared(call, handler, file)) return null;
  if (!started || !isAsync(started) || started.descendantsOfType('await_expression').length === 0)
    return answeredLater(handler, call, file);
  const run = [started, ...awaitedOnly(started, file)];
  if (isSign(started, file) || run.some(({ text }) => oneAtATime.test(text))) return null;
  return {
    unit: 'period',
    source: `setInterval(${file.nameOf(started) || '…'})`,
    evidence: [
      `\`setInterval\` on line ${lineOf(call)} starts the function on line ${lineOf(started)} again while it still waits`,
    ],
    turns: run.map((repeated) => ({ place: repeated, repeated })),
    settledEarly: null,
  };
}

/** `this.flights.run(name, work)`: who comes while one is under way is handed its answer, or waits for it. */
const oneAtATime = /(flights?|mutex|exclusive)\.(run|do)\w*\(/i;

/** Does the function itself end the timer, or the one that starts it: while one thing is waited for? */
function isCleared(call: Node, handler: Node, file: SourceFile): boolean {
  const clears = (text: string) => /\bclearInterval\(/.test(text);
  const around = file.functionAround(call);
  return clears(handler.text) || (around !== null && clears(file.text.slice(call.endIndex, around.endIndex)));
}

/** A ping or a heartbeat by its name, or that of all that it waits for. */
function isSign(started: Node, file: SourceFile): boolean {
  const awaited = started.descendantsOfType('await_expression').flatMap(partsOf);
  const names = awaited.map((each) => (each.type === 'call_expression' ? calleeName(each) : ''));
  return signOfLife.test(file.nameOf(started)) || names.every((name) => signOfLife.test(name));
}

const signOfLife = /[pP]ing(?![a-z])|heart_?beat|keep_?alive|^beat$/i;

/** `poll` of `async () => await this.poll()`: what keeps the timer out stands there. */
function awaitedOnly(started: Node, file: SourceFile): Node[] {
  const [awaited, ...others] = started.descendantsOfType('await_expression').flatMap(partsOf);
  const meant =
    awaited?.type === 'call_expression' && others.length === 0 ? awaited.childForFieldName('function') : null;
  const work = file.functionMeant(meant);
  return work ? [work] : [];
}

/** The function itself, the one it names, or the only one it calls: `() => void this.poll()`. */
function startedBy(handler: Node, file: SourceFile): Node | null {
  if (!isFunction(handler)) return file.functionMeant(handler);
  if (isAsync(handler)) return handler;
  const body = handler.childForFieldName('body');
  const statements = body?.type === 'statement_block' ? partsOf(body) : [];
  const only = statements.length === 1 ? partsOf(statements[0] ?? handler)[0] : body;
  const call = only?.type === 'unary_expression' ? only.childForFieldName('argument') : only;
  return call?.type === 'call_expression' ? file.functionMeant(call.childForFieldName('function')) : null;
}

/** Handlers that keep something alive or take a lock first. */
const harmless =
  /(?<![a-z])(ping|heart_?beat|keep_?alive|lock|try_?lock|acquire|throttl|debounc)|[a-z](Ping|Heart|Lock)/;

/** `setInterval(() => client.evalsha(script, (err) => …))`: the answer comes later, and nobody waits for it. */
function answeredLater(handler: Node, call: Node, file: SourceFile): Growth | null {
  const given = unbound(handler);
  const work = isFunction(given) ? given : file.functionMeant(given);
  const around = file.functionAround(call);
  if (around && harmless.test(file.nameOf(around))) return null;
  if (!work || harmless.test(call.text) || harmless.test(work.text)) return null;
  const called = callsOf(work).flatMap((each) => file.functionMeant(each.childForFieldName('function')) ?? []);
  const later = [work, ...called].flatMap(callsOf).find((each) => isAnsweredLater(each));
  if (!later || called.some(({ text }) => harmless.test(text))) return null;
  const source = `setInterval(${file.nameOf(work) || '…'})`;
  return {
    ...{ unit: 'period', source, settledEarly: null, doubt: `how long \`${oneLine(later)}\` takes` },
    evidence: [`\`setInterval\` on line ${lineOf(call)} asks again on line ${lineOf(later)} before there is an answer`],
    turns: [work, ...called].map((repeated) => ({ place: repeated, repeated })),
  };
}

/** Calls that run when the function does. */
function callsOf(work: Node): Node[] {
  const inner = work.descendantsOfType(functionTypes).filter(({ id }) => id !== work.id);
  return work.descendantsOfType('call_expression').filter((call) => !inner.some((each) => contains(each, call)));
}

/** Calls whose promise is the answer to a request. */
const requests = /^\w*(fetch|axios|request|got)\w*[.(]|\.\w*(query|request|fetch)\w*\(/i;

/** It hands over a callback of Node's kind, or gives the promise of an answer. */
function isAnsweredLater(call: Node): boolean {
  if (/^(then|catch|finally)$/.test(calleeName(call))) return requests.test(receiverOf(call)?.text ?? '');
  const last = argumentsOf(call).at(-1);
  const literal = last && unbound(last);
  const parameters = literal && isFunction(literal) ? literal.childForFieldName('parameters') : null;
  return /^\(\s*(err|error|e)\b/.test(parameters?.text ?? '') && !/^(on|once|addListener)$/.test(calleeName(call));
}
