import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf, textIn } from '../../../syntax';
import { oncePerText } from '../../../words';
import { broadcastOf, isWord } from './broadcast';
import { argumentsOf, calleeName, callTaking, escaped, isFunction, receiverOf, type SourceFile } from '../file';
import { emittedData } from './emittedData';
import { isToldOnce } from './emittedOnce';
import { givenTo, orMeanwhile, passedOn } from '../arrivals/given';
import { quietSink, sockets } from '../names';
import { filledAhead, readerWants } from './readables';

/** What a stream is called that leads out of the program. */
const streams =
  /(stream|socket|sock|conn|connection|res|response|file|out|output|pipe|client|dest|destination|sink|tls|tcp|upstream|downstream|peer|ws|writable|transport|serial|serialport|fd)$/i;

/** The same of a WebSocket; other things of these names send in other ways. */
export const webSockets = /(ws|socket)$/i;
export const perhapsSockets = /(sock|conn|connection|client|peer)$/i;

/** The call of a statement, also behind a condition (`open && socket.send(text)`), or what an arrow function gives. */
export function callAt(place: Node): Node | undefined {
  if (place.type === 'call_expression') return place;
  const [said] = partsOf(place);
  return said?.type === 'binary_expression' ? (said.childForFieldName('right') ?? undefined) : said;
}

/**
 * A write whose answer nobody reads: once for each item, the same to every peer, or what a function is handed.
 * @param perItem what shows that it is made once for each item
 */
export function writeOf(place: Node, file: SourceFile, perItem: () => Growth | null): Growth | null {
  const call = callAt(place);
  const sink = call && receiverOf(call);
  if (!call || !sink || quietSink.test(sink.text)) return null;
  if (/^(push|enqueue)$/.test(calleeName(call))) return filledAhead(place, call, file, perItem);
  if (calleeName(call) === 'emit') return emittedData(place, call, file);
  const sends = calleeName(call) === 'send';
  // `this.transport.write(this.socket)` writes into what it is handed.
  if (isIntoBuffer(call, sink)) return null;
  if (/(^|[._])(socket|sock|conn|connection|stream|transport)$/i.test(argumentsOf(call)[0]?.text ?? '')) return null;
  const dropped = isDropped(place, file);
  if (isLastWord(call, sink)) return null;
  const toAll = sends || dropped ? broadcastOf(place, call, file) : null;
  const ofItem =
    !sends && dropped && !acknowledges(call) && !isOwnMethod(call, file) && !setsUp(place, file) ? perItem() : null;
  const few = ofItem && (isDialogue(call, sink, ofItem) || isToldOnce(ofItem.source, place, file));
  const own = toAll ?? (few ? null : ofItem);
  return orMeanwhile(own, () => handedWrite(place, call, sink, file));
}

/** `buffer.write(text, 4, 2, 'hex')`: into memory that is there already. */
const isIntoBuffer = (call: Node, sink: Node): boolean => {
  const [, offset, length] = argumentsOf(call);
  return (
    calleeName(call) === 'write' &&
    length !== undefined &&
    offset !== undefined &&
    !isFunction(length) &&
    /^(out|\w*(buf|buffer)\w*)$/i.test(lastName(sink))
  );
};

/** `this.write(…)` of a class that has a `write` itself, where it is judged. */
const isOwnMethod = (call: Node, file: SourceFile): boolean =>
  receiverOf(call)?.type === 'this' && file.functionMeant(call.childForFieldName('function')) !== null;

/** What is written back to the source, and holds nothing of what it sent: the next command of a dialogue. */
function isDialogue(call: Node, sink: Node, { source, turns }: Growth): boolean {
  const listener = turns.at(-1)?.repeated;
  const [value] = argumentsOf(call);
  if (!source.startsWith(`${sink.text}.on(`)) return false;
  if (isConstant(value)) return true;
  if (turns.length > 1 || !listener || !isFunction(listener)) return false;
  const given = (listener.childForFieldName('parameters') ?? listener.childForFieldName('parameter'))?.text ?? '';
  const names = given.match(/[\w$]+/g) ?? [];
  return /^(string|template_string)$/.test(value?.type ?? '') && !names.some((name) => value?.text.includes(name));
}

/** `' '`, `Buffer.from('20', 'hex')` */
const isConstant = (value: Node | undefined): boolean =>
  value?.type === 'string' || /^Buffer\.from\((['"])[^'"]*\1(, ?(['"])\w+\3)?\)$/.test(value?.text ?? '');

/** What is said to a peer while a connection is agreed on: a few words, whatever comes later. */
const setsUp = (place: Node, file: SourceFile): boolean => {
  const around = file.functionAround(place);
  return around !== null && agreeing.test(file.nameOf(around));
};

const agreeing =
  /hand_?shake|negotiat|authenticat|[aA]uth$|(^|_)auth[A-Z_]|Auth[A-Z]|[cC]rypt[A-Z]|challenge|^_*(log_?(in|on|out)|hello|greet|keep_?alive)|(Deadline|KeepAlive|Hello)$/;

/** `socket.send({ kicked: true })` to one who is sent away in the same breath. */
function isLastWord(call: Node, sink: Node): boolean {
  const peer = /^[\w$]+/.exec(sink.text)?.[0];
  const block = [...ancestorsOf(call)].find(({ type }) => /^(statement_block|program)$/.test(type));
  const sentAway = new RegExp(`^${escaped(peer ?? '')}\\.(leave|end|close|terminate|disconnect|destroy)\\(`);
  return peer !== 'this' && partsOf(block ?? call).some((beside) => sentAway.test(beside.text));
}

/** An answer to the one who sent: no more of them than it asks for. */
const acknowledges = (call: Node): boolean =>
  /^(new Buffer\(|Buffer\.from\()?\w*(ack|Ack|ACK|pong)\b/.test(argumentsOf(call)[0]?.text ?? '');

/** A statement, or what a listener gives: an emitter does not look at it. */
function isDropped(place: Node, file: SourceFile): boolean {
  if (place.type === 'expression_statement') return true;
  const listener = place.type === 'return_statement' ? file.functionAround(place) : place.parent;
  return listener !== null && (isListener(listener) || isOnly(isListener, listener, file) || isAnswer(listener));
}

/** The same, or what a method gives that is only called as a statement. */
const isIgnored = (place: Node, file: SourceFile): boolean =>
  isDropped(place, file) || (place.type === 'return_statement' && isOnly(isCalled, file.functionAround(place), file));

const isListener = (use: Node): boolean => {
  const taking = callTaking(use);
  if (taking === null) return false;
  const isLast = calleeName(taking) === 'then' && taking.parent?.type === 'expression_statement';
  return isLast || /^(on|addListener|forEach)$/.test(calleeName(taking));
};

/** `this.source.on('event', this.handle.bind(this))`: are all its uses such? */
function isOnly(such: (use: Node) => boolean, named: Node | null, file: SourceFile): boolean {
  const uses = (named ? file.usesOf(named) : []).filter((use) => !isRemoval(use));
  return uses.length > 0 && uses.every((use) => such(use) || isListener(use));
}

const isCalled = (use: Node): boolean =>
  use.parent?.childForFieldName('function')?.id === use.id && use.parent.parent?.type === 'expression_statement';

const isRemoval = (use: Node): boolean => {
  const taking = callTaking(use);
  return taking !== null && /^(off|removeListener)$/.test(calleeName(taking));
};

/** `(error, chunk) => …`: whoever calls back looks at nothing. */
const isAnswer = (callback: Node): boolean =>
  callTaking(callback) !== null && /^\(err(or)?\b/.test(textIn(callback, 'parameters'));

/** `send(message) { this.socket.write(encode(message)); }` */
function handedWrite(place: Node, call: Node, sink: Node, file: SourceFile): Growth | null {
  const given = argumentsOf(call);
  const [value] = given;
  if (!value || value.type === 'number' || isWord(value)) return null;
  if (calleeName(call) === 'send' ? !isWebSocket(call, sink, file) : !isStream(place, sink, file)) return null;
  const found = givenTo(place, [value], file);
  return found && !isAnswerWhole(found.node) && !isToldOnce(found.name, place, file)
    ? passedOn(place, found, 'writes')
    : null;
}

/** Does it set the head of an answer too, or wait for one with each call? */
const isAnswerWhole = ({ text }: Node): boolean =>
  /\.(setHeader|writeHead)\(|[cC]ontent-[lL]ength/.test(text) ||
  (/\bnew Promise\b/.test(text) && /[{,]\s*resolve\s*[,}]|[:=] resolve ?[,;})]/.test(text));

function isStream(place: Node, sink: Node, file: SourceFile): boolean {
  if (!isDropped(place, file) || /^(fs|fsp|document|this|super)$/.test(sink.text)) return false;
  const name = lastName(sink);
  if (streams.test(name)) return true;
  if (/writer$/i.test(name) && file.says('\\bgetWriter\\b|\\bWritableStream')) return true;
  return file.says(`\\b${escaped(name)}\\.(un)?pipe\\(|\\.pipe\\(([\\w$]+\\.)*${escaped(name)}\\)`);
}

function isWebSocket(call: Node, sink: Node, file: SourceFile): boolean {
  const [, ...others] = argumentsOf(call);
  // A datagram has an address, a request of a browser no socket, and uWebSockets has a limit of its own.
  const last = others[1];
  const told =
    last === undefined ||
    /function|call_exp/.test(last.type) ||
    /^(cb|done|next|fn|on[A-Z]\w*|\w*[cC]allback)$/.test(last.text);
  if (others.length > 2 || !told || /xhr|request/i.test(sink.text)) return false;
  const name = lastName(sink);
  if (isOfOwnFile(name, file)) return false;
  if (webSockets.test(name)) return !file.importsAny(/^((node:)?dgram|zeromq|zmq|nanomsg|axon)$/);
  const known = file.importsAny(/^(ws|faye-websocket|websocket|uWebSockets\.js|isomorphic-ws|sockjs|engine\.io)$/);
  return (
    perhapsSockets.test(name) && (known || (file.says('\\b(WebSocket|readyState)\\b') && !file.importsAny(sockets)))
  );
}

/** `this.socket = new Socket(…)` of a class of another file of the program, where its writes are judged. */
const isOfOwnFile = (name: string, file: SourceFile): boolean =>
  file.says(`(?<![\\w$])${escaped(name)} = new \\(require\\(['"]\\.`) ||
  [...file.text.matchAll(new RegExp(`(?<![\\w$])${escaped(name)} = new ([\\w$]+)\\(`, 'g'))].some(([, made = '']) =>
    file.moduleOf(made)?.startsWith('.'),
  );

/** `socket` of `this.peers[id].socket` and `getSocket()`. */
const lastName = (sink: Node): string => /([\w$]+)[?!]?(\([^()]*\)|\[[^[\]]*\])?$/.exec(sink.text)?.[1] ?? '';

/** A write that tells somebody when it is done: a promise, or a caller's callback. */
export function tellsWhenDone(place: Node): string | null {
  const call = callAt(place);
  const given = call ? argumentsOf(call).slice(1) : [];
  for (const each of given) {
    const settles = isFunction(each)
      ? /\b(resolve|cb|callback|done|next|fn|then)\b\s*\(|\.(resolve|resume|shift|next\w*|flush\w*|drain\w*)\(/.exec(
          each.text,
        )?.[0]
      : /^(cb|callback|done|next|resolve|fn|fulfill?|on(?!Err)\w+)$|callback$/i.exec(each.text)?.[0];
    if (settles !== undefined) return `\`${settles.replace(/[.(\s]/g, '')}\` is called when it is written`;
  }
  return null;
}

/** Signs that somebody looks whether there is room. */
const signsOfRoom = oncePerText((text) => [
  ...text.matchAll(
    /(?:(?<![\w$])([\w$]+)[?!]?\.(?:on|once|addListener)\(\s*|once\((?:[\w$]+\.)*([\w$]+),\s*)?(?<!\.emit\()(['"`]drain['"`])|(?:(?<![\w$])([\w$]+)[?!]?\.)?(writableNeedDrain|writableLength|bufferedAmount)\b|\b(\w*(?:waitForConfirms|backpressure|needDrain|waitForDrain|awaitDrain|onDrain)\w*)/gi,
  ),
]);

/** What looks whether the sink has room: in the class of the place, else in the file. */
export function lookedAt(place: Node, file: SourceFile): string | null {
  const call = callAt(place);
  if (call && /^(push|enqueue)$/.test(calleeName(call))) return readerWants(call, isIgnored(place, file), file);
  const sink = call && receiverOf(call) ? lastName(receiverOf(call) ?? call) : '';
  const scope = file.classText(place);
  for (const [, on, once, drain, of, property, word] of signsOfRoom(scope)) {
    const subject = on ?? once ?? of ?? '';
    const sign = (drain ?? property ?? word ?? '').replace(/['"`]/g, '');
    const other =
      subject !== sink && subject !== '' && new RegExp(`\\b${escaped(subject)}\\.(write|send)\\(`).test(scope);
    if (sign !== '' && !other) return `\`${sign}\` is looked at`;
  }
  return null;
}
