import type { Node } from 'web-tree-sitter';
import { lineOf } from '../../../syntax';
import type { JavaFile } from '../file';

const asking =
  /\b(isWritable|\w*[wW]ritabilityChanged|\w*WRITE_BUFFER\w*|WriteBufferWaterMark|getScheduledWrite(Bytes|Messages)|bytesBeforeUnwritable|writeQueueFull|setWriteQueueMaxSize|drainHandler|isReady|setOnReadyHandler|hasBufferedData|setMaxOutgoingFrames|disableAutoInboundFlowControl|setAutoRead|suspendRead|pipeTo)\b|\bPump\./;

const known = new WeakMap<JavaFile, string | null>();

/** Where a file asks whether there is room, or sets how much may wait; null: nowhere. */
function askedIn(file: JavaFile): string | null {
  const before = known.get(file);
  if (before !== undefined) return before;
  const found = asking.exec(file.text)?.[0] ?? null;
  const told = found === null ? null : `a look whether there is room (\`${found}\`)`;
  known.set(file, told);
  return told;
}

/** `if (inFlight.get() > most)`: a comparison of what is under way. That a channel is active says nothing of it. */
const comparing =
  /\b(while|if)\s*\((?=[^{};]{0,200}[<>])[^{};]{0,200}?(in_?flight|pending|outstanding|unack|window|queued|backlog)|\b(TooMany|Overload)|too many /i;

/** `permits.acquire()`; what a pool of channels gives is a channel. */
const taking = /\b(?!\w*pool\.)\w+\.(tryAcquire|acquire\w*)\(/i;

/** Waiting for the answer, or for the write to be done. */
const waiting = /\.(block|await\w*|join|wait[A-Z]\w*|sync(Uninterruptibly)?)\(|\b\w*[fF]uture\w*\.get\(/;

/** What asks whether there is room for what is written, or how much is under way; null: nothing. */
export function roomAsked(place: Node, file: JavaFile): string | null {
  const method = file.methodAround(place)?.node;
  const counted = method && (comparing.exec(method.text) ?? taking.exec(method.text));
  const waited = method && waiting.exec(method.text.slice(place.endIndex - method.startIndex))?.[0];
  if (waited) return `waiting for it (\`${waited.slice(0, -1)}\`)`;
  if (!counted) return askedIn(file);
  const line = lineOf(method) + method.text.slice(0, counted.index).split('\n').length - 1;
  return `the count of what is under way on line ${line}`;
}
