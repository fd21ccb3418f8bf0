import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { calleeName, keyword, positional, receiverText, type PythonFile } from './file';

/** A consumer of RabbitMQ: the broker pushes all it has unless the channel says how much. */
export function consumerOf(call: Node, file: PythonFile): Growth | null {
  const name = calleeName(call);
  const pika = name === 'basic_consume' && file.importsAny(/^(pika|amqp|aiormq)(\.|$)/);
  const aioPika =
    /^(consume|iterator)$/.test(name) && file.importsAny(/^aio_pika(\.|$)/) && isQueue(receiverText(call));
  if (!pika && !aioPika) return null;
  const queue = pika
    ? (keyword(call, 'queue') ?? positional(call)[0])
    : call.childForFieldName('function')?.childForFieldName('object');
  // Who is handed a channel may be handed one that is limited already.
  const makesChannel = /\.(channel|get_channel|create_channel)\(/.test(file.text);
  if (!queue || !makesChannel || /reply.?to/i.test(call.text)) return null;
  const unacknowledged = keyword(call, 'auto_ack', 'no_ack')?.text === 'True';
  return {
    unit: 'message',
    source: oneLine(queue),
    evidence: [`\`${name}\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: unacknowledged ? 'every message counts as done when it is sent (`auto_ack`)' : null,
  };
}

const isQueue = (receiver: string) => /queue|(^|[._])q$/i.test(receiver);
