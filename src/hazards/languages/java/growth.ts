import type { Node } from 'web-tree-sitter';
import type { Growth, Turn } from '../../rule';
import { ancestorsOf, contains, lineOf, oneLine } from '../../syntax';
import {
  annotationName,
  annotationsOf,
  argumentsOf,
  calleeName,
  callTaking,
  receiverText,
  type JavaFile,
} from './file';
import * as names from './names';
import { after, before, running } from './turn';

interface Source {
  unit: Growth['unit'];
  text: string;
  settledEarly?: string | null;
}

/** Does the place run once for each item that arrives? In its loop or listener, or one call further out. */
export const perItem = (place: Node, file: JavaFile): Growth | null =>
  repetition(place, file, []) ?? calledOncePerItem(place, file);

const isLoop = ({ type }: Node) => /^(while|do|for|enhanced_for)_statement$/.test(type);

/** Looks outward from the place for code that runs once for each item, not further than the method it stands in. */
function repetition(place: Node, file: JavaFile, inner: readonly Turn[]): Growth | null {
  for (const outer of ancestorsOf(place)) {
    const turn = { place, repeated: outer };
    const turns = [...inner, turn];
    if (isLoop(outer)) {
      const source = loopSource(turn, file);
      const step = `the loop on line ${lineOf(outer)} turns once for each`;
      if (source) return growth(source, turns, `${step} ${source.unit} from \`${source.text}\``);
    }
    if (outer.type === 'lambda_expression') {
      const source = handlerSource(outer, file);
      const step = source && `\`${source.text}\` runs the function on line ${lineOf(outer)} for each ${source.unit}`;
      if (source) return growth(source, turns, step ?? '');
      if (!runsInPlace(outer)) return null;
    }
    if (outer.type === 'method_declaration') return fromDeclaration(outer, turns, file);
    if (outer.type.endsWith('_declaration') && outer.type !== 'local_variable_declaration') return null;
  }
  return null;
}

/** One level up: the method around the place is called or handed on where something repeats. */
function calledOncePerItem(place: Node, file: JavaFile): Growth | null {
  const around = file.methodAround(place);
  if (!around || !isReached(place, around.node)) return null;
  const turn = { place, repeated: around.node };
  const calledAs = `\`${around.name}\` (line ${lineOf(around.node)})`;
  for (const use of file.usesOf(around)) {
    if (use.type === 'method_reference') {
      const source = handlerSource(use, file);
      if (source) return growth(source, [turn], `\`${source.text}\` runs ${calledAs} for each ${source.unit}`);
      continue;
    }
    const found = repetition(use, file, [turn]);
    if (!found) continue;
    return { ...found, evidence: [...found.evidence, `${calledAs} is called for it on line ${lineOf(use)}`] };
  }
  return null;
}

/** Does calling the method run the place, rather than make a function that will? */
const isReached = (place: Node, method: Node) => {
  for (const outer of ancestorsOf(place)) {
    if (outer.id === method.id) return true;
    if (outer.type === 'lambda_expression' && !runsInPlace(outer)) return false;
    if (outer.type === 'class_body' && outer.parent?.type === 'object_creation_expression') return false;
  }
  return true;
};

/** `records.forEach(record -> …)`: the function runs where it stands. */
function runsInPlace(lambda: Node): boolean {
  const call = callTaking(lambda);
  return (
    call !== null &&
    /^(forEach|forEachOrdered|ifPresent|ifPresentOrElse|map|filter|peek|computeIfAbsent|compute)$/.test(
      calleeName(call),
    )
  );
}

/** What a library runs the method for, by its annotation or by the interface's name for it. */
function fromDeclaration(method: Node, turns: Turn[], file: JavaFile): Growth | null {
  const name = method.childForFieldName('name')?.text ?? '';
  for (const annotation of annotationsOf(method)) {
    const listens = names.listenerAnnotations.test(annotationName(annotation)) && file.importsAny(names.brokers);
    const answers = names.requestAnnotations.test(annotationName(annotation)) && file.importsAny(names.webFrameworks);
    if (!listens && !answers) continue;
    const unit = listens ? 'message' : 'request';
    const text = `@${annotationName(annotation)}`;
    const step = `\`${text}\` runs \`${name}\` (line ${lineOf(method)}) for each ${unit}`;
    return growth({ unit, text, settledEarly: listens ? settledOnReturn(name, file) : null }, turns, step);
  }
  const known = Object.hasOwn(names.handlerMethods, name) ? names.handlerMethods[name] : undefined;
  if (!known || !file.importsAny(known.imports) || !method.childForFieldName('parameters')?.namedChildCount)
    return null;
  const early =
    known.unit === 'message' && /^(onMessage|consumeMessage)$/.test(name) ? settledOnReturn(name, file) : null;
  return growth(
    { unit: known.unit, text: name, settledEarly: early },
    turns,
    `\`${name}\` (line ${lineOf(method)}) is run for each ${known.unit}`,
  );
}

/** Containers acknowledge a message, or commit its offset, when its listener returns, unless the program does it itself. */
const settledOnReturn = (name: string, file: JavaFile): string | null =>
  /\bbasicAck\(|\.acknowledge\(|AckMode\.MANUAL|"MANUAL"|Acknowledgment\b/.test(file.text) ||
  !file.importsAny(names.brokers)
    ? null
    : `the message counts as done when \`${name}\` returns`;

/** The library that runs a function once for each message; null: none does. */
function handlerSource(handler: Node, file: JavaFile): Source | null {
  const call = callTaking(handler);
  if (call) {
    const library = Object.hasOwn(names.callbackCalls, calleeName(call))
      ? names.callbackCalls[calleeName(call)]
      : undefined;
    if (!library || !file.importsAny(library)) return null;
    const auto = calleeName(call) === 'basicConsume' && argumentsOf(call)[1]?.text === 'true';
    const settledEarly = auto ? 'with autoAck every message counts as done when it is sent' : null;
    return { unit: 'message', text: `${calleeName(call)}(…)`, settledEarly };
  }
  const variable = handler.parent?.type === 'variable_declarator' ? handler.parent.parent : null;
  const type = variable?.childForFieldName('type')?.text.replace(/<.*/, '') ?? '';
  return names.callbackTypes.test(type) && file.importsAny(names.brokers) ? { unit: 'message', text: type } : null;
}

/** What feeds the loop of this turn; null: it counts, walks a collection, or nothing shows that items keep arriving. */
function loopSource(turn: Turn, file: JavaFile): Source | null {
  const loop = turn.repeated;
  if (loop.type === 'enhanced_for_statement') return null;
  const condition = loop.childForFieldName('condition');
  // `while ((job = queue.take()) != null)`: received in the head.
  const head = condition ? running([condition], 'method_invocation').find((call) => isReceiver(call, file)) : undefined;
  const endless = condition === null ? loop.type === 'for_statement' : names.endlessCondition.test(condition.text);
  if (!endless && !head) return null;
  const ahead = turn.place.type === 'method_invocation' ? argumentsOf(turn.place) : [];
  const read = head ?? running([...before(turn), ...ahead], 'method_invocation').find((call) => isReceiver(call, file));
  return read ? { unit: unitOf(read, file), text: oneLine(read) } : null;
}

/** Does the node stand in a loop that goes on until somebody stops it? */
export const isRepeated = (node: Node): boolean =>
  [...ancestorsOf(node)].some((outer) => {
    const condition = outer.childForFieldName('condition');
    if (!isLoop(outer) || outer.type === 'enhanced_for_statement') return false;
    if (condition === null) return outer.type === 'for_statement';
    // A loop that ends when there is nothing left empties the queue now and then, and is no worker.
    return names.endlessCondition.test(condition.text) || (calleeName(node) === 'take' && contains(condition, node));
  });

const isOwnQueue = (call: Node) =>
  /^(poll|take|pollFirst|takeFirst)$/.test(calleeName(call)) && names.queueObject.test(receiverText(call));

const unitOf = (call: Node, file: JavaFile): Growth['unit'] => {
  const known = names.receivers[calleeName(call)];
  if (isOwnQueue(call) && !/consumer$/i.test(receiverText(call))) return 'value';
  // A DatagramSocket receives packets, everything else messages.
  return known?.unit === 'message' && /socket/i.test(receiverText(call)) && !file.importsAny(names.brokers)
    ? 'packet'
    : (known?.unit ?? 'value');
};

function isReceiver(call: Node, file: JavaFile): boolean {
  if (receiverText(call) === '') return false;
  if (isOwnQueue(call)) return true;
  const name = calleeName(call);
  const known = Object.hasOwn(names.receivers, name) ? names.receivers[name] : undefined;
  if (!known) return false;
  if (name === 'receive' && /socket/i.test(receiverText(call)) && file.importsAny(/^java\.net\b/)) return true;
  return known.imports === null || file.importsAny(known.imports);
}

function growth({ unit, text, settledEarly }: Source, turns: Turn[], step: string): Growth {
  const outermost = turns.at(-1);
  const settled = outermost && unit === 'message' ? running(after(outermost), 'method_invocation') : [];
  const early = settled.find((call) => names.settling.test(calleeName(call)));
  return {
    unit,
    source: text,
    evidence: [step],
    turns,
    settledEarly:
      settledEarly ?? (early ? `\`${oneLine(early)}\` on line ${lineOf(early)} does not wait for it` : null),
  };
}
