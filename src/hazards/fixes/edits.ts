import detectIndent from 'detect-indent';
import type { Node } from 'web-tree-sitter';
import type { Hazard } from '../../model/scan';
import { ancestorsOf } from '../syntax';

/** Replaces the text between two offsets, in UTF-16 units from 0. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** A change of the source that bounds a hazard. */
export interface Fix {
  /** `rule/what`, such as `go/unbounded-spawn/semaphore`. */
  id: string;
  title: string;
  edits: Edit[];
}

/** A fix as a scan tells it: by lines and columns from 1 instead of offsets. */
export const told = ({ id, title, edits }: Fix, text: string): Hazard['fixes'][number] => ({
  id,
  title,
  changes: edits.map(({ start, end, text: put }) => {
    const from = placeOf(start, text);
    const to = placeOf(end, text);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column, text: put };
  }),
});

function placeOf(offset: number, text: string): { line: number; column: number } {
  const above = text.slice(0, offset).split('\n');
  return { line: above.length, column: (above.at(-1)?.length ?? 0) + 1 };
}

/** The text after the edits, which must not overlap. */
export const applied = (text: string, edits: readonly Edit[]): string =>
  [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((changed, { start, end, text: put }) => changed.slice(0, start) + put + changed.slice(end), text);

/** The line of a statement that has it to itself, but for a comment behind it; `end` is that of its line break; null: it has not. */
export function lineOfItsOwn(statement: Node, text: string): { start: number; end: number; line: string } | null {
  const start = text.lastIndexOf('\n', statement.startIndex - 1) + 1;
  const end = text.indexOf('\n', statement.endIndex) + 1;
  const behind = text.slice(statement.endIndex, end).trim();
  const alone = end > 0 && text.slice(start, statement.startIndex).trim() === '' && /^(;?$|;?\s*(\/\/|#))/.test(behind);
  return alone ? { start, end, line: text.slice(statement.startIndex, end).trim() } : null;
}

/** The white space before the first thing on the node's line. */
export function indentOf(node: Node, text: string): string {
  const line = text.slice(text.lastIndexOf('\n', node.startIndex - 1) + 1, node.startIndex);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Lines above a statement that begins its line, indented as it is or as told; null: something else stands before it. */
export function linesAbove(statement: Node, text: string, lines: readonly string[], indent?: string): Edit | null {
  const start = text.lastIndexOf('\n', statement.startIndex - 1) + 1;
  const own = text.slice(start, statement.startIndex);
  if (!/^[ \t]*$/.test(own)) return null;
  const end = newlineOf(text);
  return {
    start,
    end: start,
    text: lines.map((line) => `${line === '' ? '' : (indent ?? own)}${line}${end}`).join(''),
  };
}

/** One step of indentation, as most lines that are indented show it; four spaces: none is. */
export const stepOf = (text: string): string => detectIndent(text).indent || '    ';

/** What ends the lines of the text. */
export const newlineOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

/** The enclosing statement that stands directly in one of the kinds of block; null: there is none. */
export function statementIn(node: Node, blocks: readonly string[]): Node | null {
  return [node, ...ancestorsOf(node)].find(({ parent }) => parent && blocks.includes(parent.type)) ?? null;
}
