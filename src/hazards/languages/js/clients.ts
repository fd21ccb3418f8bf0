import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, isFunction, receiverOf, stringOf, type SourceFile } from './file';
import { isEndless } from './growth';
import { everything } from './reads/everything';
import { libraryRead } from './reads/libraryReads';
import { takes, wholeTable } from './reads/tables';
import { wholeAnswer } from './reads/wholeCalls';

/** Who is written to: the parameter of a handler that sends server-sent events, and the handler. */
export interface Client {
  writer: string;
  handler: Node;
}

/** The client that the place writes to again and again; null: none. */
export function clientOf(place: Node): Client | null {
  for (const outer of ancestorsOf(place)) {
    if (!isFunction(outer) || !outer.text.includes('text/event-stream')) continue;
    const parameters = outer.childForFieldName('parameters')?.descendantsOfType('identifier') ?? [];
    const writes = place
      .descendantsOfType('call_expression')
      .flatMap((call) => (calleeName(call) === 'write' ? (receiverOf(call) ?? []) : []));
    const written = parameters.find(({ text }) => writes.some((sink) => sink.text === text));
    if (written) return { writer: written.text, handler: outer };
  }
  return null;
}

/** An endless loop, or a timer, that sends events to a client. */
export function streamOf(place: Node): Growth | null {
  const awaited = place.type === 'for_in_statement' && place.children.some(({ type }) => type === 'await');
  if (place.type !== 'call_expression' && !awaited && !isEndless(place)) return null;
  const client = clientOf(place);
  if (!client) return null;
  return {
    unit: 'message',
    source: oneLine(place).replace(/\s*\{.*$/, ''),
    evidence: [`\`${client.writer}\` is written to again and again from line ${lineOf(place)} on, and nothing ends it`],
    turns: [{ place, repeated: place }],
    settledEarly: null,
  };
}

/** A look at whether the client is still there. */
export function endOfClient(place: Node): string | null {
  const sign =
    /\.(on|once|addListener)\(\s*['"](close|aborted|finish|end|error)['"]|\.(destroyed|closed|writableEnded|aborted|finished)\b|\bsignal\b/.exec(
      clientOf(place)?.handler.text ?? '',
    )?.[0];
  return sign === undefined ? null : `\`${sign}\` in the handler`;
}

/** A read of a stream of Redis, which without COUNT brings all entries that wait, or of a whole table. */
export function readOf(call: Node, file: SourceFile): Growth | null {
  const name = calleeName(call);
  if (/^(toArray|findMany)$/.test(name)) return wholeTable(call, file) ?? everything(call, file);
  if (!/^x[rR]ead([gG]roup)?$/.test(name))
    return wholeAnswer(call, file) ?? libraryRead(call, file) ?? everything(call, file);
  const given = argumentsOf(call);
  const ioredis = /^xread(group)?$/.test(name) && file.importsAny(/^ioredis$/);
  const nodeRedis = /^xRead(Group)?$/.test(name) && file.importsAny(/^(redis|@redis\/.*)$/);
  if (given.some(({ type }) => type === 'spread_element') || (!ioredis && !nodeRedis)) return null;
  const options = given[optionsAt[name] ?? given.length];
  if (nodeRedis && options && options.type !== 'object') return null;
  return {
    unit: 'message',
    source: oneLine(call),
    evidence: [`\`${name}\` on line ${lineOf(call)} asks for all entries that wait`],
    turns: [{ place: call, repeated: call }],
    settledEarly: null,
  };
}

/** Where the options of node-redis stand. */
export const optionsAt: Readonly<Record<string, number>> = { xRead: 1, xReadGroup: 3 };

/** `'COUNT', 100` or `{ COUNT: 100 }`, `take: 100` or `limit(100)` */
export function limitOf(call: Node): string | null {
  if (/^(toArray|findMany)$/.test(calleeName(call))) return takes(call);
  const words = argumentsOf(call).some((each) => stringOf(each)?.toUpperCase() === 'COUNT');
  const option = /\bCOUNT\s*:/.test(argumentsOf(call)[optionsAt[calleeName(call)] ?? -1]?.text ?? '');
  return words || option ? '`COUNT` is given' : null;
}

/** A stream that this file keeps short: what waits in it can be no more. */
export function trimmed(call: Node, file: SourceFile): string | null {
  const sign = /['"]MAXLEN['"]|\bxtrim\(|\bTRIM\s*:/i.exec(file.text)?.[0];
  return sign !== undefined && /^xread/i.test(calleeName(call)) ? `the stream is kept short (\`${sign}\`)` : null;
}
