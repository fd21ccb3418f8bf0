import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, partsOf } from '../../syntax';
import { callTaking, isAsync, isFunction, type SourceFile } from './file';

/** A function that waits, handed to `setInterval`: the next period starts it again whether it has ended or not. */
export function timerOf(handler: Node, file: SourceFile): Growth | null {
  const call = callTaking(handler);
  const started = startedBy(handler, file);
  if (!call || !started || !isAsync(started) || started.descendantsOfType('await_expression').length === 0) return null;
  return {
    unit: 'period',
    source: `setInterval(${file.nameOf(started) || '…'})`,
    evidence: [
      `\`setInterval\` on line ${lineOf(call)} starts the function on line ${lineOf(started)} again while it still waits`,
    ],
    turns: [{ place: started, repeated: started }],
    settledEarly: null,
  };
}

/** The function itself, the one it names, or the only one it calls: `() => void this.poll()`. */
function startedBy(handler: Node, file: SourceFile): Node | null {
  if (!isFunction(handler)) return file.functionMeant(handler);
  if (isAsync(handler)) return handler;
  const body = handler.childForFieldName('body');
  const statements = body?.type === 'statement_block' ? partsOf(body) : [];
  const only = statements.length === 1 ? partsOf(statements[0] ?? handler)[0] : body;
  const call = only?.type === 'unary_expression' ? only.childForFieldName('argument') : only;
  return call?.type === 'call_expression' ? file.functionMeant(call.childForFieldName('function')) : null;
}
