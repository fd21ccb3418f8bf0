import type { Node } from 'web-tree-sitter';
import type { Growth, Words } from '../../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../../syntax';
import { allOf } from '../../../words';
import {
  argumentsOf,
  calleeName,
  callTaking,
  escaped,
  isFunction,
  receiverOf,
  type SourceFile,
  stringOf,
} from '../file';

/** Words of a file that may send the pieces of a stream to a client of socket.io. */
export const mayEmitData: Words = allOf(
  /\.emit\(/,
  /['"](?:disconnect|socket\.io)['"]/,
  /\.on(?:Data\(|\(\s*['"]data['"])/,
);

/** `terminal.onData((data) => socket.emit('output', data))`: socket.io keeps what its client has not taken, without a limit. */
export function emittedData(place: Node, call: Node, file: SourceFile): Growth | null {
  const [event, ...values] = argumentsOf(call);
  const sink = receiverOf(call);
  if (!sink || stringOf(event) === null || values.length === 0 || /^(this|self|that|_this)$/.test(sink.text))
    return null;
  const listener = [...ancestorsOf(place)].find(isFunction);
  const taking = listener && callTaking(listener);
  const source = taking && receiverOf(taking);
  const brings =
    taking &&
    (calleeName(taking) === 'onData' || (calleeName(taking) === 'on' && stringOf(argumentsOf(taking)[0]) === 'data'));
  if (!listener || !source || !brings || source.text === sink.text || !isOfSocketIo(sink, file)) return null;
  return {
    unit: 'chunk',
    source: oneLine(source),
    evidence: [
      `\`${oneLine(call)}\` on line ${lineOf(place)} sends on each chunk of \`${oneLine(source)}\`, which is never paused`,
    ],
    turns: [{ place, repeated: listener }],
    settledEarly: null,
    doubt: `how much \`${oneLine(source)}\` brings`,
  };
}

/** Is it a socket that tells when its client leaves, or one of a server of socket.io? */
function isOfSocketIo(sink: Node, file: SourceFile): boolean {
  const name = /([\w$]+)(\.(to|in)\([^()]*\))?$/.exec(sink.text)?.[1] ?? '';
  if (name === '') return false;
  return (
    file.says(`(?<![\\w$])${escaped(name)}\\.(on|once)\\(\\s*['"]disconnect['"]`) ||
    (file.importsAny(/^(socket\.io|@nestjs\/websockets)$/) && /(socket|client|io|nsp|room)$/i.test(name))
  );
}
