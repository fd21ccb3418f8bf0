import type { Node } from 'web-tree-sitter';
import { wrapped } from '../fixes/wrapped';
import { ancestorsOf, contains, lineOf, partsOf, placeOf } from '../syntax';

/** Why a loop cannot become a pool, in a sentence for the person who asked. */
export class NotPooled extends Error {}

/** A loop over a collection, a channel or a stream, whose body may run several times at once. */
export interface Loop {
  node: Node;
  body: Node;
  /** What is gone through. */
  over: Node;
  /** The whole file. */
  root: Node;
  text: string;
  /** How many bodies may run at once. */
  size: number;
}

/** How a language writes loops, and what in a body ties its turns together. */
export interface LoopWords {
  /** All kinds of loop. */
  loops: readonly string[];
  /** What a `break` leaves beside loops. */
  switches: readonly string[];
  /** Code that runs by itself: what it returns is its own. */
  functions: readonly string[];
  /** What leaves the function, or belongs to it. */
  exits: readonly string[];
  /** Blocks that a loop can stand in. */
  blocks: readonly string[];
  /** Texts that may go over several lines. */
  strings: readonly string[];
  /** Where a name is declared, and the fields that hold it. */
  declarations: readonly string[];
  /** Where a variable is given a value, or another one. */
  writes: readonly string[];
}

/**
 * The one loop that is selected: whole, or by its head.
 * @throws {NotPooled} for none or several
 */
export function selectedLoop(root: Node, text: string, start: number, end: number, { loops }: LoopWords): Node {
  const chosen = text.slice(start, end);
  const from = start + chosen.length - chosen.trimStart().length;
  const to = end - (chosen.length - chosen.trimEnd().length);
  const all = root.descendantsOfType([...loops]);
  const whole = all.filter((loop) => from <= loop.startIndex && loop.endIndex <= to);
  const outer = whole.filter((loop) => !whole.some((other) => other.id !== loop.id && contains(other, loop)));
  const byHead = all.filter(
    (loop) => loop.startIndex <= from && to <= (loop.childForFieldName('body')?.startIndex ?? 0),
  );
  const found = outer.length > 0 ? outer : byHead.slice(-1);
  const [loop, ...more] = found;
  if (!loop) throw new NotPooled('No loop is selected. Select one from its first word to its end.');
  if (more.length > 0)
    throw new NotPooled(`${found.length} loops are selected. Select the one whose body is the work.`);
  if (loop.hasError) throw new NotPooled('The loop is not a correct program yet.');
  return loop;
}

/**
 * That each turn can run by itself: it leaves nothing but its own code, and changes nothing that other turns see.
 * @throws {NotPooled}
 */
export function demandOwnTurns({ node, body, over }: Loop, words: LoopWords): void {
  const jumps = openIn(body, [...words.exits, 'break_statement', 'continue_statement'], words.functions);
  const leaving = [...openIn(over, words.exits, words.functions), ...jumps].find(
    (jump) => words.exits.includes(jump.type) || !staysInside(jump, body, words),
  );
  if (leaving) {
    const what = placeOf(leaving);
    throw new NotPooled(`${what} leaves the loop or its function, which work beside it cannot do.`);
  }
  const own = declaredIn(node, words);
  const shared = writtenIn(body, words).find(({ text }) => !own.has(text) && text !== '_');
  if (shared) tied(shared, 'is changed');
}

/** @throws {NotPooled} always: a value goes from turn to turn */
export function tied(name: Node, how: string): never {
  throw new NotPooled(
    `\`${name.text}\` ${how} on line ${lineOf(name)} and stands outside of the loop: its turns depend on each other.`,
  );
}

/** Methods that change a collection, in the order in which they are called. */
const adding = /^(push|unshift|append|appendleft|extend|insert|add|addAll|addLast|put|remove|discard|pop|update)$/;

/**
 * That no collection of the same function is filled by the loop, whose order would be another.
 * @param calls each call's receiver and method in the body
 * @throws {NotPooled}
 */
export function demandNothingFilled(
  { node }: Loop,
  words: LoopWords,
  calls: readonly { receiver: Node; method: string }[],
): void {
  const around = functionAround(node, words) ?? node.tree.rootNode;
  const inside = declaredIn(node, words);
  const outside = declaredIn(around, words);
  const filled = calls.find(
    ({ receiver, method }) => adding.test(method) && outside.has(receiver.text) && !inside.has(receiver.text),
  );
  if (filled) tied(filled.receiver, 'is filled');
}

/** The function that the loop is in; null: none. */
export const functionAround = (node: Node, { functions }: LoopWords): Node | null =>
  [...ancestorsOf(node)].find(({ type }) => functions.includes(type)) ?? null;

/** Names that are declared in the node, its own included. */
export function declaredIn(node: Node, { declarations }: LoopWords): Set<string> {
  const holders = node.descendantsOfType([...declarations]).flatMap((each) => {
    const named = ['name', 'left', 'pattern', 'alias', 'parameter'].flatMap((field) =>
      each.childrenForFieldName(field),
    );
    return named.length > 0 ? named : [each];
  });
  return new Set(holders.flatMap(namesIn).map(({ text }) => text));
}

/** Every plain name in a node that declares or takes some. */
export const namesIn = (node: Node): Node[] =>
  node.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']);

/** The variables that are given a value: of `a.b[0] = 1` the `a`. */
function writtenIn(body: Node, { writes }: LoopWords): Node[] {
  return body.descendantsOfType([...writes]).flatMap((write) => {
    const target = write.childForFieldName('left') ?? partsOf(write)[0];
    if (!target) return [];
    const targets = /(_list|_pattern)$/.test(target.type) ? partsOf(target) : [target];
    return targets.map(leftmost);
  });
}

function leftmost(node: Node): Node {
  const [first] = partsOf(node);
  return first ? leftmost(first) : node;
}

/** Is the end of a `break` or `continue` in the body? */
function staysInside(jump: Node, body: Node, { loops, switches }: LoopWords): boolean {
  const outer = [...ancestorsOf(jump)].filter((each) => contains(body, each) && each.id !== body.id);
  const [label] = partsOf(jump);
  if (label) return outer.some((each) => each.type === 'labeled_statement' && partsOf(each)[0]?.text === label.text);
  const catching = jump.type === 'break_statement' ? [...loops, ...switches] : loops;
  return outer.some(({ type }) => catching.includes(type));
}

function openIn(node: Node, types: readonly string[], closed: readonly string[]): Node[] {
  const hidden = node.descendantsOfType([...closed]);
  return node
    .descendantsOfType([...types])
    .filter((each) => !hidden.some((cover) => cover.id !== each.id && contains(cover, each)));
}

/**
 * What stands in place of the loop (`wrapped`).
 * @throws {NotPooled} when the loop does nothing
 */
export function written(
  { node, body, text }: Loop,
  words: LoopWords,
  template: readonly string[],
  step: string,
): string {
  const put = wrapped(node, body, text, words.strings, template, step);
  if (put === null) throw new NotPooled('The loop has nothing to do.');
  return put;
}

/** The first of the names that the file does not have. @throws {NotPooled} when it has all */
export function free(text: string, ...names: readonly string[]): string {
  const name = names.find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  if (name === undefined) throw new NotPooled(`The names ${names.join(', ')} are all taken in this file.`);
  return name;
}
