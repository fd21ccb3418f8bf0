import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf } from '../../../syntax';
import { calleeName, parameterOfType } from '../calls';
import type { Declarations } from '../declarations';
import { madeOf } from '../arrivals/derived';
import { asking, callsOnly } from './asking';

/** Calls that collect until an end comes: of `bufio.Reader`, and of `textproto.Reader` and `Conn`. */
const upToAnEnd =
  /^(ReadString|ReadBytes|ReadLine|ReadLineBytes|ReadContinuedLine|ReadContinuedLineBytes|ReadMIMEHeader|ReadDotBytes|ReadDotLines)$/;
const ofBuffered = /^Read(String|Bytes)$/;

const readerType = /^\*?(bufio\.Read(er|Writer)|textproto\.(Reader|Conn))$/;

/** A line, or what is sent up to a mark, that the other side of a connection may never end. */
export function lineReadOf(call: Node, file: Declarations): Growth | null {
  if (!upToAnEnd.test(calleeName(call)) || callsOnly(file)) return null;
  const reader = call.childForFieldName('function')?.childForFieldName('operand');
  if (!reader || !ofPeer(reader, ofBuffered.test(calleeName(call)), file)) return null;
  return asking(
    call,
    'connection',
    `${placeOf(call)} keeps what the peer sends until the end of it comes: it has no greatest length, unless a LimitedReader stands before it`,
  );
}

/** Is the reader made of a connection? */
function ofPeer(reader: Node, buffered: boolean, file: Declarations): boolean {
  const around = file.functionAround(reader)?.node;
  const name = /\w+$/.exec(reader.text.replace(/\.(Reader|R)$/, ''))?.[0];
  if (!around || name === undefined) return false;
  const isHanded = parameterOfType(around, readerType) === reader.text;
  const isLocal = reader.type === 'identifier' && !isHanded;
  const made = new RegExp(
    `\\b${isHanded ? '\\w+' : name}(?:, \\w+)?(?:\\s*:?=|:)\\s*(?:&?[\\w.]+\\{)?${buffered ? '(?:bufio|textproto)' : 'textproto'}\\.New(?:Reader(?:Size)?|ReadWriter|Conn)\\(([^\\n]*)`,
    'g',
  );
  const sources = [...(isLocal ? around.text : file.text).matchAll(made)].map(([, from = '']) => from);
  if (sources.some((from) => ofConnection(from, file))) return true;
  const brought = madeOf([parameterOfType(around, connection) ?? '', ...acceptedIn(around.text)], around, reader);
  return isLocal && sources.some((from) => !inMemory.test(from) && brought.has(/^\w+/.exec(from)?.[0] ?? ''));
}

/** Does one of the names stand for a connection, by its type or by how it was got? */
const ofConnection = (from: string, file: Declarations): boolean =>
  [...from.matchAll(/(?:\w+\.)*(\w+)\b(?!\()/g)].some(([whole, name = '']) =>
    whole.includes('.')
      ? connection.test(file.typeOf(name) ?? '')
      : file.says(`\\b${name}(?:, \\w+)* ${connection.source.slice(1)}`) || acceptedIn(file.text).includes(name),
  );

const connection = /^\*?(?:net\.(?:TCP|Unix)?Conn|tls\.Conn|quic\.(?:Receive)?Stream|ssh\.Channel)\b/;

/** Connections that others have opened. */
const acceptedIn = (text: string): string[] =>
  [...text.matchAll(/\b(\w+)(?:, \w+)* :?= [\w.]*\b(?:Accept\w*|tls\.Server|Hijack)\(/g)].map(([, name = '']) => name);

const inMemory = /\b(?:bytes|strings)\.New/;
