import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { poolOf, refusedIn, stageOf } from '../../seeds';
import { argumentsOf, keyword, positional, type DeclaredFunction, type PythonFile } from './file';
import { heldBy } from './queues/held';
import { textIn } from '../../syntax';

/** Does the queue go with its reader, or does somebody else give its arguments? */
const isOfOthers = (given: Node, { node }: DeclaredFunction): boolean => {
  const handed = /^(?:\*\*|arguments\s*=\s*)(\w+)$/.exec(given.text)?.[1];
  const parameters = textIn(node, 'parameters');
  if (handed !== undefined) return new RegExp(`\\b${handed}\\b`).test(parameters) || given.text.startsWith('**');
  return /^(exclusive|auto_delete)\s*=\s*True$/.test(given.text);
};

/** A queue of RabbitMQ whose messages are refused without requeue. */
export const refusalOf = (call: Node, file: PythonFile): Growth | null => {
  const around = file.functionAround(call);
  if (around && argumentsOf(call).some((given) => isOfOthers(given, around))) return null;
  return file.importsAny(/^(pika|aio_pika|aiormq)(\.|$)/)
    ? refusedIn(
        call,
        keyword(call, 'queue', 'name') ?? positional(call)[0],
        /\.(basic_nack|basic_reject|nack|reject)\([^()]*requeue=False\)/,
        file.root,
      )
    : null;
};

/** A pool of threads or processes with a size above one. */
export function sizedPoolOf(call: Node): Growth | null {
  const size = keyword(call, 'max_workers', 'processes') ?? positional(call)[0];
  return size?.text === '1' || size?.text === 'None' ? null : poolOf(call, size);
}

/** A queue with room for more than one item, in a file that tells metrics. */
export function stageQueueOf(call: Node, file: PythonFile): Growth | null {
  const made = /^(asyncio|queue|multiprocessing)\.(Lifo|Priority)?Queue$/.test(
    file.fullName(call.childForFieldName('function')),
  );
  const size = keyword(call, 'maxsize') ?? positional(call)[0];
  if (!made || !size || /^[01]$/.test(size.text) || !file.importsAny(/^(prometheus_client|opentelemetry)/)) return null;
  return stageOf(call, heldBy(call));
}

/** Where the length of the queue is told; null: nowhere. */
export function gaugeOf({ source }: Growth, file: PythonFile): string | null {
  const length = `${source}.qsize()`;
  return file.text.includes(length) ? `\`${length}\` in the file` : null;
}
