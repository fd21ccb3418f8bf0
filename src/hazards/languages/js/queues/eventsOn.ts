import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { oneLine, placeOf } from '../../../syntax';
import { argumentsOf, calleeName, receiverOf, stringOf, type SourceFile } from '../file';
import { lifecycleEvent, quietEmitter } from '../names';

/** A loop over `on(emitter, event)` of Node.js, whose list of events that wait has no end unless it is given one. */
export const walksEvents = /\bof (?:\w+\.)?on\(/;

/** Events that wait while the body of `for await (const [message] of on(socket, 'message'))` waits. */
export function eventsOf(loop: Node, file: SourceFile): Growth | null {
  const call = loop.childForFieldName('right');
  const body = loop.childForFieldName('body');
  if (call?.type !== 'call_expression' || calleeName(call) !== 'on' || !body) return null;
  const [emitter, event] = argumentsOf(call);
  const name = stringOf(event) ?? '';
  const own =
    receiverOf(call) === null ? file.moduleOf('on') : /^(events|EventEmitter)$/.exec(receiverOf(call)?.text ?? '');
  if (own === null || !emitter || quietEmitter.test(emitter.text) || lifecycleEvent.test(name)) return null;
  if (!/\bawait\b/.test(body.text) || /highWaterMark|highWatermark|\bpause\(/.test(file.text)) return null;
  return {
    unit: 'message',
    source: oneLine(call),
    evidence: [
      `${placeOf(call)} keeps each event until the loop asks for it, and has no limit unless highWaterMark is given`,
      'the loop awaits before it asks for the next',
    ],
    turns: [{ place: loop, repeated: loop }],
    settledEarly: null,
    doubt: `how quickly \`${emitter.text}\` emits`,
    made: call,
  };
}
