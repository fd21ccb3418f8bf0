import { neededBy, oneOf, type Needed } from './needed';
import type { Words } from './rule';

/** Words of every kind have to be there. The first that are missing end it, so the rarest come first. */
export function allOf(...kinds: readonly Words[]): Words {
  const asked = kinds.map(whereNeeded);
  return { test: (text) => asked.every((kind) => kind.test(text)) };
}

/** Words of one kind are enough. */
export function anyOf(...kinds: readonly Words[]): Words {
  const asked = kinds.map(whereNeeded);
  return { test: (text) => asked.some((kind) => kind.test(text)) };
}

/** An expression, asked only of a text that may hold what stands in it in full: most texts do not. */
function whereNeeded(words: Words): Words {
  if (!(words instanceof RegExp)) return words;
  let needed: Needed | undefined;
  return { test: (text) => (needed ??= neededBy(words))(text) && words.test(text) };
}

/**
 * One of these pieces of text: found several times as fast as by an expression. What begins with a letter that is rare (a
 * capital), and is no longer than six, is found ten times as fast again: it is looked for letter by letter, by machine.
 */
export function naming(...pieces: readonly string[]): Words {
  const each = pieces.map((piece): [string, Needed] => [piece, oneOf([piece])]);
  return { test: (text) => each.some(([piece, needed]) => needed(text) && text.includes(piece)) };
}

/** From the beginning of a text to behind the last word that may be an import, which is a small part of it. @param end what stands behind the last import */
export const importsTo = (end: string): ((text: string) => string) =>
  oncePerText((text) => {
    let last = -1;
    for (let at = text.indexOf('import'); at >= 0; at = text.indexOf('import', at + 1)) last = at;
    const to = last < 0 ? 0 : text.indexOf(end, last);
    return to < 0 ? text : text.slice(0, to);
  });

/** One of these pieces stands in what is read from a text: in its imports. */
export const namingIn =
  (part: (text: string) => string) =>
  (...pieces: readonly string[]): Words => ({ test: (text) => pieces.some((piece) => part(text).includes(piece)) });

/** So far back from a call what it is called on is looked for. Characters. */
const longestName = 90;

/**
 * What such calls are made on, by the text alone: the names that stand before them.
 * @param calls with the flag `g`
 * @param shape of what may stand before, to its end (`$`); its first group is the name
 */
export function namesBefore(text: string, calls: RegExp, shape: RegExp): Set<string> {
  const names = new Set<string>();
  for (const { index } of text.matchAll(calls)) {
    const name = shape.exec(text.slice(Math.max(0, index - longestName), index))?.[1];
    if (name !== undefined) names.add(name);
  }
  return names;
}

/**
 * Calls of what has such names. It begins with the bracket: there are fewer of them than of words in a text.
 * @param names from their beginning (`^`) to their end (`$`)
 */
export function callsOf(...names: readonly RegExp[]): RegExp {
  const name = names.map(({ source }) => source.replace(/^\^/, '').replace(/\$$/, '')).join('|');
  return new RegExp(`\\((?<=\\b(?:${name})\\()`);
}

/** What is read from a whole text, read once for all places in it: that of the last text is kept. */
export function oncePerText<T>(read: (text: string) => T): (text: string) => T {
  let last: { text: string; found: T } | null = null;
  return (text) => {
    if (last?.text !== text) last = { text, found: read(text) };
    return last.found;
  };
}

/** The first piece of a text that has the shape, found once for all places in it; null: there is none. */
export const firstOf = (shape: RegExp): ((text: string) => string | null) =>
  oncePerText((text) => shape.exec(text)?.[0] ?? null);

/** Where a piece stands last at or before a place; -1: nowhere. Asked for places in the order of the text, which is read once. */
export function lastBefore(text: string, piece: string): (place: number) => number {
  let [last, next] = [-1, text.indexOf(piece)];
  return (place) => {
    for (; next >= 0 && next <= place; next = text.indexOf(piece, next + 1)) last = next;
    return last;
  };
}

/** Where a name stands as a whole word, as `\b` sees words; in a third of the time that an expression takes. */
export function wordsNamed(text: string, name: string): number[] {
  if (!/^\w+$/.test(name)) return [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map(({ index }) => index);
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
    if (!isOfWord(text, at - 1) && !isOfWord(text, at + name.length)) found.push(at);
  return found;
}

const isOfWord = (text: string, at: number) => /\w/.test(text.charAt(at));

/**
 * The lines of a text in which a name stands, each with the one above it: what is asked of a name is seldom farther away.
 * @param name not empty
 */
export function linesNaming(text: string, name: string): string {
  const lines: string[] = [];
  let end = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, end)) {
    const line = text.lastIndexOf('\n', at);
    const start = Math.max(end, text.lastIndexOf('\n', line - 1) + 1);
    const next = text.indexOf('\n', at);
    end = next < 0 ? text.length : next;
    lines.push(text.slice(start, end));
  }
  return lines.join('\n');
}
