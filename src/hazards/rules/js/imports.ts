import type { Node } from 'web-tree-sitter';
import { newlineOf, type Edit } from '../../fixes/edits';
import { ancestorsOf } from '../../syntax';

/**
 * Adds `import name from 'path'` below the imports, in their style, unless it is there.
 * @param name of the default, or `{ name }`
 * @returns null: the file imports nothing that way, or the name is taken
 */
export function importing(place: Node, text: string, name: string, path: string): Edit[] | null {
  const root = [...ancestorsOf(place)].at(-1);
  const imports = root?.namedChildren.filter(({ type }) => type === 'import_statement') ?? [];
  if (imports.some((each) => each.text.startsWith(`import ${name} from `) && each.text.includes(path))) return [];
  const last = imports.at(-1);
  const word = /\w+/.exec(name)?.[0] ?? name;
  if (!last || new RegExp(`\\b${word}\\b`).test(text)) return null;
  const quote = last.text.includes('"') ? '"' : "'";
  const end = last.text.endsWith(';') ? ';' : '';
  return [
    {
      start: last.endIndex,
      end: last.endIndex,
      text: `${newlineOf(text)}import ${name} from ${quote}${path}${quote}${end}`,
    },
  ];
}

/** The quotes that the file has more of. */
export const quoteOf = (text: string): string => (text.split('"').length > text.split("'").length ? '"' : "'");

/** The name of the event that a sink has room again, quoted as the file quotes. */
export const drainIn = (text: string): string => `${quoteOf(text)}drain${quoteOf(text)}`;

/** Does the file use the sockets of `ws`? They can be paused and ended; those of other libraries of the same shape cannot. */
export const importsWs = (text: string): boolean => /from ['"]ws['"]|require\(['"]ws['"]\)/.test(text);

/** Is a name declared as, or made of, a class that another file of the program declares? */
export function isOfProgram(path: string, text: string): boolean {
  const name = /\w+$/.exec(path)?.[0] ?? '';
  const [, declared, made] = new RegExp(`\\b${name}(?:[?!]?: (\\w+)|\\s*=\\s*new (\\w+))`).exec(text) ?? [];
  const type = declared ?? made;
  return type !== undefined && new RegExp(`\\b${type}\\b[^;'"\\n]*(?:\\bfrom |\\brequire\\()['"\`]\\.`).test(text);
}
