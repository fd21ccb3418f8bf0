/** The head of a method, read from the text. */
export interface Head {
  /** Where its name stands. */
  at: number;
  name: string;
  parameters: string;
}

const heads = /\b(\w+)\s*\(([^(){};=]*(?:\([^()]*\)[^(){};=]*)*)\)\s*(?:throws [\w.,\s]+)?\{/g;
const noMethods = /^(if|for|while|switch|synchronized|catch|try)$/;

/** So far back the head of a method is looked for. Characters. */
const longestMethod = 4000;

/** The last head of a method above a place; null: none is near. */
export function headAt(text: string, at: number): Head | null {
  const from = Math.max(0, at - longestMethod);
  const found = [...text.slice(from, at).matchAll(heads)].findLast(([, name = '']) => !noMethods.test(name));
  return found ? { at: from + found.index, name: found[1] ?? '', parameters: found[2] ?? '' } : null;
}

/** The last class that begins above a place; empty: none does. */
export const ownerAt = (text: string, at: number): string =>
  [...text.slice(0, at).matchAll(/\b(?:class|enum|record)\s+(\w+)/g)].at(-1)?.[1] ?? '';
