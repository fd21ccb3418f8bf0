import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { calleeName, keyword, positional, receiverText, type PythonFile } from './file';

/** A consumer of RabbitMQ: the broker pushes all it has unless the channel says how much. */
export function consumerOf(call: Node, file: PythonFile): Growth | null {
  const name = calleeName(call);
  const queue = queueOf(call, name, file);
  if (!queue || /repl(y|ies).?(to|queue)|response.?queue/i.test(call.text)) return null;
  const unacknowledged = keyword(call, 'auto_ack', 'no_ack')?.text === 'True';
  // Who is handed a channel may be handed one that is limited already.
  const isSure = name !== 'Consumer' && /\.(channel|get_channel|create_channel)\(/.test(file.text);
  if (unacknowledged && !isSure) return null;
  return {
    unit: 'message',
    source: oneLine(queue),
    evidence: [`\`${name}\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: unacknowledged ? 'every message counts as done when it is sent (`auto_ack`)' : null,
    ...(isSure ? {} : { doubt: 'whether the channel that it is given has a prefetch' }),
  };
}

/** What it consumes: by pika and its like, by aio-pika, or by kombu; null: it is no consumer. */
function queueOf(call: Node, name: string, file: PythonFile): Node | null {
  if (name === 'basic_consume') {
    const queue = keyword(call, 'queue', 'queue_name');
    if (queue) return queue;
    return file.importsAny(/^(pika|amqp|aiormq)(\.|$)/) ? (positional(call)[0] ?? null) : null;
  }
  if (name === 'Consumer')
    return file.importsAny(/^kombu(\.|$)/) && keyword(call, 'callbacks', 'on_message')
      ? (keyword(call, 'queues') ?? positional(call)[0] ?? null)
      : null;
  const aioPika = file.importsAny(/^aio_pika(\.|$)/) && isQueue(receiverText(call));
  return aioPika ? (call.childForFieldName('function')?.childForFieldName('object') ?? null) : null;
}

const isQueue = (receiver: string) => /queue|(^|[._])q$/i.test(receiver);
