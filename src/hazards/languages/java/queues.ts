import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../across/climb';
import type { Growth, OpenEnd } from '../../rule';
import { ancestorsOf, lineOf, oneLine } from '../../syntax';
import { argumentsOf, calleeName, isPrivate, type JavaFile } from './file';
import { callsOn, holderOf, madeType, type Holder } from './held';
import { poolOfFree, stopName } from './names';
import { isRepeated, perItem } from './growth';

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
  const holder = isEndless(made) ? holderOf(made, file) : null;
  if (!holder?.field || poolOfFree.test(holder.name) || callsOn(holder, taking).length === 0) return null;
  // Made with a capacity in another branch: whoever configures it decides.
  if (file.capacityOf(holder.name) !== null) return null;
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
  const told = handingOver.test(madeType(made)) ? filledByCallers(holder, file) : null;
  return told ?? (ends.length > 0 ? openGrowth(ends, []) : null);
}

/** A worker empties the queue and methods for others fill it: how often, another file knows. */
function filledByCallers(holder: Holder, file: JavaFile): Growth | null {
  const worker = callsOn(holder, taking).find((take) => waits(take) && isRepeated(take));
  if (!worker) return null;
  const workerMethod = file.methodAround(worker)?.node.id;
  const put = callsOn(holder, putting).find((each) => {
    const method = file.methodAround(each)?.node;
    return method?.type === 'method_declaration' && method.id !== workerMethod && !isPrivate(method);
  });
  const method = put && file.methodAround(put);
  if (!put || !method || stopName.test(method.name)) return null;
  return {
    unit: 'call',
    source: method.name,
    evidence: [
      `\`${oneLine(put)}\` on line ${lineOf(put)} puts something into it with each call of \`${method.name}\``,
      `\`${oneLine(worker)}\` on line ${lineOf(worker)} takes one after the other`,
    ],
    turns: [{ place: put, repeated: method.node }],
    settledEarly: null,
    doubt: `how often \`${method.name}\` is called`,
  };
}

/** `take()`, `poll(1, SECONDS)`: who asks without waiting empties the queue now and then, and is no worker. */
const waits = (take: Node) => calleeName(take).startsWith('take') || argumentsOf(take).length === 2;

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
