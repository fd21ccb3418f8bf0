import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import { isBufferOf } from '../collections/gathered';
import { webFrameworks } from '../names';
import { looksAtLength } from './streams';

/** Calls that hold all of a stream at once: of a stream itself, and of what helps with streams. */
const whole = /^(readAllBytes|toByteArray|copyToByteArray|copyToString|toString|lines)$/;
const helping =
  /^((to|as)(ByteArray|Bytes|CharArray|String)|copyTo(ByteArray|String)|readAllBytes|read(Bytes|Utf8|Lines|Fully|Entirely|All|ToEnd|Stream|InputStream|String)\w*|([iI]nputS|s)tream(To|2)\w+|get(Bytes|String)\w*|slurp|drain)$/;

const helpers = /^[A-Z]\w*(IO|Io|Stream|Util|Helper|Bytes)\w*$|^(IO|Okio|Streams|Resources|Utils?)\w*$/;

/** `request.getInputStream()`, and of a class that wraps a request its own. */
const opened =
  /(?:^|[\s(])(?:\w*(?:request|req|exchange|ctx)(?:\(\))?|super)\.(?:getInputStream|getRequestBody|getReader)\(\)/i;

/** `IOUtils.toByteArray(stream)`, or imported by its name alone: `toByteArray(stream)`. */
const isHelped = (call: Node) =>
  helping.test(calleeName(call)) &&
  (helpers.test(receiverText(call)) || (receiverText(call) === '' && argumentsOf(call).length > 0));

/** `mapper.readValue(request.getInputStream(), Order.class)`: one value, which is whole in memory before anybody looks at it. */
const decoding = /^(read[A-Z]\w*|fromJson|unmarshal|deserialize|parseObject)$/;

/** The body of a request that is read whole, whatever its size; null: it is none, or something compares its size. */
export function wholeBody(call: Node, file: JavaFile): string | null {
  const decoded = decoding.test(calleeName(call)) && opened.test(argumentsOf(call)[0]?.text ?? '');
  if (!(decoded || whole.test(calleeName(call))) || !file.importsAny(webFrameworks)) return null;
  const helped = decoded || isHelped(call);
  const [stream] = helped ? argumentsOf(call) : [call.childForFieldName('object')];
  if (!stream || (!helped && /^(toByteArray|toString)$/.test(calleeName(call)))) return null;
  const method = file.methodAround(call)?.node;
  const made = stream.type === 'identifier' ? madeWith(stream.text, method) : stream.text;
  if (!opened.test(made) || (made.includes('super.') && !/extends \w*Wrapper\b/.test(file.text))) return null;
  return looksAtLength(method) ? null : made.trim();
}

/** What the variable of the method is set to where it is declared. */
const madeWith = (name: string, method: Node | undefined): string =>
  method
    ?.descendantsOfType('variable_declarator')
    .find((each) => each.childForFieldName('name')?.text === name)
    ?.childForFieldName('value')?.text ?? '';

/** The stream of which a call holds all; null: it is no such call. */
export function streamReadWhole(call: Node, file: JavaFile): Node | null {
  const [first, second] = argumentsOf(call);
  if (isHelped(call)) return first && !/len|size|count|num|^\d/i.test(second?.text ?? '') ? first : null;
  const name = calleeName(call);
  const own = call.childForFieldName('object');
  if (name === 'readAllBytes' || (name === 'lines' && call.parent && calleeName(call.parent) === 'collect')) return own;
  const [from, to] = name === 'transferTo' ? [own, argumentsOf(call)[0]] : argumentsOf(call);
  return copying.test(name) && from && to && isBufferOf(to.text, file.methodAround(call)?.node) ? from : null;
}

const copying = /^((copy|pump|pipe)([A-Z]\w*)?|transferTo)$/;
