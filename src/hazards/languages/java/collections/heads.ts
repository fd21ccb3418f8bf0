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
export function ownerAt(text: string, at: number): string {
  for (let found = text.lastIndexOf('class ', at); found >= 0; found = text.lastIndexOf('class ', found - 1)) {
    // Comments speak of classes too, but seldom of one whose name follows.
    const [, name] = /^class\s+([A-Z]\w*)/.exec(text.slice(found, found + longestClass)) ?? [];
    if (name !== undefined) return name;
    if (found === 0) break;
  }
  return '';
}

/** So long is the beginning of a class at most, with its name. Characters. */
const longestClass = 100;
