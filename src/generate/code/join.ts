import type { CodeLanguage } from './kinds';

/** Text to put into a file at an offset, in UTF-16 units from 0. */
export interface Insertion {
  at: number;
  text: string;
}

/** How a language begins a file. */
interface Beginning {
  /** All that stands before the first declaration: comments about the file, its package, imports. */
  head: RegExp;
  /** Each thing that is imported, within the head. */
  imports: RegExp;
  /** What imports come after, where a file has none. */
  after: RegExp;
}

/** Languages in which a second type may stand in a file. In Java it would have to hide, in Rust its imports may clash. */
const beginnings: Partial<Record<CodeLanguage, Beginning>> = {
  go: {
    head: /^(?:\/\/.*\n|\n)*package .*\n(?:\s|import \([^)]*\)|import .*\n)*/,
    imports: /^(?:\t|import )(?<one>(?:\w+ )?"[^"]+")/gm,
    after: /^package .*\n/m,
  },
  // No template of ours imports anything.
  typescript: { head: /^/, imports: /(?!)/g, after: /^/ },
  python: {
    head: /^(?:"""[\s\S]*?"""|#.*|\s|(?:from \S+ )?import (?:\([^)]*\)|.*))*/,
    imports: /^(?<one>(?:from \S+ )?import (?:\([^)]*\)|.*))/gm,
    after: /^(?:#.*\n|\s)*(?:"""[\s\S]*?"""[ \t]*\n)?/,
  },
  csharp: {
    head: /^(?:using [^;(]*;\n|\n)*/,
    imports: /^(?<one>using [^;(]*;)/gm,
    after: /^/,
  },
};

/** Can a text be put into an existing file of this language? */
export const canJoin = (language: CodeLanguage): boolean => beginnings[language] !== undefined;

/**
 * What makes a generated text part of a file: the imports that it lacks after those it has, the rest at its end.
 * @param source of the file, with `\n` between lines
 * @param text of `writeCode`
 * @throws {Error} for a language in which a text needs a file of its own
 */
export function joined(source: string, text: string, language: CodeLanguage): Insertion[] {
  const beginning = beginnings[language];
  if (!beginning) throw new Error(`${language} wants a file of its own for it`);
  const head = beginning.head.exec(text)?.[0] ?? '';
  const sourceHead = beginning.head.exec(source)?.[0] ?? '';
  const has = importsIn(sourceHead, beginning);
  const lacking = importsIn(head, beginning).filter(({ one }) => has.every((known) => known.one !== one));
  const start = firstPlace(source, beginning);
  const place = (has.at(-1)?.end ?? start - 1) + 1;
  const [future, others] = [lacking.filter(isFuture), lacking.filter((each) => !isFuture(each))];
  const lines = (imports: readonly Imported[]) => imports.map(({ one }) => `${one}\n`).join('');
  const imports =
    language === 'go'
      ? importsOfGo(source, has, lacking, start)
      : [
          { at: start, text: lines(future) },
          { at: place, text: lines(others) },
        ];
  const gap = language === 'python' ? '\n\n' : '\n';
  const body = { at: source.length, text: `${/(^|\n)$/.test(source) ? '' : '\n'}${gap}${text.slice(head.length)}` };
  return together([...imports.filter((one) => one.text !== ''), body]);
}

/** Behind what has to stand before any import. */
function firstPlace(source: string, { after }: Beginning): number {
  const found = after.exec(source);
  return found ? found.index + found[0].length : 0;
}

/** In the block that is there, where gofmt would have them; else in one of their own. */
function importsOfGo(
  source: string,
  has: readonly Imported[],
  lacking: readonly Imported[],
  start: number,
): Insertion[] {
  // A standard package has no dot in its first part, and stands in the first group.
  const standard = has.filter(({ one, inBlock }) => inBlock && !/^"[^"/]*\./.test(one));
  const last = standard.at(-1);
  if (last)
    return lacking.map(({ one }) => {
      const next = standard.find((known) => known.one > one);
      return { at: next ? source.lastIndexOf('\n', next.end - 1) + 1 : last.end + 1, text: `\t${one}\n` };
    });
  const block = lacking.map(({ one }) => `\t${one}\n`).join('');
  return block === '' ? [] : [{ at: (has.at(-1)?.end ?? start - 1) + 1, text: `\nimport (\n${block})\n` }];
}

/** What goes to one place as one insertion, in its order. */
function together(insertions: readonly Insertion[]): Insertion[] {
  const places = new Map<number, string>();
  for (const { at, text } of insertions) places.set(at, `${places.get(at) ?? ''}${text}`);
  return [...places].map(([at, text]) => ({ at, text }));
}

interface Imported {
  one: string;
  /** Where its line ends. */
  end: number;
  inBlock: boolean;
}

const importsIn = (head: string, { imports }: Beginning): Imported[] =>
  [...head.matchAll(imports)].map((found) => ({
    one: found.groups?.one ?? '',
    end: head.indexOf('\n', found.index + found[0].length),
    inBlock: found[0].startsWith('\t'),
  }));

/** Python wants these before all others. */
const isFuture = ({ one }: Imported) => one.startsWith('from __future__');
