import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { assignedAbove } from '../../../languages/py/file';
import type { Growth } from '../../../rule';

const credit = 10;

/** `channel.basic_qos(prefetch_count=10)` (pika) or `await channel.set_qos(…)` (aio-pika) above the consumer. */
export function prefetch(call: Node, { settledEarly, doubt }: Growth, text: string): Fix | null {
  // Other libraries with such a method wait for it in their own ways.
  if (doubt !== undefined && !/^\s*(import|from) pika\b/m.test(text)) return null;
  const callee = call.childForFieldName('function');
  const receiver = callee?.childForFieldName('object');
  const statement = statementIn(call, ['block', 'module']);
  if (settledEarly !== null || !statement || !receiver) return null;
  const pika = callee?.childForFieldName('attribute')?.text === 'basic_consume';
  const channel = pika ? receiver.text : declaringChannel(receiver.text, call);
  if (channel === null || !/^(self\.)?\w+$/.test(channel)) return null;
  // What waits for the consumer waits for this too: txamqp of Twisted yields it.
  const waits = /^(await|yield)$/.exec(call.parent?.type ?? '')?.[0];
  const set = pika
    ? `${waits === undefined ? '' : `${waits} `}${channel}.basic_qos(prefetch_count=${credit})`
    : `await ${channel}.set_qos(prefetch_count=${credit})`;
  // Of a channel whose type is not told mypy says the same here.
  const ignored = /\s+# type: ignore.*/.exec(/.*/.exec(text.slice(statement.startIndex))?.[0] ?? '')?.[0] ?? '';
  const line = linesAbove(statement, text, [set + ignored]);
  return (
    line && {
      id: 'py/missing-prefetch/prefetch',
      title: `Let the broker send at most ${credit} unfinished messages (prefetch)`,
      edits: [line],
    }
  );
}

/** `channel` of `queue = await channel.declare_queue(…)`. */
function declaringChannel(queue: string, place: Node): string | null {
  const value = assignedAbove(queue, place);
  return /^await\s+((?:self\.)?\w+)\.(?:declare_queue|get_queue)\(/.exec(value?.text ?? '')?.[1] ?? null;
}
