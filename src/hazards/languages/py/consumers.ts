import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { calleeName, keyword, positional, receiverText, type PythonFile } from './file';

/** A consumer of RabbitMQ: the broker pushes all it has unless the channel says how much. */
export function consumerOf(call: Node, file: PythonFile): Growth | null {
  const name = calleeName(call);
  const queue = queueOf(call, name, file);
  if (!queue || /repl(y|ies).?(to|queue)|(response|callback).?queue|on_(response|reply)/i.test(call.text)) return null;
  const unacknowledged = keyword(call, 'auto_ack', 'no_ack')?.text === 'True';
  // Who is handed a channel may be handed one that is limited already.
  const isSure = name !== 'Consumer' && /\.(channel|get_channel|create_channel)\(/.test(file.text);
  if (unacknowledged && !isSure) return null;
  const doubt = isUnlimitedByDefault(file)
    ? 'whether whoever makes it gives a prefetch, as by default it has none'
    : isSure && !passesOn(call)
      ? null
      : 'whether the channel that it is given has a prefetch';
  return {
    unit: 'message',
    source: oneLine(queue),
    evidence: [`\`${name}\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: unacknowledged ? 'every message counts as done when it is sent (`auto_ack`)' : null,
    ...(doubt === null ? {} : { doubt }),
  };
}

/** `basic_consume(queue, no_ack=no_ack)` in a function that is handed `no_ack`, and a channel that is made elsewhere. */
function passesOn(call: Node): boolean {
  const ack = keyword(call, 'auto_ack', 'no_ack');
  const around = [...ancestorsOf(call)].find(({ type }) => type === 'function_definition');
  const given = around?.childForFieldName('parameters')?.namedChildren ?? [];
  return ack?.type === 'identifier' && given.some(({ text }) => /^\w+/.exec(text)?.[0] === ack.text);
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

/** `def __init__(self, prefetch_count=0)`: the broker sends all there is unless somebody says otherwise. */
export const isUnlimitedByDefault = (file: PythonFile): boolean =>
  /\bprefetch(_count)?\s*(:[^=,()]*)?=\s*(0|None)\s*[,)]/.test(file.text) &&
  !/\bprefetch(_count)?\s+or\s+\w|(?<!def )\b\w*qos\([^()]*\b[1-9]/.test(file.text);

const isQueue = (receiver: string) => /queue|(^|[._])q$/i.test(receiver);
