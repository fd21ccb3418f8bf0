import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../../fixes/edits';
import { clientOf } from '../../../languages/js/clients';
import type { Growth } from '../../../rule';
import { stopOf } from '../lines';

/** A loop that looks whether the response is destroyed, or a timer that is cleared when it closes. */
export function endWithClient(place: Node, _growth: Growth, text: string): Fix | null {
  const client = clientOf(place);
  if (!client) return null;
  const edits = place.type === 'call_expression' ? cleared(place, client.writer, text) : ended(place, client.writer);
  return edits && { id: 'js/ignores-disconnect/close', title: 'End when the client leaves', edits };
}

function ended(loop: Node, writer: string): Fix['edits'] | null {
  const condition = loop.type === 'while_statement' ? loop.childForFieldName('condition') : null;
  if (condition?.text !== '(true)') return null;
  return [{ start: condition.startIndex + 1, end: condition.endIndex - 1, text: `!${writer}.destroyed` }];
}

function cleared(call: Node, writer: string, text: string): Fix['edits'] | null {
  const statement = call.parent;
  if (statement?.type !== 'expression_statement' || /\btimer\b/.test(text)) return null;
  const stop = stopOf(statement);
  const line = `${writer}.on('close', () => clearInterval(timer))${stop}`;
  return [
    { start: call.startIndex, end: call.startIndex, text: 'const timer = ' },
    { start: statement.endIndex, end: statement.endIndex, text: newlineOf(text) + indentOf(statement, text) + line },
  ];
}
