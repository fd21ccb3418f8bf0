import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Edit } from './edits';

/**
 * Lines around a body, which is moved in as far as they say. Lines that begin inside a text of several lines stay as
 * they are.
 * @param node what is replaced: its line tells the indentation
 * @param strings node types of texts that may go over several lines
 * @param template lines indented by tabs; the line `@body` stands for the lines of the body
 * @param step one step of indentation, where the body does not show it
 * @returns null: the body is empty
 */
export function wrapped(
  node: Node,
  body: Node,
  text: string,
  strings: readonly string[],
  template: readonly string[],
  step: string,
): string | null {
  const indent = indentOf(node, text);
  const lines = bodyLines(body, text, strings);
  if (lines.length === 0) return null;
  const own = lines.find(({ line, fixed }) => !fixed && line.trim() !== '')?.line ?? '';
  const deep = /^[ \t]*/.exec(own)?.[0] ?? '';
  const unit = deep.length > indent.length && deep.startsWith(indent) ? deep.slice(indent.length) : step;
  const put = template.flatMap((each) => {
    const tabs = /^\t*/.exec(each)?.[0].length ?? 0;
    const at = indent + unit.repeat(tabs);
    const rest = each.slice(tabs);
    if (rest !== '@body') return rest === '' ? [''] : [at + rest];
    return lines.map(({ line, fixed }) => (fixed || line.trim() === '' ? line : at + withoutIndent(line, deep)));
  });
  return put.join(newlineOf(text)).slice(indent.length);
}

/** Moves the lines below the first of a node out, from one indentation to another, but for those inside a text of several lines. */
export function movedOut(node: Node, text: string, strings: readonly string[], from: string, to: string): Edit[] {
  const isFixed = fixedRows(node, strings);
  const starts = [...node.text.matchAll(/\n/g)].map(({ index }) => node.startIndex + index + 1);
  return starts
    .filter((start, index) => text.startsWith(from, start) && !isFixed(node.startPosition.row + index + 1))
    .map((start) => ({ start, end: start + from.length, text: to }));
}

const withoutIndent = (line: string, indent: string) =>
  line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();

/** The lines of the body; `fixed` ones begin inside a text of several lines. */
function bodyLines(body: Node, text: string, strings: readonly string[]): { line: string; fixed: boolean }[] {
  const braced = body.text.startsWith('{');
  const start = braced ? body.startIndex + 1 : startOfLines(body, text);
  const row = text.slice(0, start).split('\n').length - 1;
  const isFixed = fixedRows(body, strings);
  const lines = text.slice(start, braced ? body.endIndex - 1 : body.endIndex).split(/\r?\n/);
  const known = lines.map((line, index) => ({
    line,
    fixed: isFixed(row + index),
  }));
  const isSaid = ({ line }: { line: string }) => line.trim() !== '';
  const last = known.findLastIndex(isSaid);
  return known.slice(Math.max(0, known.findIndex(isSaid)), last + 1);
}

/** Rows that begin inside a text of several lines. */
function fixedRows(node: Node, strings: readonly string[]): (row: number) => boolean {
  const long = node
    .descendantsOfType([...strings])
    .map(({ startPosition, endPosition }) => [startPosition.row, endPosition.row]);
  return (row) => long.some(([from = 0, to = 0]) => from < row && row <= to);
}

/** Behind the colon of Python, so that comments above the first statement are kept; a body without braces starts itself. */
function startOfLines(body: Node, text: string): number {
  if (body.type !== 'block') return body.startIndex;
  const colon = text.lastIndexOf(':', body.startIndex - 1);
  const between = text.slice(colon + 1, body.startIndex);
  return /^\s*(#[^\n]*\s*)*$/.test(between) ? colon + 1 : body.startIndex;
}
