import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../across/climb';
import { answersOrSpares, handedOver, runsSeldom } from '../../handedOver';
import type { Growth, OpenEnd } from '../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, isPrivate, type JavaFile } from './file';
import { callsOn, holderOf, madeType, type Holder } from './held';
import { filledInMap, keptIn } from './kept';
import { poolOfFree, stopName } from './names';
import { perItem } from './growth';

/** Queues that have no end unless a capacity is given; the others have none at all. */
const sized = /^(LinkedBlockingQueue|LinkedBlockingDeque)$/;
const endless =
  /^(ConcurrentLinkedQueue|ConcurrentLinkedDeque|LinkedTransferQueue|PriorityBlockingQueue|ArrayDeque|LinkedList|PriorityQueue)$/;

/** Those that are made for handing over between threads. */
const handingOver = /^(LinkedBlocking(Queue|Deque)|ConcurrentLinked(Queue|Deque)|LinkedTransferQueue)$/;

const putting = /^(put|putFirst|putLast|add|addFirst|addLast|offer|offerFirst|offerLast|push|transfer)$/;
const taking = /^(take|takeFirst|takeLast|poll|pollFirst|pollLast|remove|removeFirst|removeLast|pop|drainTo)$/;

/** Has the queue made here no end? */
export function isEndless(made: Node): boolean {
  const type = madeType(made);
  if (!sized.test(type)) return endless.test(type);
  const [capacity] = argumentsOf(made);
  return capacity === undefined || capacity.text === 'Integer.MAX_VALUE';
}

/** A queue without an end in a field, that is filled once for each item and emptied elsewhere. */
export function queueOf(made: Node, file: JavaFile): Growth | null {
  if (!isEndless(made)) return null;
  const holder = keptIn(made, file);
  if (!holder?.field) return handingOver.test(madeType(made)) ? filledInMap(made, holder, file) : null;
  if (poolOfFree.test(holder.name)) return null;
  // Made with a capacity in another branch: whoever configures it decides.
  if (file.capacityOf(holder.name) !== null) return null;
  const meanwhile = handingOver.test(madeType(made)) ? filledByCallers(holder, file) : null;
  if (callsOn(holder, taking).length === 0) return meanwhile ?? handedOut(holder, made, file);
  const ends: OpenEnd[] = [];
  for (const put of callsOn(holder, putting)) {
    const growth = perItem(put, file);
    const step = `\`${oneLine(put)}\` on line ${lineOf(put)} puts each into it`;
    if (growth?.open && !answersNow(put, holder, file))
      ends.push(...growth.open.map((end) => ({ ...end, steps: [...end.steps, step] })));
    if (!growth || growth.open || isFedByItself(growth, holder) || answersNow(put, holder, file)) continue;
    return {
      ...growth,
      evidence: [...growth.evidence, step],
    };
  }
  return ends.length > 0 ? { ...openGrowth(ends, []), ...(meanwhile ? { meanwhile } : {}) } : meanwhile;
}

/** Methods for others fill it, and others empty it, here or in another file. */
function filledByCallers(holder: Holder, file: JavaFile): Growth | null {
  const { name } = holder;
  if (answersOrSpares.test(name) || notWaiting.test(file.typeOfField(name) ?? '')) return null;
  const takes = callsOn(holder, taking).filter((each) => !namesWhat(each));
  if ((takes.length === 0 && isWalked(holder)) || takes.some((each) => makesAnother(each, file))) return null;
  for (const put of callsOn(holder, putting)) {
    const method = file.methodAround(put);
    if (method?.node.type !== 'method_declaration' || isRarely(method.name) || isToken(put)) continue;
    const take = takes.find((each) => file.methodAround(each)?.node.id !== method.node.id);
    if (takes.length > 0 && !take) continue;
    if (!answersNow(put, holder, file)) return handedOver({ put, name: method.name, around: method.node }, take);
  }
  return null;
}

/** A getter hands the queue out, and nothing here fills or empties it: others do both. */
function handedOut({ name }: Holder, made: Node, file: JavaFile): Growth | null {
  const apart = answersOrSpares.test(name) || notWaiting.test(file.typeOfField(name) ?? '');
  const getter = file.methods.find(
    ({ node, name: method }) =>
      /^get[A-Z]/.test(method) && new RegExp(`return (this\\.)?${name};`).test(node.text) && !isPrivate(node),
  );
  if (apart || !getter || !handingOver.test(madeType(made))) return null;
  const hands = `\`${getter.name}\` (line ${lineOf(getter.node)})`;
  return {
    ...{ unit: 'call', source: getter.name, settledEarly: null, doubt: 'who fills it, and how often' },
    evidence: [`${hands} hands it to others, who fill it and empty it`],
    turns: [{ place: getter.node, repeated: getter.node }],
  };
}

/** `remove(listener)` takes out what somebody put in before: the entries of a list. */
const namesWhat = (take: Node) => calleeName(take) === 'remove' && argumentsOf(take).length > 0;

/** `thing = things.poll(); return thing == null ? new Thing() : thing`: it holds what is free. */
const makesAnother = (take: Node, file: JavaFile) =>
  /= null\b[^]*\bnew\b[^]*\breturn\b|= null\b[^]*return new\b/.test(file.methodAround(take)?.node.text ?? '');

/** What is gone through again and again is a list. */
const isWalked = ({ name, scope }: Holder) =>
  new RegExp(`: *(this\\.)?${name}\\)|\\b${name}\\.(forEach|stream)\\(`).test(scope.text);

const isRarely = (method: string) => runsSeldom(method) || stopName.test(method) || givesBack.test(method);

/** Methods that put back what was taken. */
const givesBack = /release|recycl|giveBack|putBack|return|restore|requeue|retry|unlock/i;

/** A mark, a wake-up or the object itself rather than an item: `queue.add(POISON)`. */
const isToken = (put: Node) =>
  argumentsOf(put).every(({ text }) => /^(this|null|true|false|\d+|[A-Z][A-Z_\d]+)$/.test(text));

/** What is as many as the program has, by the type of the field. */
const notWaiting =
  /<\s*[\w.]*(Integer|Long|Listener|Observer|Connection|Channel|Session|Node|Page|Thread|Worker|Consumer|Producer|Handler|Signal|Client|Shard|Lock|Socket(Impl)?|Buffer(Pool)?s?Holder|Context|Task|Collector|Interceptor|Callback|Plugin|WebSocketImpl)\b\s*(<[^>]*>)?\s*>/;

/** A loop that is fed by the queue puts back what it took. */
const isFedByItself = ({ source }: Growth, { name }: Holder) => new RegExp(`\\b${name}\\.`).test(source);

/** What is put is taken again before the method ends: a buffer of one turn. */
const answersNow = (put: Node, holder: Holder, file: JavaFile) => {
  const method = file.methodAround(put)?.node;
  return callsOn(holder, taking).some((take) => file.methodAround(take)?.node.id === method?.id);
};

/** A look at how long the queue is. */
export function sizeGuard(made: Node, file: JavaFile): string | null {
  const holder = holderOf(made, file);
  if (!holder) return null;
  const look = callsOn(holder, /^(size|remainingCapacity)$/).find(
    (call) => !isTold(call) && !isAskedForEmptiness(call),
  );
  return look ? `\`${look.text}\` on line ${lineOf(look)}` : null;
}

const isAskedForEmptiness = ({ parent }: Node) =>
  parent?.type === 'binary_expression' && /^[^<>]*[<>=!]=?\s*[01]$/.test(parent.text.replace(/\s+/g, ' '));

/** A length that is only told to somebody bounds nothing. */
const isTold = (call: Node) =>
  [...ancestorsOf(call)].some(
    (outer) =>
      outer.type === 'method_invocation' &&
      /^(trace|debug|info|warn|error|log|println|printf|format|set|record|gauge|append|observe)$/.test(
        calleeName(outer),
      ),
  );
