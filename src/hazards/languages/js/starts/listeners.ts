import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { lineOf, oneLine, partsOf } from '../../../syntax';
import {
  argumentsOf,
  calleeName,
  callTaking,
  isAsync,
  isFunction,
  receiverOf,
  type SourceFile,
  stringOf,
  unbound,
} from '../file';
import { handlerSource } from '../arrivals/handlers';
import { itemEvent, lifecycleEvent, quietEmitter } from '../names';

/** What a subscription is asked of that calls back and does not wait. */
const subscribing = /(client|subscriber|redis|sub|nats|nc|pubsub|stomp|socket|ws|conn|connection)$/i;

/** A listener that waits for something, on what does not wait for it. */
export function listenerOf(place: Node, file: SourceFile): Growth | null {
  const call = callTaking(place);
  const started = waitingIn(place, file);
  if (!started || !hasParameter(started)) return null;
  const source = call && handlerSource(place, file);
  const repeated = { turns: [{ place: started, repeated: started }] };
  if (source) {
    const step = `\`${source.text}\` runs the function on line ${lineOf(started)} for each ${source.unit}`;
    return { unit: source.unit, source: source.text, evidence: [step], settledEarly: source.settledEarly, ...repeated };
  }
  const text = call ? emittedBy(call, file) : assignedTo(place);
  if (text === null) return null;
  const step = `\`${text}\` runs the function on line ${lineOf(started)} and does not wait for it`;
  const doubt = `how often \`${text}\` comes`;
  return { unit: 'message', source: text, evidence: [step], settledEarly: null, doubt, ...repeated };
}

/** The async function that is handed over: the listener, what it names, or what it is nothing but a call of. */
function waitingIn(place: Node, file: SourceFile): Node | null {
  const named = unbound(place);
  const meant = isFunction(named) ? named : file.functionMeant(named);
  const started = meant && !isAsync(meant) ? onlyCall(meant, file) : meant;
  const waits = started?.descendantsOfType('await_expression').length !== 0 || handsOn(started, file);
  return started && isAsync(started) && waits && !onlyDecodes(started) ? started : null;
}

/** `async (bytes) => take(await this.decoder.decode(bytes))`: what it waits for is worked out in memory. */
function onlyDecodes(listener: Node): boolean {
  const awaited = listener.descendantsOfType('await_expression').flatMap(partsOf);
  return (
    awaited.length > 0 &&
    awaited.every(
      (each) =>
        each.type === 'call_expression' &&
        /^(de|en)?(serialize|code)$|^(parse|decompress|inflate)$/.test(calleeName(each)),
    )
  );
}

/** `handle` of `(message) => handle(message)` and `(message) => void handle(message)`. */
function onlyCall(listener: Node, file: SourceFile): Node | null {
  const body = listener.childForFieldName('body');
  const call = body?.type === 'unary_expression' ? body.childForFieldName('argument') : body;
  return call?.type === 'call_expression' ? file.functionMeant(call.childForFieldName('function')) : null;
}

/** `async (event) => this.handle(event)`, unless the method is known to be done when it returns. */
function handsOn(listener: Node, file: SourceFile): boolean {
  const body = listener.childForFieldName('body');
  const callee = body?.type === 'call_expression' ? body.childForFieldName('function') : null;
  if (!callee?.text.startsWith('this.')) return false;
  const meant = file.functionMeant(callee);
  return meant === null || isAsync(meant);
}

/** An event without what it is about is a signal. */
const hasParameter = (listener: Node): boolean =>
  listener.childForFieldName('parameter') !== null ||
  (listener.childForFieldName('parameters')?.namedChildCount ?? 0) > 0;

/** `socket.onmessage = async (event) => …` */
function assignedTo(listener: Node): string | null {
  const property = listener.parent?.childForFieldName('left');
  const emitter = property?.childForFieldName('object');
  return property && emitter && !quietEmitter.test(emitter.text) ? oneLine(property) : null;
}

/** `bus.on('event')` where events of that name come once for each item; null: nothing says that they do. */
function emittedBy(call: Node, file: SourceFile): string | null {
  const emitter = receiverOf(call);
  if (!emitter || quietEmitter.test(emitter.text)) return null;
  const event = stringOf(argumentsOf(call)[0]);
  if (/^p?subscribe$/i.test(calleeName(call)))
    return subscribing.test(emitter.text) || file.importsAny(/^rxjs/) ? `${oneLine(emitter)}.subscribe` : null;
  if (event === null || lifecycleEvent.test(event)) return null;
  const pushed = /(socket|ws)$/i.test(emitter.text) && file.importsAny(/^(socket\.io|ws)$/);
  return pushed || itemEvent.test(event) ? `${oneLine(emitter)}.${calleeName(call)}('${event}')` : null;
}
