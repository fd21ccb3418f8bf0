import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { poolOf, refusedIn } from '../../seeds';
import { argumentsOf, type SourceFile } from './file';
import { textIn } from '../../syntax';

/** A queue of RabbitMQ whose messages are refused without requeue. */
export const refusalOf = (call: Node, file: SourceFile): Growth | null =>
  file.importsAny(/^(amqplib(\/.*)?|amqp-connection-manager)$/)
    ? refusedIn(call, argumentsOf(call)[0], /\.nack\([^()]*, false, false\)|\.reject\([^()]*, false\)/, file.root)
    : null;

/** A limiter or pool with a size above one. */
export function sizedPoolOf(call: Node): Growth | null {
  const [given] = argumentsOf(call);
  const pair = given?.descendantsOfType('pair').find((each) => /^(concurrency|maxThreads)$/.test(textIn(each, 'key')));
  const size = given?.type === 'object' ? pair?.childForFieldName('value') : given;
  return size?.text === '1' ? null : poolOf(call, size);
}
