import type { Node } from 'web-tree-sitter';
import type { Growth, Turn } from '../../rule';
import { ancestorsOf, contains, oneLine, textIn } from '../../syntax';
import { argumentsOf, calledAt, callAround, calleeName, qualifierOf, receiverOf, type Called } from './calls';
import type { RustFile } from './file';
import * as names from './names';
import { armAround } from './select';
import { before, callsIn } from './turn';

/** What a loop or a function is fed from. */
export interface Source {
  unit: Growth['unit'];
  /** As it stands in the code. */
  text: string;
}

/** What feeds the loop of this turn; null: it counts, walks a collection, or nothing shows that items keep arriving. */
export function loopSource(turn: Turn, file: RustFile): Source | null {
  const loop = turn.repeated;
  if (loop.type === 'for_expression') return iterated(loop, file);
  const arm = armAround(turn.place);
  if (arm && contains(loop, arm.macro)) return fromText(arm.source, file);
  const condition = loop.childForFieldName('condition');
  if (condition?.type === 'let_condition') {
    const received = callsIn([condition.childForFieldName('value') ?? condition]).find((call) => isRead(call, file));
    return received ? sourceOf(received, file) : null;
  }
  const handedOver = turn.place.type === 'call_expression' ? argumentsOf(turn.place) : [];
  const read = callsIn([...before(turn), ...handedOver]).find((call) => isRead(call, file));
  return read ? sourceOf(read, file) : null;
}

/** `for stream in listener.incoming()`, `for message in consumer.iter()`, `for job in rx`. */
function iterated(loop: Node, file: RustFile): Source | null {
  const over = loop.childForFieldName('value');
  if (!over) return null;
  const text = oneLine(over);
  if (over.text.endsWith('.incoming()')) return { unit: 'connection', text };
  if (/consumer\b.*\.(iter|into_iter|poll)\(/.test(over.text) && file.importsAny(names.brokers))
    return { unit: 'message', text };
  const channel = /^&?(?:mut )?([\w.]*(?:rx|receiver))(?:\.(?:iter|into_iter|try_iter)\(\))?$/.exec(over.text)?.[1];
  return channel !== undefined && bringsWork(channel, file) ? { unit: 'value', text } : null;
}

/** A call that waits for the next item rather than for an end, a tick or a result. */
function isRead(call: Called, file: RustFile): boolean {
  const known = Object.hasOwn(names.receivers, call.name) ? names.receivers[call.name] : undefined;
  if (known) return known.imports === null || file.importsAny(known.imports);
  if (!names.channelReceivers.test(call.name) || call.receiver === '') return false;
  // Without `.await` it is an iterator that ends.
  const waits = !/^(next|try_next)$/.test(call.name) || awaitedSomehow(call.node);
  return waits && bringsWork(call.receiver, file);
}

const bringsWork = (from: string, file: RustFile) => !names.quietSource.test(from) && !carriesNothing(from, file);

/** `Receiver<()>`: wake-ups. */
const carriesNothing = (from: string, file: RustFile) =>
  declaredAs(from, 'Receiver<\\s*(\\(\\)|Signal\\w*|Shutdown\\w*)\\s*>', file);

/** Declared as the end of a channel, whatever it is called. */
const isChannel = (from: string, file: RustFile) => declaredAs(from, '(Unbounded)?Receiver<', file);

function declaredAs(from: string, type: string, file: RustFile): boolean {
  const name = /(\w+)\W*$/.exec(from)?.[1] ?? '';
  return new RegExp(`\\b${name}\\s*:[^,;={}]*\\b${type}`).test(file.text);
}

const awaitedSomehow = (node: Node) =>
  node.type !== 'call_expression' || [...ancestorsOf(node)].slice(0, 4).some(({ type }) => type === 'await_expression');

function sourceOf({ name, receiver, node }: Called, file: RustFile): Source {
  const text = node.type === 'call_expression' ? oneLine(node) : `${receiver}.${name}()`;
  return { unit: unitOf(name, receiver, file), text };
}

function unitOf(name: string, receiver: string, file: RustFile): Source['unit'] {
  const known = Object.hasOwn(names.receivers, name) ? names.receivers[name] : undefined;
  if (known) return known.unit;
  if (names.connectionSource.test(receiver)) return 'connection';
  if (isChannel(receiver, file)) return 'value';
  if (
    file.importsAny(names.brokers) &&
    /consumer|subscri|messages?\b|deliver|stream|pubsub|event_?loop/i.test(receiver)
  )
    return 'message';
  return file.importsAny(names.sockets) && names.messageSource.test(receiver) ? 'message' : 'value';
}

/** The future of a `select!` arm. */
function fromText(text: string, file: RustFile): Source | null {
  const [, receiver = '', name = ''] = /([\w.]+)\s*\.\s*(\w+)\s*(?:::<[^>]*>)?\(/.exec(text) ?? [];
  const known = Object.hasOwn(names.receivers, name) ? names.receivers[name] : undefined;
  const reads = known
    ? known.imports === null || file.importsAny(known.imports)
    : names.channelReceivers.test(name) && bringsWork(receiver, file);
  return reads ? { unit: unitOf(name, receiver, file), text: text.replace(/\s+/g, ' ').slice(0, 60) } : null;
}

/** The library call that a closure is handed to, if it runs it for each message. */
export function handlerSource(closure: Node, file: RustFile): Source | null {
  const call = callAround(closure);
  if (!call) return null;
  const name = calleeName(call);
  const library = Object.hasOwn(names.callbackCalls, name) ? names.callbackCalls[name] : undefined;
  if (!library || !file.importsAny(library)) return null;
  const receiver = receiverOf(call);
  const called = receiver && calledAt(receiver);
  // An iterator that ends has the same methods.
  if (name.endsWith('for_each') && !/stream|consumer|subscri|messages|read/i.test(called?.name ?? qualifierOf(call)))
    return null;
  return { unit: 'message', text: `${name}(…)` };
}

const typesOf = (definition: Node) =>
  (definition.childForFieldName('parameters')?.namedChildren ?? []).flatMap(
    (parameter) => parameter.childForFieldName('type')?.text ?? [],
  );

/** What a library runs the function for; null: nothing says that it does. */
export function fedBy(definition: Node, file: RustFile): Source | null {
  const name = textIn(definition, 'name');
  const trait = definition.parent?.parent?.childForFieldName('trait')?.text ?? '';
  const known = Object.hasOwn(names.handlerMethods, name) ? names.handlerMethods[name] : undefined;
  if (known?.test(trait)) return { unit: 'message', text: `${trait}::${name}` };
  const parameters = textIn(definition, 'parameters');
  const message = typesOf(definition).flatMap((type) => names.messageTypes.exec(type)?.[1] ?? [])[0];
  if (message !== undefined && file.importsAny(names.brokers)) return { unit: 'message', text: message };
  if (!file.importsAny(names.webFrameworks)) return null;
  const attribute = definition.previousNamedSibling;
  if (attribute?.type === 'attribute_item' && names.requestAttributes.test(attribute.text))
    return { unit: 'request', text: oneLine(attribute) };
  const request = names.requestTypes.exec(parameters)?.[1];
  const isMethod = definition.parent?.parent?.type === 'impl_item' && trait === '';
  return request !== undefined && !isMethod ? { unit: 'request', text: `${request}<…>` } : null;
}
