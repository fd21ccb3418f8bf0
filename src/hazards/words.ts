import type { Words } from './rule';

/** Words of every kind have to be there. The first that are missing end it, so the rarest come first. */
export const allOf = (...kinds: readonly Words[]): Words => ({
  test: (text) => kinds.every((kind) => kind.test(text)),
});

/** Words of one kind are enough. */
export const anyOf = (...kinds: readonly Words[]): Words => ({
  test: (text) => kinds.some((kind) => kind.test(text)),
});

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
