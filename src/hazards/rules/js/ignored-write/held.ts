import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Edit, type Fix } from '../../../fixes/edits';
import { calleeName, callTaking, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { drainIn, importsWs, isOfProgram } from '../imports';
import { behind, hasElse, stopOf, untilDrain } from '../lines';
import { streamAt } from '../sources';

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
  const stop = stopOf(statement);
  const check = `if (${socket.text}.bufferedAmount > ${mostWaiting}) ${socket.text}.terminate()${stop}`;
  const line = `${check}${newlineOf(text)}${indentOf(statement, text)}else `;
  return fix('js/ignored-write/slow', 'End a client that is too slow', [
    { start: statement.startIndex, end: statement.startIndex, text: line },
  ]);
}

/** In the listener of a source whose name is known there. */
function resumed(statement: Node, call: Node, sink: Node, growth: Growth, text: string): Fix | null {
  const from = streamAt(statement, growth, text);
  const listener = growth.turns[0]?.repeated;
  if (hasElse(statement) || from === null || growth.turns.length > 1 || !listener || !callTaking(listener)) return null;
  const stop = stopOf(statement);
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
    {
      start: call.endIndex,
      end: statement.endIndex,
      text: `) {${lines.map((line) => end + line).join('')}${behind(call, statement, text)}`,
    },
  ]);
}

function awaited(statement: Node, call: Node, sink: Node, growth: Growth, text: string): Fix | null {
  const edits = untilDrain(statement, call, sink, growth, text);
  return edits && fix('js/ignored-write/drain', 'Wait until the sink has room (drain)', edits);
}

const fix = (id: string, title: string, edits: Edit[]): Fix => ({ id, title, edits });
