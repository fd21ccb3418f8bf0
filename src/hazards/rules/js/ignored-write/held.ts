import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Edit, type Fix } from '../../../fixes/edits';
import { calleeName, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { drainIn, importing, importsWs, isOfProgram } from '../imports';
import { streamAt } from '../sources';
import { canWait } from '../waiting';

/** What may wait for one client of a socket before it counts as too slow, bytes. */
const mostWaiting = 1_000_000;

/** Ends a client that is too slow; has the source wait until the sink has room. */
export function held(statement: Node, growth: Growth, text: string): Fix | null {
  // What an arrow function gives has no line of its own.
  const call = statement.type === 'expression_statement' ? partsOf(statement)[0] : undefined;
  const sink = call ? receiverOf(call) : null;
  if (!call || !sink || !/^[\w.]+$/.test(sink.text) || /^(push|enqueue)$/.test(calleeName(call))) return null;
  // It need not be a stream.
  if (isOfProgram(sink.text, text)) return null;
  return calleeName(call) === 'send'
    ? ended(statement, sink, text)
    : (resumed(statement, call, sink, growth, text) ?? awaited(statement, call, sink, growth, text));
}

function ended(statement: Node, socket: Node, text: string): Fix | null {
  if (!/^(statement_block|program)$/.test(statement.parent?.type ?? '') || !importsWs(text)) return null;
  const stop = statement.text.endsWith(';') ? ';' : '';
  const check = `if (${socket.text}.bufferedAmount > ${mostWaiting}) ${socket.text}.terminate()${stop}`;
  const line = `${check}${newlineOf(text)}${indentOf(statement, text)}else `;
  return fix('js/ignored-write/slow', 'End a client that is too slow', [
    { start: statement.startIndex, end: statement.startIndex, text: line },
  ]);
}

/** In the listener of a source whose name is known there. */
function resumed(statement: Node, call: Node, sink: Node, growth: Growth, text: string): Fix | null {
  const from = streamAt(statement, growth, text);
  if (from === null) return null;
  const stop = statement.text.endsWith(';') ? ';' : '';
  const end = `${newlineOf(text)}${indentOf(statement, text)}`;
  const step = stepOf(text);
  const drain = drainIn(text);
  const lines = [
    `${step}${from}.pause()${stop}`,
    `${step}${sink.text}.once(${drain}, () => ${from}.resume())${stop}`,
    '}',
  ];
  return fix('js/ignored-write/pause', 'Pause the source until the sink has room (drain)', [
    { start: call.startIndex, end: call.startIndex, text: 'if (!' },
    { start: call.endIndex, end: statement.endIndex, text: `) {${lines.map((line) => end + line).join('')}` },
  ]);
}

function awaited(statement: Node, call: Node, sink: Node, growth: Growth, text: string): Fix | null {
  const imports = importing(statement, text, '{ once }', 'node:events');
  if (!imports || !canWait(statement, growth)) return null;
  const stop = statement.text.endsWith(';') ? ';' : '';
  return fix('js/ignored-write/drain', 'Wait until the sink has room (drain)', [
    ...imports,
    { start: call.startIndex, end: call.startIndex, text: 'if (!' },
    { start: call.endIndex, end: statement.endIndex, text: `) await once(${sink.text}, ${drainIn(text)})${stop}` },
  ]);
}

const fix = (id: string, title: string, edits: Edit[]): Fix => ({ id, title, edits });
