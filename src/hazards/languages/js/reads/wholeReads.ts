import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, lineOf, oneLine, partsOf, textIn } from '../../../syntax';
import {
  argumentsOf,
  calleeName,
  callTaking,
  escaped,
  isFunction,
  receiverOf,
  type SourceFile,
  stringOf,
} from '../file';
import { knownAround } from '../arrivals/given';
import { lengthened } from '../collections/lengthened';

/** A stream, and what runs for each of its pieces. */
interface Pieces {
  stream: Node;
  repeated: Node;
  /** The loop that reads them, where they are not handed in. */
  loop?: Node;
}

/** The answer to a request of our own. */
const isAnswer = /^(\w*[rR]es|\w*resp(onse)?(stream)?|answer|reply|(incoming|message|msg|im))$/i;

/** What is as long as the program's own files, commands and texts. */
const ofOwn =
  /std(in|out|err)|\bprocess\b|child|proc\b|spawn|gzip|deflate|zip|cipher|hash|crypt|createReadStream|^fs\b|readline|\brl\b|tty|port\b|git\b|ffmpeg|rows?$|emitter|events?$/i;

const requests = /^((ctx|context|c|event)\.)?req(uest)?(\.body)?$/i;

/** All of a stream in one text or array that the reading function makes, and nothing there looks how long it is. */
export function wholeStream(place: Node, file: SourceFile): Growth | null {
  const said = /^(expression|return)_statement$/.test(place.type) ? partsOf(place)[0] : place;
  const kept = said && keptIn(said, file);
  const pieces = kept ? piecesAround(place, file) : null;
  if (!said || !kept || !pieces || !holdsPiece(said, pieces)) return null;
  const reader = knownAround(pieces.repeated, file, (name) => name !== '');
  if (!reader || !madeIn(reader.node, kept) || looksAtLength(reader.node.text)) return null;
  const [first = ''] = pieces.stream.text.split(/[.\s]/);
  const isRequest = requests.test(pieces.stream.text) && reader.functions.flatMap(namesOf).includes(first);
  // Whoever opens a stream knows what it brings; one that is handed in may bring anything.
  const isOfOwnServer = isAnswer.test(first) || /answer|respon|reply/i.test(reader.name);
  const isOpened = !namesOf(reader.node).includes(first);
  if (!isRequest && (isOpened || isOfOwnServer || isOwn(pieces.stream, reader.node))) return null;
  if (!isRequest && !isWhole(pieces, reader.node)) return null;
  return {
    unit: 'chunk',
    source: oneLine(pieces.stream),
    evidence: [`\`${oneLine(said)}\` on line ${lineOf(place)} keeps each chunk of \`${oneLine(pieces.stream)}\``],
    turns: [{ place, repeated: pieces.repeated }],
    settledEarly: null,
    ...(isRequest ? {} : { doubt: `how much \`${oneLine(pieces.stream)}\` brings` }),
  };
}

/** `body` of `body += chunk`, `chunks` of `chunks.push(chunk)` */
function keptIn(said: Node, file: SourceFile): string | null {
  if (said.type.endsWith('assignment_expression')) return lengthened(said, file);
  const array = said.type === 'call_expression' && calleeName(said) === 'push' ? receiverOf(said) : null;
  return array?.type === 'identifier' ? array.text : null;
}

/** `for await (const chunk of stream)`, `stream.on('data', (chunk) => …)` */
function piecesAround(place: Node, file: SourceFile): Pieces | null {
  for (const outer of ancestorsOf(place)) {
    if (outer.type === 'for_in_statement' && outer.children.some(({ type }) => type === 'await')) {
      const stream = outer.childForFieldName('right');
      return stream && { stream, repeated: outer };
    }
    const read = outer.type === 'while_statement' ? readIn(outer) : null;
    if (read) return { stream: read, repeated: listenerAround(outer) ?? outer, loop: outer };
    if (!isFunction(outer)) continue;
    const call = callTaking(outer) ?? listening(outer, file);
    const isData = call && calleeName(call) === 'on' && stringOf(argumentsOf(call)[0]) === 'data';
    const stream = isData ? receiverOf(call) : null;
    return stream && { stream, repeated: outer };
  }
  return null;
}

/** `stream` of `while ((chunk = stream.read()) !== null)` */
function readIn(loop: Node): Node | null {
  const condition = loop.childForFieldName('condition');
  const call = condition?.descendantsOfType('call_expression').find((each) => calleeName(each) === 'read');
  return call && argumentsOf(call).length === 0 ? receiverOf(call) : null;
}

/** The listener of `stream.on('readable', () => { while … })`. */
function listenerAround(loop: Node): Node | null {
  const listener = [...ancestorsOf(loop)].find(isFunction);
  return listener && callTaking(listener) ? listener : null;
}

/** `stream.on('data', onData)` of `function onData(chunk) { … }`, whose only listener that is. */
function listening(named: Node, file: SourceFile): Node | null {
  const calls = file.usesOf(named).flatMap((use) => callTaking(use) ?? []);
  return calls.find((call) => calleeName(call) === 'on') ?? null;
}

/** Is it a file or process of the program, or something made of what is in memory already? */
function isOwn(stream: Node, reader: Node): boolean {
  if (ofOwn.test(stream.text)) return true;
  const made = new RegExp(`\\b${escaped(stream.text)} = ([^;\\n]*)`).exec(reader.text)?.[1];
  return made !== undefined && ofOwn.test(made);
}

/** Is it joined or handed on once the stream ends? */
function isWhole({ stream, repeated }: Pieces, reader: Node): boolean {
  if (repeated.type === 'for_in_statement') return true;
  const ends = new RegExp(
    `(?<![\\w$])${escaped(stream.text)}\\s*\\.(on|once)\\(['"](end|close)['"]|\\.(on|once)\\(['"]end['"]`,
  );
  return ends.test(reader.text);
}

/** Is it the piece that is kept, or something made of it? */
function holdsPiece(said: Node, { repeated, loop }: Pieces): boolean {
  const piece =
    repeated.childForFieldName('left')?.text ??
    /\b([\w$]+) = /.exec(textIn(loop, 'condition'))?.[1] ??
    (repeated.childForFieldName('parameter') ?? partsOf(repeated.childForFieldName('parameters') ?? repeated)[0])?.text;
  const name = /[\w$]+/.exec(piece ?? '')?.[0] ?? '';
  return name !== '' && new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`).test(said.text);
}

/** What the function is handed. */
const namesOf = (reader: Node): readonly string[] =>
  (reader.childForFieldName('parameters') ?? reader.childForFieldName('parameter'))?.text.match(/[\w$]+/g) ?? [];

const madeIn = (reader: Node, name: string): boolean =>
  reader
    .descendantsOfType('variable_declarator')
    .some(
      (each) =>
        each.childForFieldName('name')?.text === name &&
        contains(reader, each) &&
        /^(\[\]|''|""|``|Buffer\b|new Buffer|null|undefined|await\b)/.test(
          each.childForFieldName('value')?.text ?? 'null',
        ),
    );

/** A comparison of what came with a limit, or an answer that is cut or given up. */
const looksAtLength = (text: string): boolean =>
  /(len(gth)?|size|bytes|total|received|count)\w*\)?\s*(>=?|<=?)\s*(?!0\b)[\w$.]|(max|limit)\w*\s*<=?|maxContentLength|\.destroy\(\)[^]{0,40}(large|limit|size)/i.test(
    text,
  );
