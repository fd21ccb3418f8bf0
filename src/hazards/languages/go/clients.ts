import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { growing } from './growing';
import { lineOf, oneLine, partsOf, placeOf, textIn } from '../../syntax';
import { grpcStream } from './answers';
import { argumentsOf, calleeName, closestFunction, parameterOfType } from './calls';

/** Who is sent to: the names of the request and of what is written to. */
export interface Client {
  /** What has the `Context()` that ends when the client leaves. */
  request: string;
  writer: string;
}

/** The client that the function around a place answers: of HTTP, or of a stream of gRPC; null: none. */
export function clientOf(place: Node): Client | null {
  const around = closestFunction(place);
  if (!around) return null;
  const writer = parameterOfType(around, /^http\.ResponseWriter$/);
  const request = parameterOfType(around, /^\*http\.Request$/);
  if (writer !== null && request !== null) return { writer, request };
  const stream = parameterOfType(around, grpcStream);
  return stream === null ? null : { writer: stream, request: stream };
}

/** An endless loop in a handler that writes to its client in each turn. */
export function streamOf(loop: Node): Growth | null {
  const client = clientOf(loop);
  const [head] = partsOf(loop);
  const counts = head?.type === 'for_clause' || (head && !/^(block|range_clause)$/.test(head.type));
  if (!client || !head || counts) return null;
  if (head.type === 'range_clause' && !/\.C$|chan|events?$|messages?$|updates?$|sub/i.test(textIn(head, 'right')))
    return null;
  if (head.type === 'range_clause' && isSlice(head.childForFieldName('right'), loop)) return null;
  const write = loop.descendantsOfType('call_expression').find((call) => writesTo(client, call));
  if (!write) return null;
  const step = `the loop on line ${lineOf(loop)} writes to the client at ${placeOf(write)}, and nothing ends it`;
  return growing('message', oneLine(loop).replace(/\s*\{.*$/, ''), [step], { place: loop, repeated: loop });
}

/** `var events []Event`, `events = append(events, …)`: what was collected before ends. */
const isSlice = (over: Node | null, loop: Node): boolean =>
  over?.type === 'identifier' &&
  new RegExp(`\\b${over.text} (\\[\\]|:?= (\\[\\]|make\\(\\[\\]|append\\())`).test(closestFunction(loop)?.text ?? '');

const writesTo = ({ writer }: Client, call: Node) => {
  const operand = call.childForFieldName('function')?.childForFieldName('operand')?.text;
  if (operand === writer) return /^(Write|WriteString|Send|SendMsg)$/.test(calleeName(call));
  return /^(Fprint\w*|WriteString)$/.test(calleeName(call)) && argumentsOf(call)[0]?.text === writer;
};

/** A look at whether the client is still there, or at what the write answers. */
export function endOfClient(loop: Node): string | null {
  const around = closestFunction(loop);
  const sign = /\.Context\(\)|\bctx\.(Done|Err)\(|CloseNotify\(|<-\s*\w*(done|quit|stop|closed)\w*/i.exec(
    around?.text ?? '',
  )?.[0];
  if (sign !== undefined) return `\`${sign}\` in the function`;
  const client = clientOf(loop);
  const read = loop
    .descendantsOfType('call_expression')
    .find((call) => client && writesTo(client, call) && call.parent?.type !== 'expression_statement');
  return read ? `the answer of ${placeOf(read)} is looked at` : null;
}
