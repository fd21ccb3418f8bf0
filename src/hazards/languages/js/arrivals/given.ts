import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Handling } from '../../../handedItem';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, lineOf, oneLine, textIn } from '../../../syntax';
import {
  argumentsOf,
  calleeName,
  callTaking,
  escaped,
  isFunction,
  receiverOf,
  type SourceFile,
  stringOf,
} from '../file';
import { lifecycleEvent, quietEmitter } from '../names';

/** Functions that answer somebody who waits, or that run when something begins or ends. */
const seldomGiven =
  /repl(y|ies)|respon|answer|result|\b_*n?ack|ack$|ping|pong|heartbeat|keep_?alive|hand_?shake|auth|login|logout|password|hello|greet|welcome|error|fail|fatal|abort|reject|redirect|upgrade|negotiat|close|_end$|\bend|finish|flush|quit|subscri|command|request|query|status|version|headers?$|config|option|setting|join|leave|render|format|usage|help|banner|prompt|respond|onopen|onclose|onconnect|register|'continue'|^_*(delete|remove|detach|cancel|read(?!able|y))/i;

/** What is made for one who asked. */
const answering =
  /repl(y|ies)|respon|result|error|\berr\b|\breq(uest)?\b|\bn?ack\b|auth|denied|forbidden|hello|welcome|hand_?shake|\bping|\bpong|heartbeat|keep_?alive/i;

/** The same inside of a name: `ackMessage`, `createPongFrame`. */
const answeringParts = /\bn?ack[A-Z]|[a-z](N?ack|Ping|Pong)(?![a-z])/;

/** Longer ones are modules that a bundler wrapped, and read for a long time. Characters. */
const longestFunction = 20_000;

/** A function that is handed an item by others, which it passes to the place. How often that is, nothing shows. */
export interface Given extends Handling {
  /** What runs it, in words. */
  told: string;
}

/**
 * The function around a place that is handed what goes into the place.
 * @param values what goes in
 * @returns null: nothing comes from a parameter, or the function runs seldom or for somebody who waits
 */
export function givenTo(place: Node, values: readonly Node[], file: SourceFile): Given | null {
  const text = values.map((value) => value.text).join(' ');
  if (answering.test(text) || answeringParts.test(text)) return null;
  let item: string | undefined;
  for (const node of ancestorsOf(place)) {
    if (node.type === 'catch_clause' || node.endIndex - node.startIndex > longestFunction) return null;
    if (!isFunction(node)) continue;
    const handed = parametersOf(node);
    const name = knownAs(node, file);
    const carried = item ?? handed.find((each) => carries(text, each, node, place));
    // `(error, body) => …` is handed the answer to a question.
    if (name === null && carried !== undefined && item === undefined && isAnswered(node)) {
      if (!isChanged(node, carried)) return null;
      continue;
    }
    item = carried;
    // `function write() { socket.write(buffer); }` inside of what is handed the buffer.
    if (name === null || (item === undefined && handed.length === 0 && file.functionAround(node))) continue;
    if (item === undefined || /^([A-Z]|$|cb$|callback$|done$|next$)/.test(name)) return null;
    if (runsSeldom(name) || (seldomGiven.test(name) && !/chunk|stream/i.test(name))) return null;
    const told = callTaking(node) ? `\`${name}\` hands` : `\`${name}\` (line ${lineOf(node)}) is handed`;
    return { node, name, item, told };
  }
  return null;
}

const isAnswered = (callback: Node): boolean => /^\(err(or)?\b/.test(textIn(callback, 'parameters'));

/** `change(chunk, (error, chunk) => …)`: what was handed in, changed on the way. */
const isChanged = (callback: Node, item: string): boolean =>
  argumentsOf(callTaking(callback) ?? callback).some(({ text }) => text === item);

/** What shows that it is made for each item; where only other files can, a hint until they do. */
export function orMeanwhile(own: Growth | null, hint: () => Growth | null): Growth | null {
  if (own && !own.open) return own;
  const meanwhile = hint();
  return own && meanwhile ? { ...own, meanwhile } : (own ?? meanwhile);
}

/** What passes on what others hand in. How often that is, its file does not show. */
export const passedOn = (place: Node, { node, name, item, told }: Given, does: string): Growth => ({
  unit: 'call',
  source: name,
  evidence: [`${told} \`${item}\`, and line ${lineOf(place)} ${does} it`],
  turns: [{ place, repeated: node }],
  settledEarly: null,
  doubt: `how often \`${name}\` is called`,
});

/** Names of the parameters, also of those that are taken apart. */
function parametersOf(node: Node): string[] {
  const single = node.childForFieldName('parameter');
  const list = node.childForFieldName('parameters');
  const names = list?.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']) ?? [];
  // Older code takes what it is handed from `arguments`.
  const others = node.type !== 'arrow_function' && /\barguments\b/.test(node.text) ? ['arguments'] : [];
  return [...(single ? [single.text] : []), ...names.map(({ text }) => text), ...others].filter(
    (name) => !/^(cb|callback|done|next|err|error|e|resolve|reject|opts|options|config|self|that)$/.test(name),
  );
}

/** Does the text mention the parameter, or a local value that is made of it above the place? */
function carries(text: string, parameter: string, around: Node, place: Node): boolean {
  const names = [parameter];
  if (mentions(text, names)) return true;
  for (const each of around.descendantsOfType(['variable_declarator', 'assignment_expression'])) {
    if (each.startIndex > place.startIndex || contains(each, place)) continue;
    const target = each.childForFieldName('name') ?? each.childForFieldName('left');
    const value = each.childForFieldName('value') ?? each.childForFieldName('right');
    if (
      target &&
      value &&
      !/^(opts|options|config)$/.test(target.text) &&
      !isFunction(value) &&
      !answering.test(value.text.replace(/\bresults?\b/g, (word) => (word === parameter ? '' : word))) &&
      mentions(value.text, names)
    )
      names.push(...plainNames(target));
  }
  return mentions(text, names);
}

const plainNames = (target: Node) =>
  target.type === 'identifier'
    ? [target.text]
    : target.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']).map(({ text }) => text);

const mentions = (text: string, names: readonly string[]) =>
  names.some((name) => new RegExp(`(?<![\\w$]|[^.]\\.)${escaped(name)}(?![\\w$])`).test(text));

/** What the function is known as: its name, or the event that it is run for; null: it is a callback on the way. */
export function knownAs(node: Node, file: SourceFile): string | null {
  const name = file.nameOf(node);
  if (name !== '') return name;
  const key = node.parent?.type === 'pair' ? node.parent.childForFieldName('key')?.text : undefined;
  if (key !== undefined) return key;
  const call = callTaking(node);
  if (!call || !/^(on|addListener)$/.test(calleeName(call))) return null;
  const emitter = receiverOf(call);
  const event = stringOf(argumentsOf(call)[0]);
  const quiet = !emitter || event === null || quietEmitter.test(emitter.text) || lifecycleEvent.test(event);
  return quiet ? '' : `${oneLine(emitter)}.on('${event}')`;
}

/** A function, what it is known as, and the functions from a place out to it, itself the last. */
export interface KnownFunction {
  node: Node;
  name: string;
  functions: Node[];
}

/** The nearest function around a place that is known as something, if that is meant. @param isMeant empty: an event that says nothing */
export function knownAround(
  place: Node,
  file: SourceFile,
  isMeant: (name: string) => boolean = () => true,
): KnownFunction | null {
  const functions: Node[] = [];
  for (const node of ancestorsOf(place)) {
    if (!isFunction(node)) continue;
    functions.push(node);
    const name = knownAs(node, file);
    if (name !== null && isMeant(name)) return { node, name, functions };
  }
  return null;
}
