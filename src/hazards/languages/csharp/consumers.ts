import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { argument, calleeName } from './calls';
import type { CsharpFile } from './file';

/** A consumer of RabbitMQ: the broker pushes all it has unless the channel says how much. */
export function consumerOf(call: Node, file: CsharpFile): Growth | null {
  const queue = argument(call, 'queue', 0);
  // Who is handed a channel may be handed one that is limited already.
  const makesChannel = /\.(CreateModel|CreateChannelAsync|CreateChannel)\(/.test(file.text);
  if (!queue || !makesChannel || !file.importsAny(/^RabbitMQ\.Client/) || /reply.?to/i.test(call.text)) return null;
  const unacknowledged = argument(call, 'autoAck', 1)?.text === 'true';
  return {
    unit: 'message',
    source: oneLine(queue),
    evidence: [
      `\`${calleeName(call)}\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`,
    ],
    turns: [{ place: call, repeated: call }],
    settledEarly: unacknowledged ? 'every message counts as done when it is sent (`autoAck`)' : null,
  };
}
