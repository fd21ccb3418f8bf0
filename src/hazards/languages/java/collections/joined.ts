import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, placeOf, textIn } from '../../../syntax';
import { allOf, anyOf, naming } from '../../../words';
import { argumentsOf, receiverText, type JavaFile } from '../file';
import { sockets } from '../names';
import { composing, speaksOfParameter } from './gathered';

/** What holds parts in one piece, and grows as they are added. */
const wholes =
  /^(\w*ByteArrayOutputStream|StringBuilder|StringBuffer|StringWriter|CompositeByteBuf|ByteBuf|ChannelBuffer|IoBuffer|Buffer|ByteBufferList)$/;

/** Parts of what a peer sends, and bytes that may be some. */
const frame = 'WebSocketFrame|Frame|ByteBuf|ChannelBuffer|IoBuffer|DataBuffer|ByteBufferList';
const bytes = String.raw`ByteBuffer|Buffer|byte\[\]|ByteString`;
const frames = new RegExp(`^(?:${frame})$`);
const plain = new RegExp(`^(?:${bytes}|String|CharSequence|char\\[\\]|\\w*Frame)$`);
const listOfParts = new RegExp(String.raw`^(?:\w+\.)*\w*(?:List|Vector|Collection)\s*<\s*(?:${frame}|${bytes})\s*>$`);

/** Parts of a message that a field joins until the last one comes, of which nothing says how many there may be. */
export function joinedParts(call: Node, file: JavaFile): Growth | null {
  const name = receiverText(call).replace(/^this\./, '');
  const type = /^\w+$/.test(name) ? file.typeOfField(name) : null;
  const around = file.methodAround(call);
  const [given] = argumentsOf(call);
  if (type === null || around?.node.type !== 'method_declaration' || !given) return null;
  const isList = listOfParts.test(type);
  if (!isList && !wholes.test(type)) return null;
  const owner = file.classAround(call);
  const ownerName = textIn(owner, 'name');
  if (composing.test(`${ownerName.replace(/Pars\w*|Writer$/, '')} ${around.name}`)) return null;
  if (/OutputStream|Writer/.test(textIn(owner, 'superclass'))) return null;
  if (!isHandedParts(around.node, file) || !speaksOfParameter(given, around.node)) return null;
  if (isList && new RegExp(String.raw`\b${name}\s*\.\s*(poll|take|remove|pop)\w*\(`).test(file.text)) return null;
  if (isLimited(name, file) || isScratch(name, call, around.node)) return null;
  return {
    ...{ unit: 'call', source: around.name, settledEarly: null },
    doubt: `how often \`${around.name}\` is called before the last part comes`,
    evidence: [
      `${placeOf(call)} adds a part with each call of \`${around.name}\``,
      `nothing in this file compares how long \`${name}\` is with a limit`,
    ],
    turns: [{ place: call, repeated: around.node }],
  };
}

/** Is the method handed what a peer sent: a part, or text and bytes in a file that speaks to peers? */
function isHandedParts(method: Node, file: JavaFile): boolean {
  const types = (method.childForFieldName('parameters')?.namedChildren ?? []).map((each) => textIn(each, 'type'));
  if (types.some((type) => frames.test(type))) return true;
  const peers = file.importsAny(sockets) || file.importsAny(/^(io\.vertx|org\.apache\.mina|org\.xnio)\b/);
  // What is written, the program itself makes.
  const writes = /^(write|append|print|put|add|send)/.test(textIn(method, 'name'));
  return peers && !writes && types.some((type) => plain.test(type));
}

/** Does something say how long it may get? */
const isLimited = (name: string, file: JavaFile) =>
  /\b(max|limit)(imum)?_?\w*(size|length|bytes|frame|message|payload|buffer|fragment|capacity)/i.test(file.text) ||
  new RegExp(
    String.raw`\b${name}\s*\.\s*(size|length|readableBytes|writerIndex|getCount|remaining)\(\)[^;{}=]{0,40}[<>]=?\s*(?![01]\b)|[<>]=?\s*(this\.)?${name}\s*\.\s*(size|length|readableBytes|remaining)\(`,
  ).test(file.text);

/** Is it emptied in the same turn, whatever comes? Then it holds one part at most. */
function isScratch(name: string, call: Node, method: Node): boolean {
  const emptying = new RegExp(
    String.raw`\b${name}\s*(?:\.\s*(?:reset|setLength|clear|delete|release|discardReadBytes|compact|flip)\(|=(?!=|\s*(?:this\.)?${name}\b))`,
    'g',
  );
  return [...method.text.matchAll(emptying)].some(({ index }) => {
    const at = method.descendantForIndex(method.startIndex + index);
    const between = method.text.slice(call.endIndex - method.startIndex, Math.max(0, index));
    return at !== null && !/\breturn\b/.test(between) && !isConditional(at, call, method);
  });
}

/** Does it run in some turns only, of those that come to the call? */
function isConditional(at: Node, call: Node, method: Node): boolean {
  for (const outer of ancestorsOf(at)) {
    if (outer.id === method.id) return false;
    const holdsCall = outer.startIndex <= call.startIndex && call.endIndex <= outer.endIndex;
    if (
      /^(if_statement|switch_block_statement_group|switch_rule|catch_clause|lambda_expression)$/.test(outer.type) &&
      !holdsCall
    )
      return true;
  }
  return false;
}

/** Words of files that join parts in a field. */
export const joinedWords = anyOf(
  allOf(
    naming('.add('),
    naming('List<'),
    anyOf(
      new RegExp(String.raw`List<(?:${frame})>\s+\w+\s*(?:=[^;]*)?;`),
      allOf(
        new RegExp(String.raw`List<(?:${bytes})>\s+\w+\s*(?:=[^;]*)?;`),
        naming(
          'import java.net.',
          'java.nio.channels.',
          '.websocket',
          'import io.netty',
          'import io.vertx',
          'import okhttp3',
        ),
      ),
    ),
  ),
  allOf(naming('Buffer'), naming('.appendBuffer('), /^\s*(private|protected)[^;(){}\n]* Buffer \w+( =[^;]*)?;/m),
);
