import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { oneLine, textIn } from '../../../syntax';
import { argumentsOf, boundTo, calleeName, callTaking, receiverOf, type SourceFile, stringOf } from '../file';
import {
  brokers,
  callbackMethods,
  handlerProperties,
  itemEvents,
  quietEmitter,
  receivingEmitter,
  sockets,
} from '../names';

/** What items come from. */
export interface Source {
  unit: Growth['unit'];
  text: string;
  settledEarly: string | null;
}

/** Is it the name of a call that may be handed what runs once for each item? */
export const runsHanded = (name: string): boolean =>
  /^(on|addListener|onData)$/.test(name) || Object.hasOwn(callbackMethods, name);

/** The library that runs a function once for each item; null: none does. */
export function handlerSource(handler: Node, file: SourceFile): Source | null {
  const property = propertyName(handler);
  const library = Object.hasOwn(handlerProperties, property) ? handlerProperties[property] : undefined;
  if (library && file.importsAny(library)) {
    const early = property.startsWith('each') ? `the offset is committed when \`${property}\` returns` : null;
    return { unit: 'message', text: property, settledEarly: early };
  }
  const call = callTaking(handler);
  if (!call) return assignedSource(handler);
  const name = calleeName(call);
  if (/^(on|addListener)$/.test(name)) return eventSource(call, file);
  // The body of a request in uWebSockets.
  if (name === 'onData' && /^res(ponse)?$/.test(receiverOf(call)?.text ?? ''))
    return { unit: 'chunk', text: `${receiverOf(call)?.text ?? ''}.onData(…)`, settledEarly: null };
  const packages = Object.hasOwn(callbackMethods, name) ? callbackMethods[name] : undefined;
  return packages && receiverOf(call) !== null && file.importsAny(packages)
    ? { unit: 'message', text: `${oneLine(call.childForFieldName('function') ?? call)}(…)`, settledEarly: null }
    : null;
}

/** `socket.onmessage = (event) => …` */
function assignedSource(handler: Node): Source | null {
  const property = handler.parent?.childForFieldName('left');
  const emitter = property?.childForFieldName('object');
  if (property?.childForFieldName('property')?.text !== 'onmessage' || !emitter) return null;
  const outside = receivingEmitter.test(emitter.text) || /(ws|socket)\w*$/i.test(emitter.text);
  if (!outside || quietEmitter.test(emitter.text)) return null;
  return { unit: 'message', text: oneLine(property), settledEarly: null };
}

function eventSource(call: Node, file: SourceFile): Source | null {
  const event = stringOf(argumentsOf(call)[0]) ?? '';
  const unit = Object.hasOwn(itemEvents, event) ? itemEvents[event] : undefined;
  const emitter = receiverOf(call);
  if (unit === undefined || !emitter || quietEmitter.test(emitter.text)) return null;
  const outside = receivingEmitter.test(emitter.text) || file.importsAny(brokers) || file.importsAny(sockets);
  if (unit === 'message' && !outside) return null;
  return { unit, text: `${oneLine(emitter)}.on('${event}')`, settledEarly: null };
}

/** `eachMessage` of `{ eachMessage: fn }`, `{ eachMessage: fn.bind(this) }` and `{ async eachMessage() {} }`. */
function propertyName(handler: Node): string {
  if (handler.type === 'method_definition') return textIn(handler, 'name');
  const given = boundTo(handler);
  const pair = given.parent;
  const isValue = pair?.type === 'pair' && pair.childForFieldName('value')?.id === given.id;
  return isValue ? textIn(pair, 'key') : '';
}
