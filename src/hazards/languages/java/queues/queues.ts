import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../../across/climb';
import type { Growth, OpenEnd } from '../../../rule';
import { lineOf, partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, callTaking, isPrivate, receiverText, type JavaFile } from '../file';
import { answersNow, filledByCallers, handedOut, putStep, putting, taking } from './fills';
import { isOfTimers, isSpare, ofAskers } from './spares';
import { perItem } from '../growth';
import { callsOn, madeType, type Holder } from '../held';
import { filledByFunction, filledInMap, keptIn } from './kept';
import { isWaitingLine } from './lines';
import { poolOfFree, stages } from '../names';
import { fedByCallers, handed, handStep } from '../starts/pools';

/** Queues that have no end unless a capacity is given; the others have none at all. */
const sized = /^(LinkedBlockingQueue|LinkedBlockingDeque)$/;
const endless =
  /^(ConcurrentLinkedQueue|ConcurrentLinkedDeque|LinkedTransferQueue|PriorityBlockingQueue|ArrayDeque|LinkedList|PriorityQueue|ArrayList)$/;

/** Those of libraries that grow piece by piece, and say so. */
const unboundedByName = /^(\w*Unbounded\w*(Queue|Processor|Buffer|Channel)|[MS]p[ms]c(Linked|Unbounded)\w*Queue)$/;

/** Those that are made for handing over between threads. */
const handingOver = /^((Linked|Priority)Blocking(Queue|Deque)|ConcurrentLinked(Queue|Deque)|LinkedTransferQueue)$/;

/** What Guava's `Queues.newLinkedBlockingQueue()` and its like make, Netty's and Reactor's. */
const factories = /^(?:Queues|Lists)\s*\.\s*(?:<[^>]*>\s*)?new(\w+)$/;

/** The class of a queue that is made by its constructor or by a library; empty: it is none. */
export function queueType(made: Node): string {
  if (made.type !== 'method_invocation') return madeType(made);
  const name = `${receiverText(made)}.${calleeName(made)}`;
  const given = argumentsOf(made).length;
  if (/^PlatformDependent\.newMpscQueue$/.test(name) && given === 0) return 'MpscLinkedQueue';
  const type = factories.exec(name)?.[1] ?? '';
  return given === 0 || sized.test(type) ? type : '';
}

/** Has the queue made here no end? */
export function isEndless(made: Node, file: JavaFile): boolean {
  const type = queueType(made);
  if (!sized.test(type)) return endless.test(type) || unboundedByName.test(type);
  const [capacity] = argumentsOf(made);
  if (capacity === undefined) return true;
  const given = file.valueOf(capacity);
  if (file.endlessSetting(capacity) !== null || endlessUnless(capacity) !== null) return true;
  if (given === 'Integer.MAX_VALUE') return true;
  const otherwise = givenByConstructor(capacity, made, file);
  return otherwise !== null && file.valueOf(otherwise) === 'Integer.MAX_VALUE';
}

/** `size` of `size <= 0 ? Integer.MAX_VALUE : size`; null: it is nothing of the kind. */
function endlessUnless(capacity: Node): string | null {
  if (capacity.type !== 'ternary_expression') return null;
  const [, first, second] = partsOf(capacity);
  const other = [first, second].find((each) => each?.text !== 'Integer.MAX_VALUE');
  return first?.text === second?.text || !/\bInteger\.MAX_VALUE\b/.test(capacity.text) ? null : (other?.text ?? null);
}

/** What another constructor of the class hands in for that parameter of this one: `this(channel, Integer.MAX_VALUE)`. */
export function givenByConstructor(parameter: Node, made: Node, file: JavaFile): Node | null {
  const around = file.methodAround(made);
  if (around?.node.type !== 'constructor_declaration') return null;
  const given = around.node.childForFieldName('parameters')?.namedChildren ?? [];
  const at = given.findIndex((each) => each.childForFieldName('name')?.text === parameter.text);
  const calls = file.methods
    .filter(({ node, owner }) => node.type === 'constructor_declaration' && owner?.id === around.owner?.id)
    // It stands for itself in the body, never inside another statement.
    .flatMap(({ node }) => node.childForFieldName('body')?.namedChildren ?? [])
    .filter(({ type }) => type === 'explicit_constructor_invocation')
    .map(argumentsOf)
    .filter(({ length }) => length === given.length);
  return calls.flatMap((each) => each[at] ?? [])[0] ?? null;
}

/** A queue without an end in a field, that is filled once for each item and emptied elsewhere. */
export function queueOf(made: Node, file: JavaFile): Growth | null {
  if (!isEndless(made, file) || (queueType(made) === 'ArrayList' && !isOfField(made, file))) return null;
  if (stages.test(file.text)) return null;
  const holder = keptIn(made, file);
  const type = queueType(made);
  const handsOver = handingOver.test(type) || unboundedByName.test(type);
  if (!holder) {
    const ofExecutor = ofMadeExecutor(made, file);
    if (ofExecutor) return ofExecutor;
  }
  if (!holder?.field)
    return handsOver
      ? (filledInMap(made, holder, file) ?? filledByFunction(holder, file) ?? givenToOthers(made, file))
      : null;
  if (poolOfFree.test(holder.name) || isOfCache(holder) || (isPool(holder) && !ofAskers.test(holder.name))) return null;
  if (type.startsWith('Priority') && isOfTimers(holder, file)) return null;
  if (isMadeAgain(made, holder) || /prefetch|credit/i.test(textIn(made, 'arguments'))) return null;
  // Made with a capacity in another branch: whoever configures it decides.
  if (file.capacityOf(holder.name, made) !== null) return null;
  const meanwhile = handsOver
    ? filledByCallers(holder, file)
    : isWaitingLine(holder, type === 'ArrayList', file)
      ? filledByCallers(holder, file)
      : null;
  if (type === 'ArrayList') return meanwhile;
  if (callsOn(holder, taking).length === 0) return meanwhile ?? (handsOver ? handedOut(holder, file) : null);
  const ends: OpenEnd[] = [];
  for (const put of callsOn(holder, putting)) {
    const growth = perItem(put, file);
    const step = putStep(put);
    if (growth?.open && !answersNow(put, holder, file))
      ends.push(...growth.open.map((end) => ({ ...end, steps: [...end.steps, step] })));
    if (!growth || growth.open || isFedByItself(growth, holder) || answersNow(put, holder, file)) continue;
    return { ...growth, evidence: [...growth.evidence, step], ...unlessSet(made, file) };
  }
  return ends.length > 0 ? { ...openGrowth(ends, []), ...(meanwhile ? { meanwhile } : {}) } : meanwhile;
}

/** The queue of an executor that something else makes: `factory.createExecutor(new PriorityBlockingQueue<>())`. */
function ofMadeExecutor(made: Node, file: JavaFile): Growth | null {
  const call = callTaking(made);
  // Where the class of the executor is written, the executor itself is judged.
  if (call?.type !== 'method_invocation' || !/executor|threadpool/i.test(calleeName(call))) return null;
  const holder = keptIn(call, file);
  const starts = holder ? handed(holder, file) : [];
  const lacks = 'the tasks that wait for its threads stand in this queue';
  for (const start of starts) {
    const growth = perItem(start, file);
    if (growth && !growth.open) return { ...growth, evidence: [...growth.evidence, handStep(start), lacks] };
  }
  return fedByCallers(starts, lacks, file);
}

/** Methods that give a queue in which items wait. */
const queueOfItems =
  /(Message|Event|Task|Job|Work|Request|Command|Operation|Packet|Frame|Record|Send|Write|Read|Input|Output|Incoming|Outgoing)s?Queue$/;

/** A factory makes it for others, or a setter gives it to them: `createQueue() { return new …; }`, `setQueue(new …)`. */
function givenToOthers(made: Node, file: JavaFile): Growth | null {
  const around = file.methodAround(made);
  const call = callTaking(made);
  const isMade = made.parent?.type === 'return_statement' && around !== null && !isPrivate(around.node);
  const source = isMade ? around.name : call?.type === 'method_invocation' ? calleeName(call) : '';
  if (!queueOfItems.test(source) || !/^(create|make|new|default|build|set|with|get)/.test(source)) return null;
  if (isSpare(source, textIn(made, 'type'))) return null;
  const place = isMade ? around.node : made;
  return {
    ...{ unit: 'call', source, settledEarly: null, doubt: 'who fills it, and how often' },
    evidence: [`\`${source}\` on line ${lineOf(place)} gives it to others, who fill it and empty it`],
    turns: [{ place, repeated: place }],
  };
}

/** A capacity that has no end unless somebody sets it. */
function unlessSet(made: Node, file: JavaFile): Pick<Growth, 'doubt'> {
  const [capacity] = argumentsOf(made);
  const setting = capacity ? (endlessUnless(capacity) ?? file.endlessSetting(capacity)) : null;
  return setting === null ? {} : { doubt: `what \`${setting}\` is set to, which is without an end by itself` };
}

/** The class keeps buffers or connections for whoever needs one next. */
const isPool = ({ scope }: Holder) =>
  /(buffer|object|connection|session|channel|page|resource)\w*pool/i.test(textIn(scope, 'name'));

/** Is it put into a field where it stands? Most lists are not, and need no more looks. */
const isOfField = ({ parent }: Node, file: JavaFile) =>
  parent?.parent?.type === 'field_declaration' ||
  file.typeOfField(parent?.childForFieldName('left')?.text.replace(/^this\./, '') ?? '') !== null;

/** Is the field given one like it further up: at its declaration, in another constructor? That one is reported. */
function isMadeAgain(made: Node, { name, scope }: Holder): boolean {
  const first = new RegExp(`\\b${name}\\s*=\\s*new\\s+${madeType(made)}\\b`).exec(scope.text);
  return first !== null && scope.startIndex + first.index + first[0].length < made.startIndex;
}

/** A cache notes there which of its entries were used, and looks at them as it goes on. */
const isOfCache = ({ scope }: Holder) => /(Map|Cache)$/.test(textIn(scope, 'name'));

/** A loop that is fed by the queue puts back what it took. */
const isFedByItself = ({ source }: Growth, { name }: Holder) => new RegExp(`\\b${name}\\.`).test(source);
