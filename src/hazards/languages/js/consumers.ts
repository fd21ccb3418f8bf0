import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { creditIn } from './credit';
import { argumentsOf, escaped, isFunction, receiverOf, type SourceFile, unbound } from './file';

/** A consumer of RabbitMQ: the broker pushes all it has unless the channel says how much. */
export function consumerOf(call: Node, file: SourceFile): Growth | null {
  const [queue, handler, options] = argumentsOf(call);
  if (!queue || !handler || /repl(y|ies)\b|repl(y|ies)[-_ ]?(to|queue)|direct_?repl/i.test(queue.text)) return null;
  const named = unbound(handler);
  const known = isFunction(named) || file.functionMeant(named) !== null;
  if (!known && !/^(identifier|member_expression|call_expression)$/.test(handler.type)) return null;
  const unacknowledged = /noAck:\s*true/.test(options?.text ?? '');
  const growth: Growth = {
    unit: 'message',
    source: oneLine(queue),
    evidence: [`\`consume\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: unacknowledged ? 'with `noAck` every message counts as done when it is sent' : null,
  };
  const unset = unacknowledged ? null : (creditIn(file)?.unlessSet ?? null);
  const doubt =
    unset !== null ? `whether \`${unset}\` is set` : isHandedIn(receiverOf(call), file) ? madeElsewhere : null;
  const doubted = doubt === null || unacknowledged ? growth : { ...growth, doubt };
  if (file.importsAny(/^(amqplib(\/.*)?|amqp-connection-manager)$/)) return doubted;
  if (unacknowledged || !takesTime(named, file)) return null;
  if (unset !== null && isAcknowledged(receiverOf(call), file)) return doubted;
  return isChannel(receiverOf(call), file) ? { ...growth, doubt: madeElsewhere } : null;
}

const madeElsewhere = 'whether the channel, which is made in another file, has a prefetch';

/** Is it a parameter, in a file that makes no channels? */
function isHandedIn(channel: Node | null, file: SourceFile): boolean {
  if (channel?.type !== 'identifier' || file.says('\\bcreate(Confirm)?Channel\\b|\\bChannelWrapper\\b')) return false;
  const around = file.functionAround(channel);
  const parameters = around?.childForFieldName('parameters') ?? around?.childForFieldName('parameter');
  return parameters?.descendantsOfType('identifier').some(({ text }) => text === channel.text) === true;
}

const isAcknowledged = (object: Node | null, file: SourceFile): boolean =>
  object !== null && file.says(`(?<![\\w$.])${escaped(object.text)}\\.(ack|nack|reject)\\(`);

/** What messages are acknowledged on, or queues declared, is a channel of RabbitMQ. One that is kept or handed in may be limited. */
function isChannel(object: Node | null, file: SourceFile): boolean {
  const name = object?.type === 'identifier' ? escaped(object.text) : '';
  const around = object ? file.functionAround(object) : null;
  const asked = '(ack|nack|reject|assertQueue|bindQueue|assertExchange|sendToQueue|checkQueue)\\(';
  const made = new RegExp(`\\b(const|let|var) ${name} = (await )?[\\w.$]+\\(`);
  return name !== '' && around !== null && made.test(around.text) && file.says(`\\b${name}\\.${asked}`);
}

/** A handler that is done when it returns holds nothing back. */
function takesTime(handler: Node, file: SourceFile): boolean {
  const work = isFunction(handler) ? handler : file.functionMeant(handler);
  return work === null || /\bawait\b|\.then\(|\b(err|error)\b\s*[,)]\s*(=>|\{)/.test(work.text);
}
