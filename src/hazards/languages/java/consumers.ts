import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, type JavaFile } from './file';

/** A consumer of RabbitMQ or Artemis: the broker pushes all it has unless the channel, the container or the client says how much. */
export function consumerOf(call: Node, file: JavaFile): Growth | null {
  if (call.type === 'string_literal' || calleeName(call) === 'setConsumerWindowSize') return artemis(call, file);
  return calleeName(call) === 'basicConsume' ? ownConsumer(call, file) : container(call, file);
}

function ownConsumer(call: Node, file: JavaFile): Growth | null {
  const [queue, second] = argumentsOf(call);
  // Who is handed a channel may be handed one that is limited already.
  if (!queue || !file.importsAny(/^com\.rabbitmq\b/) || !/\bcreateChannel\(/.test(file.text)) return null;
  if (/reply-?to/i.test(call.text)) return null;
  const step = `\`basicConsume\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`;
  const early = second?.text === 'true' ? 'with autoAck every message counts as done when it is sent' : null;
  return consumer(call, oneLine(queue), step, early);
}

/** `container.setPrefetchCount(0)`: Spring's own 250 is taken away. */
function container(call: Node, file: JavaFile): Growth | null {
  const endless = argumentsOf(call)[0]?.text === '0' && file.importsAny(/^org\.springframework\.amqp\b/);
  const step = `\`${oneLine(call)}\` on line ${lineOf(call)} takes away the limit of 250 that Spring sets by itself`;
  return endless ? consumer(call, 'the container’s queues', step, null) : null;
}

/** `consumerWindowSize=-1`: the client of Artemis has 1 MiB by itself, and holds any number with this. */
function artemis(place: Node, file: JavaFile): Growth | null {
  const given = place.type === 'string_literal' ? '-1' : argumentsOf(place)[0]?.text;
  if (given !== '-1' || !file.importsAny(/(^|\.)(jms|artemis|activemq)\b/)) return null;
  const step = `\`${oneLine(place)}\` on line ${lineOf(place)} takes away the limit of 1 MiB that the client of Artemis has by itself`;
  return consumer(place, 'the queue', step, null);
}

const consumer = (call: Node, source: string, step: string, settledEarly: string | null): Growth => ({
  unit: 'message',
  source,
  evidence: [step],
  turns: [{ place: call, repeated: call }],
  settledEarly,
});
