import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, descendantsOf, lineOf, oneLine, partsOf } from '../../../syntax';
import { argumentsOf, calleeName, callTaking, escaped, isFunction, receiverOf, type SourceFile } from '../file';
import { isJoined, lengthened, limitOfPieces, piecesOf } from './lengthened';
import { perItem } from '../growth';
import { onlyGrows } from './onlyGrows';
import { unanswered } from './pendingAnswers';
import { wholeStream } from '../reads/wholeReads';

/** A Map or Set of the module or a class that each message adds to, or what each chunk of a request or socket makes longer. */
export function keptOf(place: Node, file: SourceFile): Growth | null {
  return (
    keptPerItem(place, file) ??
    piecesOf(place, file) ??
    wholeStream(place, file) ??
    onlyGrows(place, file) ??
    unanswered(place, file)
  );
}

function keptPerItem(place: Node, file: SourceFile): Growth | null {
  const name = keptBy(place, file);
  const growth = name === null || isOwn(name, place, file) ? null : perItem(place, file);
  if (!growth || growth.open) return null;
  if (!isText(place) && !isPush(place)) return growth.unit === 'message' ? growth : null;
  if (isOfRequest(growth, file) || isHandedRequest(growth, file)) return growth;
  const peer = isText(place) && growth.unit === 'chunk' && file.importsAny(/^(node:)?(net|tls)$/);
  if (!peer || /\b(res|response|file|proc|child)\b/.test(growth.source)) return null;
  if (!isJoined(place)) return isCut(name ?? '', file) && !isServer(file) ? null : growth;
  const doubt = `how long what the peer of \`${growth.source}\` sends can be`;
  return /sock|conn|client|peer|tcp|tls/i.test(growth.source) ? { ...growth, doubt } : null;
}

/** Whoever comes to a server may never send the end of a line; a server that one asks oneself ends its answers. */
const isServer = (file: SourceFile): boolean => file.says('\\bcreateServer\\(|\\bnew (net|tls)\\.Server\\(');

/** Is it cut where a message ends: `rest = rest.slice(end)`, `rest = lines.pop()`, `rest = parts[parts.length - 1]`? */
const isCut = (name: string, file: SourceFile): boolean =>
  file.says(
    `^\\s*${escaped(name)} = (${escaped(name)}\\.(slice|substr|substring|replace)\\(|\\w+\\.(pop|shift)\\(|\\w+\\[\\w+\\.length|['"\`]{2};)`,
  );

/** `req.on('data')`, `res.onData(…)` of uWebSockets, and `gunzip.on('data')` where the request is piped into it. */
function isOfRequest({ source }: Growth, file: SourceFile): boolean {
  if (/\breq(uest)?\b|\.onData\(/.test(source)) return true;
  const emitter = /^([\w$]+)\.on\('data'\)$/.exec(source)?.[1];
  return emitter !== undefined && file.says(`\\breq(uest)?\\.pipe\\(${escaped(emitter)}\\)`);
}

/** `read(stream)`, which the file calls with a request. */
function isHandedRequest({ source, turns }: Growth, file: SourceFile): boolean {
  const emitter = /^([\w$]+)\b/.exec(source)?.[1] ?? '';
  const listener = turns[0]?.repeated;
  for (const reader of listener && emitter !== '' ? ancestorsOf(listener) : []) {
    if (!isFunction(reader)) continue;
    const single = reader.childForFieldName('parameter');
    const names = single ? [single] : partsOf(reader.childForFieldName('parameters') ?? reader);
    const at = names.findIndex(({ text }) => text === emitter);
    if (at < 0) continue;
    return file.usesOf(reader).some((use) => {
      const call = use.parent?.childForFieldName('function')?.id === use.id ? use.parent : null;
      return call !== null && /^((ctx|context|c)\.)?req(uest)?$/.test(argumentsOf(call)[at]?.text ?? '');
    });
  }
  return false;
}

/** A look at how long it is, or a place that takes something out. */
export function sizeGuard(place: Node, file: SourceFile): string | null {
  const name = escaped(keptBy(place, file) ?? '');
  if (name === '') return null;
  const counted = isText(place) || isPush(place) ? countedBytes(file.functionAround(place)?.text ?? '') : null;
  if (counted !== null) return `\`${counted}\` on the way`;
  if (isText(place) && isJoined(place)) return limitOfPieces(place, name, file);
  const guard = new RegExp(
    isText(place) || isPush(place)
      ? `${name}\\.(byte)?[lL]ength\\s*[><]=?(?! *\\d\\b)`
      : `${name}\\.(delete\\(|clear\\(|size\\b)`,
  ).exec(file.text)?.[0];
  return guard === undefined ? null : `\`${guard}\` in the file`;
}

/** `received` of `received += chunk.length; if (received > most) …` */
const countedBytes = (text: string): string | null =>
  /(?<![\w$.])([\w$.]+) \+= [^;]*\b(?:length|byteLength)\b[^]*?\bif \(\1 >/.exec(text)?.[1] ?? null;

/** Starts threads or processes of the system once for each message or request. */
export function processOf(place: Node, file: SourceFile): Growth | null {
  const threads = place.type === 'new_expression';
  if (!file.importsAny(threads ? /^(node:)?worker_threads$/ : /^(node:)?child_process$|^execa$/)) return null;
  const growth = perItem(place, file);
  return growth?.open ? (requestOf(place, file) ?? growth) : (growth ?? requestOf(place, file));
}

/** `app.post('/reports', (req, res) => …)` of a web framework. */
function requestOf(place: Node, file: SourceFile): Growth | null {
  const handler = file.functionAround(place);
  const route = handler && callTaking(handler);
  const routes = route && /^(get|post|put|patch|delete|all)$/.test(calleeName(route));
  if (!routes || !file.importsAny(/^(express|fastify|koa-router|@koa\/router|hono|restify)$/)) return null;
  const text = `${oneLine(route.childForFieldName('function') ?? route)}(${argumentsOf(route)[0]?.text ?? ''})`;
  return {
    unit: 'request',
    source: text,
    evidence: [`\`${text}\` on line ${lineOf(route)} runs the function on line ${lineOf(handler)} for each request`],
    turns: [{ place, repeated: handler }],
    settledEarly: null,
  };
}

/** Is it declared in the function itself, so that it ends with the call? */
function isOwn(name: string, place: Node, file: SourceFile): boolean {
  const around = file.functionAround(place);
  const declared = around ? descendantsOf(around, 'variable_declarator') : [];
  return declared.some((each) => each.childForFieldName('name')?.text === name);
}

/** What the place says: the expression of a statement, or what an arrow function gives. */
const saidBy = (place: Node) => (/^(expression|return)_statement$/.test(place.type) ? partsOf(place)[0] : place);

const isText = (place: Node) => /^(augmented_)?assignment_expression$/.test(saidBy(place)?.type ?? '');

const isPush = (place: Node) => {
  const said = saidBy(place);
  return said?.type === 'call_expression' && calleeName(said) === 'push';
};

/** `body` of `body += chunk`, `seen` of `seen.add(id)`; null: it is no such thing, or does not outlive the call. */
function keptBy(place: Node, file: SourceFile): string | null {
  const first = saidBy(place);
  if (first && isText(place)) return lengthened(first, file);
  if (first && isPush(place)) {
    const array = receiverOf(first)?.text ?? '';
    const isName = /^[\w$]+$/.test(array);
    return isName && file.says(`\\b${escaped(array)}\\b[^=\\n]*= \\[\\]`) ? array : null;
  }
  const name = (first && receiverOf(first)?.text) ?? '';
  const plain = /^(this\.)?[\w$]+$/.test(name);
  const own = escaped(name.replace('this.', ''));
  const declared = '^(  (private |readonly |static |#)*|(export )?(const|let) )';
  return plain && file.says(`${declared}${own}\\b[^=\\n]*= new (Map|Set)\\b`) ? name : null;
}
