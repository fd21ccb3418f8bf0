import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, contains, lineOf, oneLine, partsOf } from '../../syntax';
import {
  argumentsOf,
  calleeName,
  callTaking,
  escaped,
  isFunction,
  receiverOf,
  type SourceFile,
  stringOf,
} from './file';
import { knownAround } from './given';
import { lengthened } from './lengthened';

/** A stream, and what runs for each of its pieces. */
interface Pieces {
  stream: Node;
  repeated: Node;
}

/** Functions that bring all of a stream that they are handed. */
const readsAll =
  /^_*(read|get|collect|buffer|stream|concat|consume|to|drain|receive|raw|parse|load|slurp)\w*(body|stream|buffer|string|text|all|data|raw|content|json|chunks|payload)\w*$/i;

/** Whose length those decide who are asked, or who ask. */
const ofOthers =
  /^(req|request|ctx\.req|context\.req|c\.req|event\.req|res|resp|response|stream|readable|body|incoming|message|msg|source|input|socket)(\.body)?$/i;
const requests = /^((ctx|context|c|event)\.)?req(uest)?(\.body)?$/i;

/** What an address is called that others choose. */
const address = /^(url|uri|href|link|page|page_?url|image_?url|target_?url|src|address)$/i;

/** All of a stream in one text or array that the reading function makes, and nothing there looks how long it is. */
export function wholeStream(place: Node, file: SourceFile): Growth | null {
  const said = /^(expression|return)_statement$/.test(place.type) ? partsOf(place)[0] : place;
  const kept = said && keptIn(said, file);
  const pieces = kept ? piecesAround(place, file) : null;
  if (!said || !kept || !pieces || !ofOthers.test(pieces.stream.text) || !holdsPiece(said, pieces)) return null;
  const reader = knownAround(pieces.repeated, file, (name) => name !== '');
  if (!reader || !madeIn(reader.node, kept) || looksAtLength(reader.node.text)) return null;
  const handed = parametersOf(reader.functions);
  const [first = ''] = pieces.stream.text.split('.');
  const isRequest = requests.test(pieces.stream.text) && handed.includes(first);
  const isHanded =
    handed.includes(first) &&
    (readsAll.test(reader.name) || (/^_*(on|handle)[A-Z]/.test(reader.name) && !/^res/i.test(first)));
  const asked = handed.some((name) => address.test(name)) && !/^(stream|input|socket|source)$/i.test(first);
  if (!isRequest && !isHanded && !asked) return null;
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
    if (!isFunction(outer)) continue;
    const call = callTaking(outer);
    const isData = call && calleeName(call) === 'on' && stringOf(argumentsOf(call)[0]) === 'data';
    const stream = isData ? receiverOf(call) : null;
    return stream && !file.nameOf(outer) ? { stream, repeated: outer } : null;
  }
  return null;
}

/** Is it the piece that is kept, or something made of it? */
function holdsPiece(said: Node, { repeated }: Pieces): boolean {
  const piece =
    repeated.childForFieldName('left')?.text ??
    (repeated.childForFieldName('parameter') ?? partsOf(repeated.childForFieldName('parameters') ?? repeated)[0])?.text;
  const name = /[\w$]+/.exec(piece ?? '')?.[0] ?? '';
  return name !== '' && new RegExp(`(?<![\\w$.])${escaped(name)}(?![\\w$])`).test(said.text);
}

const parametersOf = (functions: readonly Node[]): string[] =>
  functions.flatMap(
    (each) =>
      (each.childForFieldName('parameters') ?? each.childForFieldName('parameter'))?.text.match(/[\w$]+/g) ?? [],
  );

const madeIn = (reader: Node, name: string): boolean =>
  reader
    .descendantsOfType('variable_declarator')
    .some((each) => each.childForFieldName('name')?.text === name && contains(reader, each));

/** A comparison of what came with a limit, or an answer that is cut or given up. */
const looksAtLength = (text: string): boolean =>
  /(len(gth)?|size|bytes|total|received|count)\w*\)?\s*(>=?|<=?)\s*(?!0\b)[\w$.]|(max|limit)\w*\s*<=?|maxContentLength|\.destroy\(\)[^]{0,40}(large|limit|size)/i.test(
    text,
  );
