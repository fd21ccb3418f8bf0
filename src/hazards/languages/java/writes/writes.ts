import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, placeOf, textIn } from '../../../syntax';
import { isRarely } from '../arrivals/rarely';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import { perItem } from '../growth';
import { keptBySink } from './sinks';

/** Something is written for a peer, and the call returns whether or not there is room. */
export function writeOf(place: Node, file: JavaFile): Growth | null {
  const fact = keptBySink(place, file);
  if (fact === null || isFixed(place) || isHandedOn(place, file) || isLast(place, file)) return null;
  if (isOneAnswer(place, file) || isPassedOn(place, file) || isOfOneRequest(place, file)) return null;
  const growth = perItem(place, file);
  if (growth && !growth.open) return { ...growth, evidence: [...growth.evidence, fact] };
  const around = file.methodAround(place);
  if (around?.node.type !== 'method_declaration' || isOnce(around.name)) return null;
  if (calleeName(place).startsWith('write') && !sends.test(around.name) && !isInLoop(place)) return null;
  if (!growth && !runsLater(place)) return null;
  return {
    unit: 'call',
    source: around.name,
    evidence: [`${placeOf(place)} writes with each call of \`${around.name}\``, fact],
    turns: [{ place, repeated: around.node }],
    settledEarly: null,
    doubt: `how often \`${around.name}\` is called`,
  };
}

/** Does it stand in a function that is handed on, a listener for one? Who calls the method makes one each time. */
const runsLater = (place: Node) => {
  for (const { type } of ancestorsOf(place)) {
    if (type === 'lambda_expression') return true;
    if (/^(method|constructor)_declaration$/.test(type)) return false;
  }
  return false;
};

/** What a connection says once, or at each interval, and what it says of a mistake. */
const once =
  /handshake|log(in|on|out)|auth|hello|greet|welcome|ping|pong|heart_?beat|keepAlive|idle|error|exception|(in)?active$|handlerAdded|userEvent|clos(e|ing)|goAway|settings|upgrade|conn(ect|ack)|subscribe|negotiat|pub_?(ack|rec|rel|comp)|reject|shut_?down|init|banner/i;

const isOnce = (method: string) => once.test(method) || isRarely(method);

/** Methods that are there to send what comes; others that write ask or answer something of their own. */
const sends =
  /send|sent|writ|publish|broadcast|emit|deliver|push|repl(y|ies)|respon|notif|forward|message|receiv|frame|chunk|store|stream|next|dispatch|data|event|packet/i;

/** The same text each time says something of the connection itself, and so does what credit or a receipt is given in. */
function isFixed(place: Node): boolean {
  const [written, ...others] = argumentsOf(place);
  if (!written) return false;
  return (
    aboutConnection.test(written.text) ||
    [written, ...others].every(
      ({ type, text }) => type.endsWith('_literal') || /^([A-Z]\w*\.)*[A-Z_\d]{2,}$/.test(text),
    )
  );
}

/** Receipts, credit, signs of life and errors, as many as what they are about; packets that the system throws away. */
const aboutConnection =
  /(?<=\b|[a-z])(Pong|Ping|Close|Reset|Error|Fail|Reject|Credit|Flow(?!able)|Handshake|Heartbeat)|\b(ack|\w*Ack)\b|(PUB|SUB)(ACK|REC|REL|COMP)\b|\bEMPTY_|\bDatagramPacket\b/;

/** A client over HTTP waits for its answer before it asks again, so there is one. */
function isOneAnswer(place: Node, file: JavaFile): boolean {
  if (!file.importsAny(/\bnetty\.handler\.codec\.http\b(?!2)/)) return false;
  const written = argumentsOf(place)[0]?.text ?? '';
  const ofResponse = new RegExp(`\\bHttp\\w*Response\\s+${written}\\b`);
  return /respon|HttpContent|ChunkedInput/i.test(written) || (/^\w+$/.test(written) && ofResponse.test(file.text));
}

/** It asks something, the class stands for one request, or it keeps those whose answers are awaited: as many as their callers have under way. */
function isOfOneRequest(place: Node, file: JavaFile): boolean {
  const around = file.classAround(place);
  const asks = `${argumentsOf(place)[0]?.text ?? ''} ${file.methodAround(place)?.name ?? ''}`;
  return /[rR]equest/.test(asks) || ofOne.test(textIn(around, 'name')) || awaited.test(around?.text ?? '');
}

const ofOne = /(Operation|Request|Query|Command|Body|Future|Promise|Handshaker)$/;

const awaited = /\b\w*(pending|outstanding|in_?flight)\w*\.(put|putIfAbsent|add|addLast|offer)\(/i;

/** What a handler of what is written passes on, somebody else wrote. */
const isPassedOn = (place: Node, file: JavaFile) =>
  /\bChannelPromise\b/.test(file.methodAround(place)?.node.childForFieldName('parameters')?.text ?? '') ||
  /Outbound|Encoder|Codec/.test(file.classAround(place)?.childForFieldName('superclass')?.text ?? '');

/**
 * Somebody else is handed the answer: the write is what the method returns, it tells a promise that the method is given,
 * or it is waited for where it stands.
 */
function isHandedOn(place: Node, file: JavaFile): boolean {
  const given = argumentsOf(place).at(-1)?.text ?? '';
  if (/^(promise|\w+Promise|handler|\w+Handler)$/.test(given) && given !== argumentsOf(place)[0]?.text)
    return isParameter(given, place, file);
  for (let up = place; up.parent; up = up.parent) {
    const { parent } = up;
    if (parent.type === 'return_statement') return true;
    if (parent.type === 'lambda_expression') return false;
    if (parent.type !== 'method_invocation') return false;
    if (/^(sync|await|get|join|block)\w*$/.test(calleeName(parent))) return true;
  }
  return false;
}

const isParameter = (name: string, place: Node, file: JavaFile) =>
  new RegExp(`\\b${name}\\b`).test(file.methodAround(place)?.node.childForFieldName('parameters')?.text ?? '');

/** Is it the last that the peer is told, of an error, or is the connection closed behind it? */
function isLast(place: Node, file: JavaFile): boolean {
  const statement = [...ancestorsOf(place)].find(
    ({ type }) => /_(statement|declaration|expression)$/.test(type) && type !== 'lambda_expression',
  );
  if (/\.addListener\(\s*(ChannelFutureListener\.)?CLOSE\w*\s*\)|\.close\(\)/.test(statement?.text ?? '')) return true;
  if ([...ancestorsOf(place)].some(({ type }) => type === 'catch_clause')) return true;
  const method = file.methodAround(place)?.node;
  const behind = method?.text.slice(place.endIndex - method.startIndex) ?? '';
  if (/addListener\(\s*(ChannelFutureListener\.)?CLOSE\b/.test(behind)) return true;
  if (/^[^}]*\.(close|closeNow|closeOnFlush|disconnect|onCompleted)\(/.test(behind)) return true;
  return (
    calleeName(place) === 'onNext' &&
    new RegExp(`\\b${receiverText(place)}\\.onCompleted\\(`).test(behind) &&
    !isInLoop(place)
  );
}

const isInLoop = (place: Node) => {
  for (const { type } of ancestorsOf(place)) {
    if (/^(while|do|for|enhanced_for)_statement$/.test(type)) return true;
    if (type.endsWith('_declaration')) return false;
  }
  return false;
};
