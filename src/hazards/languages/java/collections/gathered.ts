import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, placeOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, isPrivate, receiverText, type JavaFile } from '../file';
import { filling } from '../queues/fills';
import { arrivingIn, unpacked } from '../reads/streams';

/** What holds bytes or text in one piece, and grows as it is written to. */
const buffers =
  /^(\w*ByteArrayOutputStream|StringBuilder|StringBuffer|StringWriter|CompositeByteBuf|ByteArrayBuilder)$/;

/** `while ((n = in.read(chunk)) > 0) out.write(chunk, 0, n)`, where `out` is made in the method and the stream comes from outside. @param unpacks whether it unpacks */
export function readToEnd(call: Node, file: JavaFile, unpacks: boolean): Growth | null {
  const name = receiverText(call);
  const loop = [...ancestorsOf(call)].find(({ type }) => /^(while|do|for)_statement$/.test(type));
  const method = file.methodAround(call)?.node;
  if (!loop || !method || !isBufferOf(name, method)) return null;
  const read = loop
    .descendantsOfType('method_invocation')
    .find((each) => /^read(Line)?$/.test(calleeName(each)) && receiverText(each) !== '');
  const stream = read?.childForFieldName('object');
  const arriving = stream ? arrivingIn(stream, file) : null;
  const kept = read?.parent?.childForFieldName('left') ?? read?.parent?.childForFieldName('name');
  const given = [kept?.text, ...(read ? argumentsOf(read).map(({ text }) => text) : [])];
  if (!read || !arriving || (arriving.what === unpacked) !== unpacks) return null;
  if (!argumentsOf(call).some((each) => given.some((one) => one && speaksOf(each.text, one)))) return null;
  return {
    ...{ unit: 'chunk', source: oneLine(read), settledEarly: null, doubt: arriving.doubt },
    evidence: [`\`${name}\` holds ${arriving.what}: the loop on line ${lineOf(loop)} goes on to its end`],
    turns: [{ place: call, repeated: loop }],
  };
}

const speaksOf = (text: string, name: string) => /^\w+$/.test(name) && new RegExp(`\\b${name}\\b`).test(text);

/** Is the variable given a new buffer in the method? */
export const isBufferOf = (name: string, method: Node | undefined) =>
  method !== undefined &&
  /^\w+$/.test(name) &&
  buffers.test(
    new RegExp(`\\b${name}\\s*=\\s*new\\s+([\\w.]+)\\s*[(<]`).exec(method.text)?.[1]?.split('.').at(-1) ?? '',
  );

/** A buffer in a field that a method for others writes what it is handed to, and that nobody empties or measures. */
export function gatheredInField(call: Node, file: JavaFile): Growth | null {
  const name = receiverText(call).replace(/^this\./, '');
  const type = /^\w+$/.test(name) ? file.typeOfField(name) : null;
  if (type === null || !buffers.test(type)) return null;
  const around = file.methodAround(call);
  const fill = filling(call);
  const owner = file.classAround(call)?.childForFieldName('name')?.text ?? '';
  const [given] = argumentsOf(call);
  if (
    around?.node.type !== 'method_declaration' ||
    isPrivate(around.node) ||
    !fill ||
    !given ||
    composing.test(`${owner} ${around.name}`)
  )
    return null;
  if (!speaksOfParameter(given, around.node) || isMeasured(name, file)) return null;
  return {
    ...{
      unit: 'call',
      source: around.name,
      settledEarly: null,
      doubt: `how often \`${around.name}\` is called, and with how much`,
    },
    evidence: [
      `${placeOf(call)} adds to it with each call of \`${around.name}\``,
      `nothing in this file empties \`${name}\` or looks how long it is`,
    ],
    turns: [{ place: call, repeated: around.node }],
  };
}

/** Those that make one text of known parts. */
export const composing =
  /Build|Format|Sql|Pars|Print|Encod|Template|Generat|Query|Json|Xml|Html|Visit|Writer|Dump|Document|Lex|Token|Scann|Render|toString|Convert|Serializ|Util|Signature|Escap|Test/i;

/** Is what is put in what the method was handed, or made of it? */
export function speaksOfParameter(given: Node, method: Node): boolean {
  if (/^["'\d(]|^[A-Z_\d]+$/.test(given.text)) return false;
  const parameters = (method.childForFieldName('parameters')?.namedChildren ?? [])
    .map((each) => textIn(each, 'name'))
    .filter((each) => /^\w+$/.test(each));
  const known = new Set(parameters);
  for (const each of method.descendantsOfType('variable_declarator')) {
    const value = textIn(each, 'value');
    const made = textIn(each, 'name');
    if ([...known].some((one) => new RegExp(`\\b${one}\\b`).test(value))) known.add(made);
  }
  return [...known].some((one) => new RegExp(`\\b${one}\\b`).test(given.text));
}

/** Does something empty it, look how long it is or put another in its place? */
const isMeasured = (name: string, file: JavaFile) =>
  new RegExp(`\\b${name}\\s*\\.\\s*(reset|setLength|delete\\w*|size|length|clear|release|getCount)\\(`).test(
    file.text,
  ) || [...file.text.matchAll(new RegExp(`\\b${name}\\s*=[^=]`, 'g'))].length > 1;
