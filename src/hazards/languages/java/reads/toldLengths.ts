import type { Node } from 'web-tree-sitter';
import { ancestorsOf, oneLine, placeOf, textIn } from '../../../syntax';
import { allOf, anyOf, naming } from '../../../words';
import { calleeName, type JavaFile } from '../file';

/** Reads of a number that is longer than two bytes. */
const numbers = /^(read|get)\w*(Int|Int32|Integer|Long|VarInt|Varint|Length|Size)\w*$/;

/** What brings the bytes of a peer. */
const peers = /\bSocket\b|\bSocketChannel\b|ChannelHandlerContext|\bgetInputStream\(\)/;

/** What is only a question whether all of it is there already. */
const there = /readableBytes|remaining|available|bytesRemaining/i;

/**
 * `new byte[length]` where a peer says the length and nothing compares it with a limit.
 * @returns where the length comes from; null: it is none of the kind
 */
export function toldLength(made: Node, file: JavaFile): string | null {
  const size = made.descendantsOfType('dimensions_expr')[0]?.namedChildren[0];
  const method = file.methodAround(made)?.node;
  if (made.childForFieldName('type')?.text !== 'byte' || !size || !method) return null;
  // What a header announces: `new byte[request.getContentLength()]`.
  if (announced.test(size.text) && !/\b(max|MAX|limit|LIMIT)/.test(method.text)) return `\`${oneLine(size)}\``;
  if (size.type !== 'identifier') return null;
  const name = size.text;
  const read = method
    .descendantsOfType(['variable_declarator', 'assignment_expression'])
    .filter((each) => (each.childForFieldName('name') ?? each.childForFieldName('left'))?.text === name)
    .filter((each) => each.endIndex <= made.startIndex)
    .at(-1);
  const value = read?.childForFieldName('value') ?? read?.childForFieldName('right');
  const call = value?.type === 'cast_expression' ? value.childForFieldName('value') : value;
  if (call?.type !== 'method_invocation' || !numbers.test(calleeName(call))) return null;
  const owner = file.classAround(made)?.text ?? '';
  if (!peers.test(owner) || ofFiles.test(method.text) || isCompared(name, made, method)) return null;
  return placeOf(call);
}

const announced = /\b(getContentLength(Long)?|contentLength)\(\)$/;

/** Files of the program itself. */
const ofFiles = /\bFile(Channel|InputStream)?\b|RandomAccessFile|MappedByteBuffer/;

/** Is the length compared with more than zero, or handed to something that may look at it? */
function isCompared(name: string, made: Node, method: Node): boolean {
  const asked = method
    .descendantsOfType('binary_expression')
    .filter((each) => /^[<>]=?$/.test(textIn(each, 'operator')))
    .filter((each) => new RegExp(`\\b${name}\\b`).test(each.text) && each.startIndex < made.startIndex);
  const given = new RegExp(`\\b(Math\\.min|\\w*([cC]heck|[vV]alid|[lL]imit|[eE]nsure)\\w*)\\([^;]*\\b${name}\\b`);
  return asked.some((each) => !isWaiting(each) && !/\b[01]\b/.test(each.text)) || given.test(method.text);
}

/** `if (in.readableBytes() < length) return;`: it waits until all is there. */
const isWaiting = (question: Node) =>
  there.test(question.text) &&
  ![...ancestorsOf(question)]
    .find(({ type }) => type === 'if_statement')
    ?.childForFieldName('consequence')
    ?.text.includes('throw ');

/** Words of files in which a peer may say a length. */
export const toldLengthWords = anyOf(
  allOf(naming('ontentLength()]'), /new byte\[[^\]]*ontentLength\(\)\]/),
  allOf(/\bnew byte\[[a-z]\w*\]/, /\.(read|get)\w*(Int|Long|Size|Length)\w*\(\)/, peers),
);
