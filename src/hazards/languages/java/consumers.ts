import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine, placeOf } from '../../syntax';
import { argumentsOf, calleeName, type JavaFile } from './file';

/** A consumer of RabbitMQ or Artemis: the broker pushes all it has unless the channel, the container or the client says how much. */
export function consumerOf(call: Node, file: JavaFile): Growth | null {
  if (call.type === 'string_literal' || calleeName(call) === 'setConsumerWindowSize') return artemis(call, file);
  return calleeName(call) === 'basicConsume' ? ownConsumer(call, file) : container(call, file);
}

function ownConsumer(call: Node, file: JavaFile): Growth | null {
  const [queue, second] = argumentsOf(call);
  if (!queue || queue.type === 'this' || !file.importsAny(/^com\.rabbitmq\b/)) return null;
  if (/reply/i.test(call.text.replace(/\/\*[^]*?\*\//g, '')) || isHandedOn(call, queue, file)) return null;
  const step = `\`basicConsume\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`;
  const early = second?.text === 'true' ? 'with autoAck every message counts as done when it is sent' : null;
  const found = consumer(call, oneLine(queue), step, early);
  const sometimes = qosCalls(file).find((each) => conditionOf(each) !== null);
  const condition = sometimes && conditionOf(sometimes);
  if (sometimes && condition) {
    const said = `${placeOf(sometimes)} runs only when \`${oneLine(condition)}\``;
    return { ...found, evidence: [step, said], doubt: `whether \`${oneLine(condition)}\` holds` };
  }
  // Who is handed a channel may be handed one that is limited already.
  return /\bcreateChannel\(/.test(file.text)
    ? found
    : { ...found, doubt: 'whether whoever makes the channel sets a prefetch' };
}

/** A channel that wraps another one, or takes its consumers up again, is handed what was limited. */
function isHandedOn(call: Node, queue: Node, file: JavaFile): boolean {
  const around = file.methodAround(call);
  const given = around?.node.childForFieldName('parameters')?.namedChildren ?? [];
  const passesOn = given.some((each) => each.childForFieldName('name')?.text === queue.text);
  return /recover/i.test(around?.name ?? '') || (/basicConsume/i.test(around?.name ?? '') && passesOn);
}

const qosCalls = (file: JavaFile): Node[] =>
  file.text.includes('basicQos(')
    ? file.root.descendantsOfType('method_invocation').filter((call) => calleeName(call) === 'basicQos')
    : [];

/** Is there a prefetch whatever the settings are? */
export const prefetchIsSure = (file: JavaFile): boolean => qosCalls(file).some((call) => conditionOf(call) === null);

/** `settings.prefetch().isPresent()`, `prefetch != null`: without a setting there is no prefetch. Null: nothing asks. */
function conditionOf(qos: Node): Node | null {
  for (const outer of ancestorsOf(qos)) {
    if (outer.type.endsWith('_declaration') || outer.type === 'lambda_expression') return null;
    const condition = outer.type === 'if_statement' ? outer.childForFieldName('condition') : null;
    const asks = condition !== null && /isPresent\(\)|[!=]= null\b/.test(condition.text);
    if (asks && /prefetch|qos/i.test(condition.text) && !outer.childForFieldName('alternative')) return condition;
  }
  return null;
}

/** `container.setPrefetchCount(0)`: Spring's own 250 is taken away. */
function container(call: Node, file: JavaFile): Growth | null {
  const endless = argumentsOf(call)[0]?.text === '0' && file.importsAny(/^org\.springframework\.amqp\b/);
  const step = `${placeOf(call)} takes away the limit of 250 that Spring sets by itself`;
  return endless ? consumer(call, 'the container’s queues', step, null) : null;
}

/** `consumerWindowSize=-1`: the client of Artemis has 1 MiB by itself, and holds any number with this. */
function artemis(place: Node, file: JavaFile): Growth | null {
  const given = place.type === 'string_literal' ? '-1' : argumentsOf(place)[0]?.text;
  if (given !== '-1' || !file.importsAny(/(^|\.)(jms|artemis|activemq)\b/)) return null;
  const step = `${placeOf(place)} takes away the limit of 1 MiB that the client of Artemis has by itself`;
  return consumer(place, 'the queue', step, null);
}

const consumer = (call: Node, source: string, step: string, settledEarly: string | null): Growth => ({
  unit: 'message',
  source,
  evidence: [step],
  turns: [{ place: call, repeated: call }],
  settledEarly,
});
