import type { Node } from 'web-tree-sitter';
import { climb, type Climbed, type Climbing } from '../../across/climb';
import type { Handed, Region } from '../../across/reach';
import type { Growth, GrowthKind, Turn } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, textIn } from '../../syntax';
import { givenTo, orMeanwhile, passedOn } from './arrivals/given';
import { handlerSource, runsHanded, type Source } from './arrivals/handlers';
import { queueOf } from './queues/queues';
import { requestedWith, settledLater } from './starts/settled';
import { writeOf } from './writes/writes';
import {
  argumentsOf,
  calleeName,
  callTaking,
  escaped,
  functionTypes,
  isAsync,
  isFunction,
  loopTypes,
  receiverOf,
  type SourceFile,
} from './file';
import { brokers, endlessIterable, handlerProperties, receivers, sockets } from './names';

/** Gate A for TypeScript and JavaScript. */
export function growthOf(place: Node, kind: GrowthKind, file: SourceFile): Growth | null {
  const growth = growthAt(place, kind, file);
  return growth && isNeverCalled(place, file) ? null : growth;
}

/** Is it in a function that its own function makes and does not use? */
function isNeverCalled(place: Node, file: SourceFile): boolean {
  for (const outer of ancestorsOf(place)) {
    const within =
      outer.parent?.type === 'variable_declarator' && isFunction(outer) ? file.functionAround(outer) : null;
    const name = within && outer.parent?.childForFieldName('name');
    if (name?.type !== 'identifier') continue;
    const code = within?.text.replace(/\/\/.*/g, '') ?? '';
    if (code.split(new RegExp(`(?<![\\w$])${escaped(name.text)}(?![\\w$])`)).length === 2) return true;
  }
  return false;
}

function growthAt(place: Node, kind: GrowthKind, file: SourceFile): Growth | null {
  if (kind === 'append') return queueOf(place, file, () => perItem(place, file));
  if (kind === 'write') return writeOf(place, file, () => perItem(place, file));
  if (!conditions[kind]?.(place, file)) return null;
  const own = perItem(place, file);
  if (kind === 'task') return orMeanwhile(own, () => requestedWith(place, file));
  return kind === 'publish' ? orMeanwhile(own, () => handedOn(place, file)) : own;
}

/** Does the place run once for each item that arrives? */
export const perItem = (place: Node, file: SourceFile): Growth | null =>
  repetition(place, file) ?? climb(place, climbing(file));

/** What must hold of the place itself. */
const conditions: Partial<Record<GrowthKind, (place: Node, file: SourceFile) => boolean>> = {
  task: startsTask,
  publish: isProducer,
};

/** `publish(order) { this.channel.publish('orders', '', encode(order)); }` */
function handedOn(place: Node, file: SourceFile): Growth | null {
  const [call] = partsOf(place);
  const found = call && givenTo(place, argumentsOf(call), file);
  return found ? passedOn(place, found, 'sends') : null;
}

/** `producer.send(…)` of kafkajs, `channel.publish(…)` of amqplib; an answer to the message at hand is no flow of its own. */
function isProducer(place: Node, file: SourceFile): boolean {
  const [call] = partsOf(place);
  const sender = call ? (receiverOf(call)?.text ?? '') : '';
  if (!call || /reply-?to/i.test(call.text)) return false;
  if (/^send(Batch)?$/.test(calleeName(call))) return /producer/i.test(sender) && file.importsAny(/kafka/);
  return file.importsAny(/^(amqplib(\/.*)?|amqp-connection-manager)$/);
}

/** A call, as a statement of its own, of a function that is known to be asynchronous: nobody waits for its promise. */
function startsTask(place: Node, file: SourceFile): boolean {
  const [first] = partsOf(place);
  const call = first?.type === 'unary_expression' ? first.childForFieldName('argument') : first;
  if (call?.type !== 'call_expression') return false;
  if (settledLater(call)) return true;
  const each = calleeName(call) === 'forEach' ? argumentsOf(call)[0] : undefined;
  if (each && isFunction(each)) return isAsync(each) && each.descendantsOfType('await_expression').length > 0;
  const callee = call.childForFieldName('function');
  const literal = callee?.type === 'parenthesized_expression' ? (partsOf(callee)[0] ?? null) : null;
  const started = literal && isFunction(literal) ? literal : file.functionMeant(callee);
  if (started === null || isBrief(call, file)) return false;
  return isAsync(started) ? started.descendantsOfType('await_expression').length > 0 : givesPromise(started);
}

/** What takes a listener off, opens or closes, or tells a peer that one is still there: it comes once, or when nothing else does. */
const isBrief = (call: Node, file: SourceFile): boolean => {
  const around = file.functionAround(call);
  const names = [calleeName(call), around ? file.nameOf(around) : ''];
  return (
    /^_*(remove|off$|unsubscribe|unlisten|detach)/i.test(names[0] ?? '') ||
    names.some((name) => /keep_?alive|heart_?beat|handshake|ping$|^_*(re|dis)?(connect|close)(?![a-z])/i.test(name))
  );
};

/** `return find(…).then(…)` as a statement of the function itself. */
const givesPromise = (work: Node): boolean =>
  partsOf(work.childForFieldName('body') ?? work).some(
    (statement) =>
      statement.type === 'return_statement' && partsOf(statement).some((given) => calleeName(given) === 'then'),
  );

/** Looks outward from the place for a loop that receives or a function that is run for each item. */
export function repetition(place: Node, file: SourceFile): Growth | null {
  for (const outer of [place, ...ancestorsOf(place)]) {
    const looped = outer.id === place.id ? null : loopSource(outer, place, file);
    if (looped) {
      const step = `the loop on line ${lineOf(outer)} turns once for each ${looped.unit} from \`${looped.text}\``;
      return growth(looped, place, outer, step);
    }
    if (!isFunction(outer)) continue;
    const source = handlerSource(outer, file);
    if (source) {
      const step = `\`${source.text}\` runs the function on line ${lineOf(outer)} for each ${source.unit}`;
      return growth(source, place, outer, step);
    }
    if (!runsInPlace(outer)) return null;
  }
  return null;
}

const climbing = (file: SourceFile): Climbing => ({
  around: (place) => climbedOf(functionCalled(place), file),
  usesOf: ({ node }) => file.usesOf(node),
  callOf: (use) => (use.parent?.childForFieldName('function')?.id === use.id ? use.parent : null),
  isStarted: () => false,
  repetition: (call, inner) => {
    const found = repetition(call, file);
    return found && { ...found, turns: [...inner, ...found.turns] };
  },
  handed: (use, around, turns) => handedGrowth(use, around, turns, file),
});

/** The function around a place that does not run where it stands. */
const functionCalled = (place: Node): Node | null =>
  [...ancestorsOf(place)].find((outer) => isFunction(outer) && !runsInPlace(outer)) ?? null;

/** A function as callers in other files know it; null: it has no name. */
export function climbedOf(node: Node | null, file: SourceFile): Climbed | null {
  const name = node ? file.nameOf(node) : '';
  return node && name !== '' ? { node, name, owner: file.classAround(node) } : null;
}

function handedGrowth(use: Node, around: Climbed, turns: Turn[], file: SourceFile): Growth | null {
  const source = handlerSource(use, file);
  if (!source) return null;
  const step = `\`${source.text}\` runs \`${around.name}\` (line ${lineOf(around.node)}) for each ${source.unit}`;
  return { ...growth(source, use, use, step), turns };
}

/** Loops, and functions that a library runs once for each item. */
export function regionsIn(file: SourceFile, handed: readonly Handed[]): Region[] {
  const loops = file.walked.of(...loopTypes).map((node): Region => ({ node, growth: null }));
  const literals = file.walked
    .of(...functionTypes)
    .filter((node) => handlerSource(node, file) !== null)
    .map((node): Region => ({ node, growth: null }));
  const named = handed.flatMap(({ use, growth: found }): Region[] => {
    const node = file.functionMeant(use);
    return node ? [{ node, growth: found }] : [];
  });
  return [...loops, ...literals, ...named];
}

/** Does its name say that a library may run what stands in it? Of most calls and pairs it does not. */
const mayHand = (list: Node): boolean =>
  list.type === 'pair'
    ? Object.hasOwn(handlerProperties, textIn(list, 'key'))
    : list.parent !== null && runsHanded(calleeName(list.parent));

/** Names of functions that are handed to a library which runs them once for each item. */
export const handedIn = (file: SourceFile): Handed[] =>
  file.root.descendantsOfType(['arguments', 'pair']).flatMap((list) =>
    (mayHand(list) ? partsOf(list) : [])
      .map((each) =>
        each.type === 'call_expression' && calleeName(each) === 'bind' ? (receiverOf(each) ?? each) : each,
      )
      .filter(({ type }) => type === 'identifier' || type === 'member_expression')
      .flatMap((use) => {
        const source = handlerSource(use, file);
        const step = source && `\`${source.text}\` on line ${lineOf(use)} runs \`${use.text}\` for each ${source.unit}`;
        return source ? [{ use, growth: growth(source, use, use, step ?? '') }] : [];
      }),
  );

function growth({ unit, text, settledEarly }: Source, place: Node, repeated: Node, step: string): Growth {
  return { unit, source: text, evidence: [step], turns: [{ place, repeated }], settledEarly };
}

function loopSource(loop: Node, place: Node, file: SourceFile): Source | null {
  if (loop.type === 'for_in_statement' && loop.children.some(({ type }) => type === 'await')) {
    const over = loop.childForFieldName('right');
    const external = file.importsAny(brokers) || file.importsAny(sockets);
    if (!over || !external || !endlessIterable.test(over.text)) return null;
    return { unit: 'message', text: oneLine(over), settledEarly: null };
  }
  if (!isEndless(loop) || !file.importsAny(brokers)) return null;
  const read = loop
    .descendantsOfType('await_expression')
    .flatMap(partsOf)
    .find((call) => call.endIndex <= place.startIndex && isReceiver(call));
  return read ? { unit: 'message', text: oneLine(read), settledEarly: null } : null;
}

/** `client.send(new ReceiveMessageCommand(…))` is SQS; every other send sends. */
const isReceiver = (call: Node) =>
  call.type === 'call_expression' &&
  receivers.test(calleeName(call)) &&
  (calleeName(call) !== 'send' || call.text.includes('ReceiveMessageCommand'));

/** A loop that goes on until somebody stops it. */
export function isEndless(loop: Node): boolean {
  if (loop.type === 'for_statement') return loop.childForFieldName('condition')?.type === 'empty_statement';
  const condition = loop.type === 'while_statement' ? loop.childForFieldName('condition') : null;
  return condition !== null && /^\((true|1|![\w.]+|this\.[\w.]+|running|active)\)$/.test(condition.text);
}

/** Functions that run where they stand: `(() => …)()`, `xs.forEach(x => …)`, `new Promise(resolve => …)`. */
export function runsInPlace(literal: Node): boolean {
  const wrapped = literal.parent?.type === 'parenthesized_expression' ? literal.parent : literal;
  if (wrapped.parent?.type === 'call_expression' && wrapped.parent.childForFieldName('function')?.id === wrapped.id)
    return true;
  const call = callTaking(literal);
  return call !== null && /^(forEach|map|filter|flatMap|Promise|try|then)$/.test(calleeName(call));
}
