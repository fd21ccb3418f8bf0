import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import { isBufferOf } from '../collections/gathered';

/** Calls that hold all of a stream at once, of what helps with streams. */
const helping =
  /^((to|as)(ByteArray|Bytes|CharArray|String)|copyTo(ByteArray|String)|readAllBytes|read(Bytes|Utf8|Lines|Fully|Entirely|All|ToEnd|Stream|InputStream|String)\w*|([iI]nputS|s)tream(To|2)\w+|get(Bytes|String)\w*|slurp|drain)$/;

const helpers = /^[A-Z]\w*(IO|Io|Stream|Util|Helper|Bytes)\w*$|^(IO|Okio|Streams|Resources|Utils?)\w*$/;

const request = /\b\w*(request|req|exchange|ctx)(\(\))?\.(getInputStream|getRequestBody|getReader)\(\)/i;

/** `IOUtils.toByteArray(stream)`, or imported by its name alone: `toByteArray(stream)`. */
const isHelped = (call: Node) =>
  helping.test(calleeName(call)) &&
  (helpers.test(receiverText(call)) || (receiverText(call) === '' && argumentsOf(call).length > 0));

/** `mapper.readValue(request.getInputStream(), Order.class)`: one value, which is whole in memory before anybody looks at it. */
const decoding = /^(read[A-Z]\w*|fromJson|unmarshal|deserialize|parseObject)$/;

/** The stream of which a call holds all; null: it is no such call. */
export function streamReadWhole(call: Node, file: JavaFile): Node | null {
  const [first, second] = argumentsOf(call);
  if (isHelped(call)) return first && !/len|size|count|num|^\d/i.test(second?.text ?? '') ? first : null;
  const name = calleeName(call);
  if (decoding.test(name) && first && request.test(first.text)) return first;
  const own = call.childForFieldName('object');
  if (name === 'readAllBytes' || (name === 'lines' && call.parent && calleeName(call.parent) === 'collect')) return own;
  const [from, to] = name === 'transferTo' ? [own, argumentsOf(call)[0]] : argumentsOf(call);
  return copying.test(name) && from && to && isBufferOf(to.text, file.methodAround(call)?.node) ? from : null;
}

const copying = /^((copy|pump|pipe)([A-Z]\w*)?|transferTo)$/;
