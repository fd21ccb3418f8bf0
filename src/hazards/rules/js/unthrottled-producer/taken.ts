import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Fix } from '../../../fixes/edits';
import { calleeName, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { drainIn, importing, isOfProgram } from '../imports';
import { awaiting, canWait } from '../waiting';

const sent = awaiting('js/unthrottled-producer/await', 'Wait until the broker has it (await)');

/** Awaits the send of kafkajs; waits until the channel of amqplib has room again. */
export function taken(statement: Node, growth: Growth, text: string): Fix | null {
  const [call] = partsOf(statement);
  if (call?.type !== 'call_expression') return null;
  if (/^send(Batch)?$/.test(calleeName(call))) return sent(statement, growth);
  const channel = receiverOf(call);
  const imports = importing(statement, text, '{ once }', 'node:events');
  if (!channel || !imports || !/^[\w.]+$/.test(channel.text) || !canWait(statement, growth)) return null;
  // It need not emit anything.
  if (isOfProgram(channel.text, text)) return null;
  const stop = statement.text.endsWith(';') ? ';' : '';
  const inner = `${newlineOf(text)}${indentOf(statement, text)}${stepOf(text)}`;
  return {
    id: 'js/unthrottled-producer/drain',
    title: 'Wait while the channel has no room (drain)',
    edits: [
      ...imports,
      { start: call.startIndex, end: call.startIndex, text: 'if (!' },
      {
        start: call.endIndex,
        end: statement.endIndex,
        text: `)${inner}await once(${channel.text}, ${drainIn(text)})${stop}`,
      },
    ],
  };
}
