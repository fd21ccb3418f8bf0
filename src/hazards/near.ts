/** With more names than these in a text it is quicker to search all of its tree. */
const mostNames = 400;

/**
 * The names that a query demands of what it finds: `"push"` of `(#eq? @method "push")`, with the flag `g`.
 * @returns null when one of its patterns demands none
 */
export function namesIn(query: string): RegExp | null {
  const demanded = patternsOf(query).map((pattern) =>
    [...pattern.matchAll(/\(#(eq|any-of|match)\? @\w+((?: "(?:[^"\\]|\\.)*")+)\)/g)].map(([, kind, names = '']) =>
      [...names.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, name = '']) =>
        // The ends of the name are ends of a word in the text.
        kind === 'match' ? name.replaceAll('\\\\', '\\').replace(/(?<!\[)\^|\$/g, '\\b') : `\\b${name}\\b`,
      ),
    ),
  );
  if (demanded.some((predicates) => predicates.length === 0)) return null;
  return new RegExp(
    [...new Set(demanded.flatMap(([first = []]) => first))].map((name) => `(?:${name})`).join('|'),
    'g',
  );
}

/** The patterns of a query, which stand side by side in it. */
function patternsOf(query: string): string[] {
  const patterns: string[] = [];
  let [depth, begin] = [0, 0];
  for (const { 0: mark, index } of query.matchAll(/"(?:[^"\\]|\\.)*"|[()[\]]/g)) {
    if (mark.startsWith('"')) continue;
    if (/[([]/.test(mark) && depth++ === 0) begin = index;
    if (/[)\]]/.test(mark) && --depth === 0) patterns.push(query.slice(begin, index + 1));
  }
  return patterns;
}

/** A piece of a text, in its characters. */
export interface Stretch {
  startIndex: number;
  endIndex: number;
}

/** Where the names stand; null: there are too many. */
export function stretchesOf(text: string, names: RegExp): Stretch[] | null {
  const stretches: Stretch[] = [];
  for (const { 0: name, index } of text.matchAll(names)) {
    if (stretches.length === mostNames) return null;
    stretches.push({ startIndex: index, endIndex: index + name.length });
  }
  return stretches;
}
