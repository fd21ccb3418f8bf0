import type { Node } from 'web-tree-sitter';
import type { Growth, Turn } from '../../rule';
import { oneLine, partsOf, textIn } from '../../syntax';
import { argumentsOf, callAround, calleeName, receiverText } from './calls';
import type { CsharpFile } from './file';
import * as names from './names';
import { before, running } from './turn';

/** What a loop or a function is fed from. */
export interface Source {
  unit: Growth['unit'];
  /** As it stands in the code. */
  text: string;
  /** How the broker is told that the message is done when the function returns; absent: it is not. */
  settled?: string;
}

/** What feeds the loop of this turn; null: it counts, walks a collection, or nothing shows that items keep arriving. */
export function loopSource(turn: Turn, file: CsharpFile): Source | null {
  const loop = turn.repeated;
  if (loop.type === 'foreach_statement') return iterated(loop, file);
  const condition = loop.childForFieldName('condition');
  const waits = condition && running([condition], 'invocation_expression').find((call) => waitsForMore(call, file));
  if (waits) return sourceOf(waits, file);
  const endless = condition ? names.endlessCondition.test(condition.text) : loop.type === 'for_statement';
  if (!endless) return null;
  const handedOver = turn.place.type === 'invocation_expression' ? argumentsOf(turn.place) : [];
  const read = running([...before(turn), ...handedOver], 'invocation_expression').find((call) => isRead(call, file));
  return read ? sourceOf(read, file) : null;
}

/** `await foreach (var job in channel.Reader.ReadAllAsync())`, `foreach (var job in jobs.GetConsumingEnumerable())`. */
function iterated(loop: Node, file: CsharpFile): Source | null {
  const over = loop.childForFieldName('right');
  if (!over) return null;
  const text = oneLine(over);
  if (over.text.includes('.GetConsumingEnumerable(')) return { unit: 'value', text };
  if (!loop.children.some(({ type }) => type === 'await') || !names.endlessStream.test(over.text)) return null;
  if (/requestStream/i.test(over.text)) return { unit: 'request', text };
  if (over.text.includes('.ReadAllAsync(')) return { unit: 'value', text };
  return file.importsAny(names.brokers) ? { unit: 'message', text } : null;
}

/** `while (await reader.WaitToReadAsync())`, `while (queue.TryDequeue(out var job))` only where it waits. */
const waitsForMore = (call: Node, file: CsharpFile) =>
  calleeName(call) === 'WaitToReadAsync' || isConnection(call, file);

const isConnection = (call: Node, file: CsharpFile) => {
  const known = receiverNamed(calleeName(call));
  return known !== undefined && (known.imports === null || file.importsAny(known.imports));
};

const receiverNamed = (name: string) => (Object.hasOwn(names.receivers, name) ? names.receivers[name] : undefined);

function isRead(call: Node, file: CsharpFile): boolean {
  if (isConnection(call, file)) return true;
  const name = calleeName(call);
  if (!names.channelReceivers.test(name)) return false;
  const receiver = receiverText(call);
  if (/^Receive(Async)?$/.test(name)) return file.importsAny(names.brokers) || /udp/i.test(receiver);
  return names.channelObject.test(receiver);
}

function sourceOf(call: Node, file: CsharpFile): Source {
  const name = calleeName(call);
  const text = oneLine(call);
  const known = receiverNamed(name);
  if (known) return { unit: known.unit, text };
  if (!/^Receive(Async)?$/.test(name)) return { unit: 'value', text };
  return { unit: file.importsAny(names.brokers) ? 'message' : 'packet', text };
}

/** What a lambda or method is run for that is handed on: an event, a subscription, a route. */
export function handlerSource(handler: Node, file: CsharpFile): Source | null {
  const assigned = handler.parent?.type === 'assignment_expression' ? handler.parent : null;
  const event = assigned?.childForFieldName('left');
  if (event && assigned?.childForFieldName('operator')?.text === '+=') {
    const known = names.messageEvents.test(event.text.split('.').at(-1) ?? '') && file.importsAny(names.brokers);
    return known ? { unit: 'message', text: oneLine(event) } : null;
  }
  const call = callAround(handler);
  const name = call ? calleeName(call) : '';
  const library = Object.hasOwn(names.callbackCalls, name) ? names.callbackCalls[name] : undefined;
  if (!library || (library.imports && !file.importsAny(library.imports))) return null;
  return { unit: library.unit, text: `${name}(…)` };
}

/** What a library runs the method for; null: nothing says so. */
export function methodSource(method: Node, file: CsharpFile): Source | null {
  const name = textIn(method, 'name');
  const owner = file.classAround(method);
  const bases = (owner ? partsOf(owner).find(({ type }) => type === 'base_list')?.text : undefined) ?? '';
  const attributes = partsOf(method).filter(({ type }) => type === 'attribute_list');
  const parameters = textIn(method, 'parameters');
  if (names.handlerTypes.test(bases) && names.handlerMethods.test(name) && file.importsAny(names.brokers))
    return { unit: 'message', text: name, settled: `returning from \`${name}\` tells the broker that it is done` };
  if (names.deliveryMethods.test(name)) return { unit: 'message', text: name };
  const trigger = attributes.find(({ text }) => names.messageAttributes.test(text));
  if (trigger) return { unit: 'message', text: oneLine(trigger) };
  const route = attributes.find(({ text }) => names.requestAttributes.test(text));
  if (route) return { unit: 'request', text: oneLine(route) };
  const isHub = /\bHub\b/.test(bases) && method.text.startsWith('public');
  return names.requestParameters.test(parameters) || isHub ? { unit: 'request', text: name } : null;
}
