import type { Node } from 'web-tree-sitter';
import { indentOf, lineOfItsOwn, newlineOf, stepOf, type Edit } from '../../fixes/edits';
import type { Growth } from '../../rule';
import { drainIn, importing } from './imports';
import { canWait } from './waiting';

/** The semicolon at the end of a statement, where there is one. */
export const stopOf = (statement: Node): string => (statement.lastChild?.type === ';' ? ';' : '');

/** What stands between a call and the semicolon of its statement: comments, which are to stay. */
export const behind = (call: Node, statement: Node, text: string): string =>
  text.slice(call.endIndex, statement.endIndex - stopOf(statement).length);

/** A line below that of a statement; null: that has no line of its own. */
export function lineBelow(statement: Node, text: string, line: string): Edit | null {
  const own = lineOfItsOwn(statement, text);
  const put = indentOf(statement, text) + line + stopOf(statement) + newlineOf(text);
  return own && { start: own.end, end: own.end, text: put };
}

/** Does an `else` stand behind the statement, which would become that of an `if` around it? */
export const hasElse = ({ parent }: Node): boolean => parent?.childForFieldName('alternative') != null;

/** `if (!sink.write(chunk)) await once(sink, 'drain')`; null: nobody may wait there. */
export function untilDrain(statement: Node, call: Node, sink: Node, growth: Growth, text: string): Edit[] | null {
  const imports = importing(statement, text, '{ once }', 'node:events');
  if (!imports || !canWait(statement, growth) || hasElse(statement)) return null;
  const wait = `await once(${sink.text}, ${drainIn(text)})${stopOf(statement)}`;
  const end = newlineOf(text) + indentOf(statement, text);
  const then = call.text.includes('\n') ? `{${end}${stepOf(text)}${wait}${end}}` : wait;
  return [
    ...imports,
    { start: call.startIndex, end: call.startIndex, text: 'if (!' },
    { start: call.endIndex, end: statement.endIndex, text: `) ${then}${behind(call, statement, text)}` },
  ];
}
