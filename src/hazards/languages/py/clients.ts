import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine, partsOf, placeOf } from '../../syntax';
import { bodyLimit, bodyOf } from './reads/bodies';
import { calleeName, keyword, positional, type PythonFile } from './file';
import { requestDecorators, webFrameworks } from './names';
import { takes, wholeTable } from './reads/tables';
import { wholeOf } from './reads/wholes';

/** A task that a handler starts before a streamed answer: it goes on when the client leaves. */
export function streamOf(call: Node, file: PythonFile): Growth | null {
  const handler = file.functionAround(call);
  const decorators = handler?.node.parent?.type === 'decorated_definition' ? partsOf(handler.node.parent) : [];
  const answers = decorators.some(({ type, text }) => type === 'decorator' && requestDecorators.test(text));
  const streamed = handler?.node
    .descendantsOfType('call')
    .find(
      (each) => each.startIndex > call.endIndex && /^(StreamingResponse|EventSourceResponse)$/.test(calleeName(each)),
    );
  if (!handler || !answers || !streamed || !file.importsAny(webFrameworks)) return null;
  return {
    unit: 'request',
    source: handler.name,
    evidence: [
      `\`${handler.name}\` (line ${lineOf(handler.node)}) answers with \`${calleeName(streamed)}\` on line ${lineOf(streamed)}`,
      `${placeOf(call)} goes on beside it`,
    ],
    turns: [{ place: call, repeated: handler.node }],
    settledEarly: null,
  };
}

/** A look at whether the client is still there, or an end of the task. */
export function endOfClient(file: PythonFile): string | null {
  const sign = /\.cancel\(|is_disconnected\(|\bTaskGroup\b|create_task_group/.exec(file.text)?.[0];
  return sign === undefined ? null : `\`${sign}\` in the file`;
}

/** Where `count` stands among the positional arguments of redis-py. */
const countAt: Readonly<Record<string, number>> = { xread: 1, xreadgroup: 3 };

/** A read of a stream of Redis, which without a count brings all entries that wait, or of a whole table. */
export function readOf(call: Node, file: PythonFile): Growth | null {
  const name = calleeName(call);
  if (name === 'all') return wholeTable(call, file);
  if (!Object.hasOwn(countAt, name)) return bodyOf(call, file) ?? wholeOf(call, file);
  const handsOn = call.descendantsOfType(['dictionary_splat', 'list_splat']).length > 0;
  if (handsOn || !file.importsAny(/^(redis|aioredis|coredis)(\.|$)/)) return null;
  return {
    unit: 'message',
    source: oneLine(call),
    evidence: [`\`${name}\` on line ${lineOf(call)} asks for all entries that wait`],
    turns: [{ place: call, repeated: call }],
    settledEarly: null,
  };
}

/** `count=100` or `limit(100)` */
export function limitOf(call: Node, file: PythonFile): string | null {
  if (calleeName(call) === 'all') return takes(call);
  if (!Object.hasOwn(countAt, calleeName(call))) return bodyOf(call, file) ? bodyLimit(call, file) : null;
  const count = keyword(call, 'count', 'max_count') ?? positional(call)[countAt[calleeName(call)] ?? 0];
  return count && count.text !== 'None' ? `count=${count.text}` : null;
}

/** A stream that this file keeps short: what waits in it can be no more. */
export function trimmed(call: Node, file: PythonFile): string | null {
  const sign = /\bmaxlen\s*=\s*\w+|\bxtrim\(/.exec(file.text)?.[0];
  return sign !== undefined && calleeName(call).startsWith('xread') ? `the stream is kept short (\`${sign}\`)` : null;
}
