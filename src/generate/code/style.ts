import type { CodeLanguage } from './kinds';

/** How a file is written; null leaves the template's way. */
export interface CodeStyle {
  /** One step of indentation: a tab or blanks. */
  indent: string | null;
  quote: '"' | "'" | null;
  newline: '\n' | '\r\n';
}

/** Languages in which both quotes mean the same, and what in them is no plain string. */
const quoting: Partial<Record<CodeLanguage, RegExp>> = {
  // Lines with a template are left alone: quotes in it may be text.
  typescript: /^.*`.*$|\/\/.*|\/\*[\s\S]*?\*\/|(?<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")/gm,
  python: /#.*|"""[\s\S]*?"""|'''[\s\S]*?'''|(?<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")/g,
};

/** How a text is written: the indentation is the smallest step that occurs, the quote the one used most. */
export function styleOf(text: string, language: CodeLanguage): CodeStyle {
  const indents = [...text.matchAll(/^(\t+| {2,8})(?=[^\s*])/gm)].map(([, indent = '']) => indent);
  const [smallest = null] = indents.toSorted((a, b) => a.length - b.length);
  const strings = stringsOf(text, language);
  const single = strings.filter((string) => string.startsWith("'")).length;
  return {
    indent: smallest?.startsWith('\t') ? '\t' : smallest,
    quote: strings.length === 0 ? null : single * 2 >= strings.length ? "'" : '"',
    newline: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A template as it would stand in a file of that style. gofmt decides for Go, whatever a file looks like. */
export function inStyle(text: string, language: CodeLanguage, { indent, quote, newline }: CodeStyle): string {
  const own = styleOf(text, language);
  const indented =
    indent === null || own.indent === null || language === 'go' ? text : reindented(text, own.indent, indent);
  const quoted = quote === null ? indented : requoted(indented, language, quote);
  return newline === '\n' ? quoted : quoted.replaceAll('\n', newline);
}

/** What is left of an indentation stands under something, such as the star of a comment. */
const reindented = (text: string, from: string, to: string) =>
  text.replace(new RegExp(`^(?:${from})+`, 'gm'), (found) => to.repeat(found.length / from.length));

/** A string that holds a quote or an escape stays as it is. */
function requoted(text: string, language: CodeLanguage, quote: string): string {
  const words = quoting[language];
  return words
    ? text.replace(words, (found, ...groups) => {
        const { text: string } = groups.at(-1) as { text?: string };
        const inner = found.slice(1, -1);
        return string === undefined || /['"\\]/.test(inner) ? found : `${quote}${inner}${quote}`;
      })
    : text;
}

const stringsOf = (text: string, language: CodeLanguage) =>
  [...text.matchAll(quoting[language] ?? /(?!)/g)].flatMap(({ groups }) => groups?.text ?? []);
