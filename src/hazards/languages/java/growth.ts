import type { Node } from 'web-tree-sitter';
import { climb, surest, type Climbed, type Climbing } from '../../across/climb';
import type { Region } from '../../across/reach';
import type { Growth, Turn } from '../../rule';
import { ancestorsOf, lineOf, oneLine, placeOf } from '../../syntax';
import { argumentsOf, calleeName, callTaking, loops, receiverText, type DeclaredMethod, type JavaFile } from './file';
import { declaredSource, handlerSource, type Source } from './arrivals/handlers';
import * as names from './names';
import { after, before, running } from './turn';

/** Does the place run once for each item that arrives? In its loop or listener, or one call further out. */
export const perItem = (place: Node, file: JavaFile): Growth | null =>
  surest(repetition(place, file, []), () => climb(place, climbing(file)));

const isLoop = ({ type }: Node) => /^(while|do|for|enhanced_for)_statement$/.test(type);

/** Looks outward from the place for code that runs once for each item, not further than the method it stands in. */
export function repetition(place: Node, file: JavaFile, inner: readonly Turn[]): Growth | null {
  for (const outer of ancestorsOf(place)) {
    const turn = { place, repeated: outer };
    const turns = [...inner, turn];
    if (isLoop(outer)) {
      const source = loopSource(turn, file);
      const turned = `the loop on line ${lineOf(outer)} turns once for each`;
      if (source) return growth(source, turns, `${turned} ${source.unit} from \`${source.text}\``);
    }
    if (outer.type === 'lambda_expression') {
      const source = handlerSource(outer, file);
      const runs = `runs the function on line ${lineOf(outer)} for each`;
      if (source) return growth(source, turns, `\`${source.text}\` ${runs} ${source.unit}`);
      if (!runsInPlace(outer)) return null;
    }
    if (outer.type === 'method_declaration') {
      const source = declaredSource(outer, file);
      return source && growth(source, turns, source.step);
    }
    if (outer.type.endsWith('_declaration') && outer.type !== 'local_variable_declaration') return null;
  }
  return null;
}

const climbing = (file: JavaFile): Climbing => ({
  around: (place) => {
    const around = file.methodAround(place);
    return around && isReached(place, around.node) ? climbedOf(around) : null;
  },
  usesOf: ({ node }) => file.methods.filter((each) => each.node.id === node.id).flatMap((each) => file.usesOf(each)),
  callOf: (use) => (/^(method_invocation|object_creation_expression)$/.test(use.type) ? use : null),
  isStarted: () => false,
  repetition: (call, inner) => repetition(call, file, inner),
  handed: (use, around, turns) => {
    const source = handlerSource(use, file);
    const calledAs = `\`${around.name}\` (line ${lineOf(around.node)})`;
    return source && growth(source, turns, `\`${source.text}\` runs ${calledAs} for each ${source.unit}`);
  },
});

/** A method as callers in other files know it. */
export const climbedOf = (declared: DeclaredMethod | null): Climbed | null =>
  declared && {
    node: declared.node,
    name: declared.name,
    owner: declared.owner?.childForFieldName('name')?.text ?? null,
  };

/** Loops, functions that a library is handed, and methods that it runs once for each item. */
export function regionsIn(file: JavaFile): Region[] {
  const repeated = file.walked.of(...loops).map((node): Region => ({ node, growth: null }));
  const literals = file.walked
    .of('lambda_expression')
    .filter((node) => handlerSource(node, file) !== null)
    .map((node): Region => ({ node, growth: null }));
  const declared = file.methods.flatMap(({ node }): Region[] => {
    const source = node.type === 'method_declaration' ? declaredSource(node, file) : null;
    return source && source.doubt === undefined ? [{ node, growth: null }] : [];
  });
  return [...repeated, ...literals, ...declared];
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

/** What feeds the loop of this turn; null: it counts, walks a collection, or nothing shows that items keep arriving. */
function loopSource(turn: Turn, file: JavaFile): Source | null {
  const loop = turn.repeated;
  const condition = loop.childForFieldName('condition');
  // `while ((job = queue.take()) != null)`: received in the head.
  const head = condition ? running([condition], 'method_invocation').find((call) => isReceiver(call, file)) : undefined;
  const endless =
    condition === null
      ? loop.type === 'for_statement'
      : names.endlessCondition.test(condition.text) || names.ownCondition.test(condition.text);
  if (!endless && !head) return null;
  const ahead = argumentsOf(turn.place);
  const read = head ?? running([...before(turn), ...ahead], 'method_invocation').find((call) => isReceiver(call, file));
  return read ? { unit: unitOf(read, file), text: oneLine(read) } : null;
}

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

function growth({ unit, text, settledEarly, doubt }: Source, turns: Turn[], step: string): Growth {
  const outermost = turns.at(-1);
  const settled = outermost && unit === 'message' ? running(after(outermost), 'method_invocation') : [];
  const early = settled.find((call) => names.settling.test(calleeName(call)));
  return {
    unit,
    source: text,
    evidence: [step],
    turns,
    ...(doubt === undefined ? {} : { doubt }),
    settledEarly: settledEarly ?? (early ? `${placeOf(early)} does not wait for it` : null),
  };
}
