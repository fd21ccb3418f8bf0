import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName } from './calls';
import type { Declarations } from './declarations';

/** A consumer of RabbitMQ (amqp091-go, streadway/amqp): the broker pushes all it has unless the channel says how much. */
export function consumerOf(call: Node, file: Declarations): Growth | null {
  const name = calleeName(call);
  const [queue, , autoAck, ...flags] = argumentsOf(call).slice(name === 'ConsumeWithContext' ? 1 : 0);
  // queue, consumer, autoAck, exclusive, noLocal, noWait, args
  if (!queue || !autoAck || flags.length !== 4 || !file.importsAny(/amqp091-go|streadway\/amqp/)) return null;
  // Who is handed a channel may be handed one that is limited already.
  const makesChannel = file.text.includes('.Channel()');
  if (!makesChannel || /reply-?to/i.test(queue.text)) return null;
  return {
    unit: 'message',
    source: oneLine(queue),
    evidence: [`\`${name}\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: autoAck.text === 'true' ? 'with autoAck every message counts as done when it is sent' : null,
  };
}
