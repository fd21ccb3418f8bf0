import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { poolOf, refusedIn, stageOf } from '../../seeds';
import { partsOf, textIn } from '../../syntax';
import { argumentsOf } from './calls';
import type { Declarations } from './declarations';
import { permitChannel, quietChannel, quietItem } from './names';

/** A queue of RabbitMQ whose messages are refused without requeue. */
export const refusalOf = (call: Node, file: Declarations): Growth | null =>
  file.importsAny(/amqp091-go|streadway\/amqp/)
    ? refusedIn(call, argumentsOf(call)[0], /\.Nack\(\w+, false\)|\.Reject\(false\)/, file.root)
    : null;

/** A pool of goroutines of a library. */
export const sizedPoolOf = (call: Node): Growth | null => poolOf(call, argumentsOf(call)[0]);

/** Room for one answer from each of those asked (`len(nodes)`, `numNodes`), or for one at most: nothing can pile up. */
const answersEach = /^[01]$|\b(len|cap)\(|^(n|num[A-Z]\w*|\w+Count)$/;

/** Functions whose channels are there for as long as the program: what others make ends with their call. */
const lasting = /^(main|new|start|open|init|setup|serve|listen)/i;

/** A channel with room for more than one item, in a file that tells metrics. */
export function stageChannelOf(call: Node, file: Declarations): Growth | null {
  const [type, size] = argumentsOf(call);
  const item = type?.type === 'channel_type' ? textIn(type, 'value') : 'error';
  const made = call.parent?.parent;
  const [held] = made?.type === 'short_var_declaration' ? partsOf(made.childForFieldName('left') ?? made) : [];
  const work =
    !quietItem.test(item) && item !== 'bool' && held && !quietChannel.test(held.text) && !permitChannel.test(held.text);
  if (!work || !size || answersEach.test(size.text) || !file.importsAny(/prometheus|opentelemetry/)) return null;
  return lasting.test(file.functionAround(call)?.name ?? '') ? stageOf(call, held.text) : null;
}

/** Where the length of the channel is told; null: nowhere. */
export function gaugeOf({ source }: Growth, file: Declarations): string | null {
  const length = `len(${source})`;
  return file.text.includes(length) ? `\`${length}\` in the file` : null;
}
