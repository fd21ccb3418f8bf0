import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, partsOf, placeOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, closestFunction, isFunction, loopAround, parameterOfType } from '../calls';
import type { Declarations } from '../declarations';
import { madeOf, mentionsAny } from '../arrivals/derived';
import { asking, callsOnly } from './asking';

/** A read of the body of a request, or of what a peer sends: as much as there is. */
export function bodyOf(place: Node, file: Declarations): Growth | null {
  const said = `${placeOf(place)} reads as much as`;
  if (isBinder(place, file)) return asking(place, 'request', `${said} the client sends`);
  const whole = readWhole(place);
  if (whole && isPeer(whole, place, file)) return asking(place, 'connection', `${said} the peer sends`);
  return whole && isBody(whole, place, file) ? asking(place, 'request', `${said} the client sends`) : null;
}

/** Calls of frameworks that read the body of a request, for which they have no largest size unless they are told one. */
const binders: Readonly<Record<string, RegExp>> = {
  GetRawData: /\bgin$/,
  Bind: /\b(?:gin|echo(?:\/v\d+)?|chi(?:\/v\d+)?\/render)$/,
  BindJSON: /\bgin$/,
  BindXML: /\bgin$/,
  BindYAML: /\bgin$/,
  ShouldBind: /\bgin$/,
  ShouldBindJSON: /\bgin$/,
  ShouldBindXML: /\bgin$/,
  ShouldBindYAML: /\bgin$/,
  ShouldBindBodyWith: /\bgin$/,
  DecodeJSON: /\bchi(?:\/v\d+)?\/render$/,
  ReadJSON: /\biris(?:\/v\d+)?$/,
};

const isBinder = (call: Node, file: Declarations): boolean => {
  const libraries = binders[calleeName(call)];
  return libraries !== undefined && argumentsOf(call).length < 3 && file.importsAny(libraries);
};

/** What `io.ReadAll(body)`, `io.Copy(&buffer, body)` or `buffer.ReadFrom(body)` holds in memory; null: it goes elsewhere. */
export function readWhole(call: Node): Node | null {
  const [first, second] = argumentsOf(call);
  const callee = call.childForFieldName('function');
  if (calleeName(call) === 'Decode') return decodedBy(callee?.childForFieldName('operand'));
  if (/^httputil\.DumpRequest(Out)?$/.test(callee?.text ?? '')) return second?.text === 'true' ? (first ?? null) : null;
  // A request writes its own body.
  if (calleeName(call) === 'Write')
    return first && isBuffer(first.text, call) ? (callee?.childForFieldName('operand') ?? null) : null;
  if (/^(io|ioutil)\.ReadAll$/.test(callee?.text ?? '')) return first ?? null;
  // Of `csv.Reader`.
  if (calleeName(call) === 'ReadAll' && !first) return callee?.childForFieldName('operand') ?? null;
  if (callee?.text === 'io.Copy') return first && second && isBuffer(first.text, call) ? second : null;
  const into = calleeName(call) === 'ReadFrom' ? callee?.childForFieldName('operand') : null;
  return into && first && isBuffer(into.text, call) ? first : null;
}

/** What a decoder decodes: one value, which is whole in memory before. More than one come where it is made outside of the loop. */
function decodedBy(decoder: Node | null | undefined): Node | null {
  if (decoder?.type === 'identifier') {
    const loop = loopAround(decoder);
    const made = closestFunction(decoder)
      ?.descendantsOfType('short_var_declaration')
      .find((each) => textIn(each, 'left') === decoder.text && (!loop || contains(loop, each)));
    return decodedBy(made?.childForFieldName('right')?.namedChildren[0]);
  }
  return decoder?.type === 'call_expression' && calleeName(decoder) === 'NewDecoder'
    ? (argumentsOf(decoder)[0] ?? null)
    : null;
}

const peerType = /^\*?(wsutil\.Reader|net\.(TCP|Unix)?Conn|quic\.(Receive)?Stream|websocket\.Conn)$/;

/** A connection, or the reader of one message of it. What the program itself has dialled answers what it asks. */
function isPeer(read: Node, place: Node, file: Declarations): boolean {
  if (callsOnly(file)) return false;
  if (read.type === 'selector_expression') return peerType.test(file.typeOf(textIn(read, 'field')) ?? '');
  const around = read.type === 'identifier' ? file.functionAround(place)?.node : undefined;
  if (!around) return false;
  const isMade = new RegExp(`\\b${read.text}, \\w+ :?= [\\w.]+\\.NextReader\\(`).test(around.text);
  return isMade || parameterOfType(around, peerType) === read.text;
}

/** Is it declared as a buffer in a function around it? */
export function isBuffer(into: string, place: Node): boolean {
  const name = into.replace(/^&/, '');
  if (!/^\w+$/.test(name)) return false;
  const made = new RegExp(
    `\\b${name}\\s*(?::?=|,)?\\s*(?:new\\(|[&*])?(?:bytes\\.(?:Buffer|NewBuffer)|strings\\.Builder|[\\w.]*New\\w*Buffer\\()`,
  );
  return [...ancestorsOf(place)].some((around) => isFunction(around) && made.test(around.text));
}

/** The body of a request, or what was made of it; also where a caller of this file hands it in. */
function isBody(read: Node, place: Node, file: Declarations): boolean {
  for (const around of ancestorsOf(place)) {
    if (!isFunction(around)) continue;
    // Its own request.
    if (around.childForFieldName('name')?.text === 'RoundTrip') return false;
    const request = parameterOfType(around, /^\*http\.Request$/);
    const body = request === null ? ofContext : new RegExp(`\\b${request}\\.Body\\b|${ofContext.source}`);
    // Who has no answer to write sends the request itself.
    const isServed = read.text === request && parameterOfType(around, /^http\.ResponseWriter$/) !== null;
    if (isServed || body.test(read.text)) return true;
    const held = heldIn(around, body, place);
    if (held.length > 0 && mentionsAny(read, madeOf(held, around, place))) return true;
  }
  return isHandedBody(read, place, file);
}

/** `ctx.Request.Body` and `c.Request().Body` of frameworks. */
const ofContext = /\bRequest(?:\(\))?\.Body\b/;

/** Names that something with the body in it is assigned to above. */
const heldIn = (around: Node, body: RegExp, place: Node): string[] =>
  !body.test(around.text)
    ? []
    : around.descendantsOfType(['short_var_declaration', 'assignment_statement']).flatMap((each) => {
        const right = each.childForFieldName('right');
        const [left] = partsOf(each.childForFieldName('left') ?? each);
        const holds = right && each.endIndex <= place.startIndex && isReader.test(right.text) && body.test(right.text);
        return holds && left?.type === 'identifier' ? [left.text] : [];
      });

/** Not what was decoded or counted of it. */
const isReader = /^[\w.()]*Body(?:\.\([\w.]+\))?(?:, \w+)?$|Reader\w*\(/;

/** `readAll(r.Body)` with `func readAll(body io.Reader)`. */
function isHandedBody(read: Node, place: Node, file: Declarations): boolean {
  const around = file.functionAround(place);
  if (!around || parameterOfType(around.node, /^io\.Read(er|Closer)$/) !== read.text) return false;
  return file.usesOf(around).some((use) => {
    const call = use.parent;
    const caller = file.functionAround(use)?.node;
    const request = caller ? parameterOfType(caller, /^\*http\.Request$/) : null;
    return call?.type === 'call_expression' && argumentsOf(call).some(({ text }) => text === `${request}.Body`);
  });
}
