import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine } from '../../syntax';
import { argumentsOf } from './calls';
import type { RustFile } from './file';

/** A consumer of RabbitMQ (lapin, amqprs): the broker pushes all it has unless the channel says how much. */
export function consumerOf(call: Node, file: RustFile): Growth | null {
  const [queue] = argumentsOf(call);
  // Who is handed a channel may be handed one that is limited already.
  const makesChannel = /\.(create_channel|open_channel)\(/.test(file.text);
  if (!queue || !makesChannel || !file.importsAny(/^(lapin|amqprs)(::|$)/) || /reply.?to/i.test(call.text)) return null;
  const unacknowledged = /no_ack:\s*true|auto_ack\(true\)|no_ack\(true\)/.exec(call.text)?.[0];
  return {
    unit: 'message',
    source: oneLine(queue),
    evidence: [`\`basic_consume\` on line ${lineOf(call)} has the broker push every message of ${oneLine(queue)}`],
    turns: [{ place: call, repeated: call }],
    settledEarly:
      unacknowledged === undefined ? null : `every message counts as done when it is sent (\`${unacknowledged}\`)`,
  };
}
