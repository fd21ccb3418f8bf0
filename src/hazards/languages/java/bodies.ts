import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, receiverText, type JavaFile } from './file';
import { webFrameworks } from './names';

/** Calls that hold all of a stream at once. */
const whole = /^(readAllBytes|toByteArray|copyToByteArray|copyToString|toString|lines|string|bytes)$/;

const helpers =
  /^(IOUtils|ByteStreams|CharStreams|StreamUtils|FileCopyUtils|InputStreams|EntityUtils|\w*(IO|Io|Stream)(Util|Utils|Helper)s?|Streams)$/;

/** `request.getInputStream()`, and of a class that wraps a request its own. */
const opened =
  /(?:^|[\s(])(?:\w*(?:request|req|exchange|ctx)(?:\(\))?|super)\.(?:getInputStream|getRequestBody|getReader)\(\)/i;

/** `IOUtils.toByteArray(stream)`, or imported by its name alone: `toByteArray(stream)`. */
const isHelped = (call: Node) =>
  helpers.test(receiverText(call)) || (receiverText(call) === '' && argumentsOf(call).length > 0);

/** The body of a request that is read whole, whatever its size; null: it is none, or something compares its size. */
export function wholeBody(call: Node, file: JavaFile): string | null {
  if (!whole.test(calleeName(call)) || !file.importsAny(webFrameworks)) return null;
  const helped = isHelped(call);
  const [stream] = helped ? argumentsOf(call) : [call.childForFieldName('object')];
  if (!stream || (!helped && /^(toByteArray|toString)$/.test(calleeName(call)))) return null;
  const method = file.methodAround(call)?.node;
  const made = stream.type === 'identifier' ? madeWith(stream.text, method) : stream.text;
  if (!opened.test(made) || (made.includes('super.') && !/extends \w*Wrapper\b/.test(file.text))) return null;
  return limits.test(method?.text ?? '') ? null : made.trim();
}

/** What the variable of the method is set to where it is declared. */
const madeWith = (name: string, method: Node | undefined): string =>
  method
    ?.descendantsOfType('variable_declarator')
    .find((each) => each.childForFieldName('name')?.text === name)
    ?.childForFieldName('value')?.text ?? '';

/** Signs that somebody looks how long it is, or reads only so much. */
const limits =
  /getContentLength|[cC]ontent_?[lL]ength|\b(max|MAX|limit)\w*|Bounded\w*Stream|Limit(ed|ing)?\w*Stream|ByteStreams\.limit|readNBytes/;

/** The stream of which a call holds all; null: it is no such call. */
export function streamReadWhole(call: Node): Node | null {
  const name = calleeName(call);
  if (!whole.test(name)) return null;
  const [first] = argumentsOf(call);
  if (isHelped(call)) return first ?? null;
  const own = call.childForFieldName('object');
  if (/^(string|bytes)$/.test(name)) return first === undefined && own?.text.endsWith('.body()') ? own : null;
  return name === 'readAllBytes' ? own : null;
}
