import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { calleeName, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { isOfProgram } from '../imports';
import { untilDrain } from '../lines';
import { awaiting } from '../waiting';

const sent = awaiting('js/unthrottled-producer/await', 'Wait until the broker has it (await)');

/** Awaits the send of kafkajs; waits until the channel of amqplib has room again. */
export function taken(statement: Node, growth: Growth, text: string): Fix | null {
  const [call] = partsOf(statement);
  if (call?.type !== 'call_expression') return null;
  if (/^send(Batch)?$/.test(calleeName(call))) return sent(statement, growth);
  const channel = receiverOf(call);
  // It need not emit anything.
  if (!channel || !/^[\w.]+$/.test(channel.text) || isOfProgram(channel.text, text)) return null;
  const edits = untilDrain(statement, call, channel, growth, text);
  return edits && { id: 'js/unthrottled-producer/drain', title: 'Wait while the channel has no room (drain)', edits };
}
