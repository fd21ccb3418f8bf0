import type { Node } from 'web-tree-sitter';
import { linesAbove, stepOf, type Fix } from '../../../fixes/edits';
import { argumentsOf, arrayOf, calleeName, isFunction } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf } from '../../../syntax';
import { isOfProgram, quoteOf } from '../imports';
import { stopOf } from '../lines';

/** How many a fix lets wait. */
export const most = 1000;

/** An element that a statement puts into an array. */
export interface Put {
  statement: Node;
  array: string;
  element: Node;
  /** `push` or `unshift`. */
  method: string;
  /** The function in which it does; undefined: none. */
  around: Node | undefined;
  growth: Growth;
  text: string;
}

/** What a statement of its own puts into an array that has a name; null: it may put in several, or the array a class of the program is. */
export function putBy(statement: Node, growth: Growth, text: string): Put | null {
  const [call] = partsOf(statement);
  const [element, more] = call ? argumentsOf(call) : [];
  const array = arrayOf(statement);
  const method = call ? calleeName(call) : '';
  const inBlock = /^(statement_block|program)$/.test(statement.parent?.type ?? '');
  if (!element || more || element.type === 'spread_element' || !inBlock) return null;
  if (!/^[\w.]+$/.test(array) || method === 'enqueue' || isOfProgram(array, text)) return null;
  return { statement, array, element, method, around: [...ancestorsOf(statement)].find(isFunction), growth, text };
}

/** `if (queue.length >= 1000) {` above the statement, and in it the lines that are made of a text in quotes and what ends them. */
export function whenFull(
  { statement, array, text }: Put,
  linesOf: (quoted: (said: string) => string) => readonly string[],
  id: string,
  title: string,
): Fix | null {
  const stop = stopOf(statement);
  const quote = quoteOf(text);
  const lines = linesOf((said) => `${quote}${said}${quote}`).map((line) => `${stepOf(text)}${line}${stop}`);
  const above = linesAbove(statement, text, [`if (${array}.length >= ${most}) {`, ...lines, '}']);
  return above && { id, title, edits: [above] };
}

/**
 * What it does when an element is dropped: nobody misses it, whoever handed it in may, somebody waits for it or for what
 * it belongs to, or it is a piece without which the others are of no use, and of which a thousand need not be much.
 */
export type Loss = 'harmless' | 'open' | 'harmful' | 'piece';

/** As the names of the element, of the array and of what puts it in tell; of an unknown name the worse. */
export function lossOf({ element, array, around, growth: { source, unit }, text }: Put): Loss {
  const said = wordsOf(element.text);
  const kept = wordsOf(/\w+$/.exec(array)?.[0] ?? '');
  const isWork =
    element.descendantsOfType(['arrow_function', 'function_expression']).length > 0 ||
    (element.type === 'identifier' &&
      new RegExp(`\\bfunction ${element.text}\\b|\\b${element.text} = (async )?(\\(|function\\b)`).test(text));
  if (isWork || callbacks.test(said)) return 'harmful';
  if (mayBeLost.test(`${said} ${kept} ${wordsOf(source)}`)) return 'harmless';
  if (needed.test(said)) return 'harmful';
  if (pieces.test(said) || /(?<!(event|message)s? )buffer(s|ed)?$|chunks$/.test(kept)) return 'piece';
  if (needed.test(kept) || callbacks.test(wordsOf(parametersOf(around).join(' ')))) return 'harmful';
  return unit === 'message' || told.test(said) ? 'open' : 'harmful';
}

const callbacks = /\b(cb|callbacks?|resolver?|reject|deferred|promise|done)\b(?!\()/;
const needed = /\b(fn|func|task|job|command|cmd|request|req|query|action|frame|packet|prefetched)s?\b/;
const pieces = /\b(chunk|buf|buffer|slice|subarray|byte)s?\b/;
const told = /\b(message|msg|event|item|entry|line|text|record|row|reading)s?\b/;
const mayBeLost = /\b((log|stat|metric|trace|span|sample|position)s?|logg\w+|statistics|tracing|history|telemetry)\b/;

/** `send queue` of `sendQueue` and `send_queue`. */
const wordsOf = (name: string) => name.replace(/([a-z\d])(?=[A-Z])|_/g, '$1 ').toLowerCase();

/** The names of what a function is handed. */
export const parametersOf = (around: Node | undefined): string[] =>
  (around?.childForFieldName('parameters') ?? around?.childForFieldName('parameter'))
    ?.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern'])
    .map(({ text }) => text) ?? [];
