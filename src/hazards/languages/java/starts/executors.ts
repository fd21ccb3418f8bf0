import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../../across/climb';
import type { Growth, OpenEnd } from '../../../rule';
import { lineOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, type JavaFile } from '../file';
import { madeType } from '../held';
import { handedFromMap, keptIn } from '../queues/kept';
import { fedByCallers, handed, handing, handStep, isPerItem, ownPool, wrongBySetting } from './pools';
import { perItem } from '../growth';
import { aThreadEach, lentToOthers } from './lent';
import { isEndless } from '../queues/queues';
import { asyncOf, beanOf, springLacks } from './spring';

const threadPerTask = /^(?:new|create|make|build)\w*(CachedThreadPool|CachedPool|ThreadPerTaskExecutor)$/;
const endlessQueue = /^(?:new|create|make|build)\w*(FixedThreadPool|FixedPool|SingleThreadExecutor|WorkStealingPool)$/;

const waitsWithoutEnd = 'the tasks that wait for its threads stand in a queue without an end';

/** Executors of libraries whose queue has no end as they are made; those that take a limit take it further on. */
const ofLibraries = /^(DefaultEventExecutor(Group)?|UnorderedThreadPoolEventExecutor|createSharedWorkerExecutor)$/;

/** What of the executor made here has no end; null: it has one, or nothing tells. */
export function withoutEnd(made: Node, file: JavaFile): string | null {
  const name = isOwnKind(made, file) ? 'ThreadPoolExecutor' : calleeName(made);
  if (threadPerTask.test(name)) return aThreadEach;
  if (endlessQueue.test(name) || ofLibraries.test(name)) return waitsWithoutEnd;
  const spring = springLacks(made);
  if (spring !== null) return spring;
  const [, largest, , , given] = argumentsOf(made);
  if (!name.endsWith('ThreadPoolExecutor') || !given) return null;
  const queue = queueIn(given, file);
  if (isEndless(queue, file)) return waitsWithoutEnd;
  const isLargest = largest && (file.valueOf(largest) === 'Integer.MAX_VALUE' || file.endlessSetting(largest) !== null);
  return madeType(queue) === 'SynchronousQueue' && isLargest ? aThreadEach : null;
}

/** What the variable of the method is made with, where one is given. */
function queueIn(given: Node, file: JavaFile): Node {
  const declared =
    given.type === 'identifier' ? (file.methodAround(given)?.node.descendantsOfType('variable_declarator') ?? []) : [];
  const made = declared.filter((each) => each.childForFieldName('name')?.text === given.text);
  return (made.length === 1 ? made[0]?.childForFieldName('value') : null) ?? given;
}

/** `super(4, 4, 0, SECONDS, new LinkedBlockingQueue<>())` of a class that is a ThreadPoolExecutor. */
const isOwnKind = (made: Node, file: JavaFile) =>
  made.type === 'explicit_constructor_invocation' &&
  /^extends ThreadPoolExecutor$/.test(file.classAround(made)?.childForFieldName('superclass')?.text ?? '');

/** An executor without an end that is handed a task once for each item: made here, or the one that Spring runs `@Async` with. */
export function executorOf(place: Node, file: JavaFile): Growth | null {
  return place.type.endsWith('annotation')
    ? asyncOf(place, file)
    : (handedEachItem(place, file) ?? beanOf(place, file));
}

/** Those of MINA run each event of every session of a server, in queues that only a handler of their own bounds. */
function ofMina(made: Node, file: JavaFile): Growth | null {
  const name = calleeName(made);
  const isBounded = argumentsOf(made).some(({ text }) => /Throttle|Handler/i.test(text));
  const isUsed = file.importsAny(/^org\.apache\.mina\b/) && !file.text.includes('\npackage org.apache.mina.');
  if (!/^(Uno|O)rderedThreadPoolExecutor$/.test(name) || isBounded || !isUsed) return null;
  // A client has as many answers as it has asked for.
  if (!/Acceptor|Server/.test(file.text)) return null;
  return {
    ...{ unit: 'message', source: name, settledEarly: null, turns: [{ place: made, repeated: made }] },
    evidence: [`MINA hands \`${name}\` (line ${lineOf(made)}) each message while it reads on`, waitsWithoutEnd],
    doubt: 'how fast peers send',
  };
}

function handedEachItem(made: Node, file: JavaFile): Growth | null {
  const ofEvents = ofMina(made, file);
  if (ofEvents) return ofEvents;
  const lacks = withoutEnd(made, file);
  if (lacks === null) return null;
  if (made.type === 'explicit_constructor_invocation') return ofOwnKind(made, lacks, file);
  const holder = keptIn(made, file);
  const starts = holder ? handed(holder, file) : handedFromMap(made, handing, file);
  const ends: OpenEnd[] = [];
  for (const start of starts) {
    const growth = perItem(start, file);
    const steps = [handStep(start), lacks];
    if (growth?.open && isPerItem(start, file))
      ends.push(...growth.open.map((end) => ({ ...end, steps: [...end.steps, ...steps] })));
    if (growth && !growth.open) return { ...growth, evidence: [...growth.evidence, ...steps] };
  }
  const meanwhile =
    ownPool(made, holder, file) ??
    neverGrows(made) ??
    fedByCallers(starts, lacks, file) ??
    (starts.every((start) => isOfStart(start, file)) ? lentToOthers(made, holder, lacks, file) : null);
  return ends.length > 0 ? { ...openGrowth(ends, []), ...(meanwhile ? { meanwhile } : {}) } : meanwhile;
}

/** Is the task one that runs as long as the program does: `executor.execute(this)` in `doStart`? */
const isOfStart = (start: Node, file: JavaFile) =>
  /^(do)?_?(start|open|init|connect|on(Start|Init|Open))/i.test(file.methodAround(start)?.name ?? '');

/** A kind of executor of its own, which does not look at how many tasks wait. */
function ofOwnKind(made: Node, lacks: string, file: JavaFile): Growth | null {
  const owner = file.classAround(made);
  if (!owner || looksAtWaiting.test(owner.text)) return null;
  const name = textIn(owner, 'name');
  return {
    ...{ unit: 'call', source: name, settledEarly: null, turns: [{ place: made, repeated: made }] },
    evidence: [`\`${name}\` is an executor that others hand tasks`, lacks],
    doubt: 'how many tasks it is handed',
  };
}

const looksAtWaiting =
  /[qQ]ueue(\(\))?\.(size|remainingCapacity)\(|[<>]=?\s*\w*(max(Queue|Pending|Tasks|Waiting)|queueSize|limit|capacity)|\bSemaphore\b/;

/** A maximum above the core, which is only reached when the queue is full: and this one never is. */
function neverGrows(made: Node): Growth | null {
  const [core, most] = argumentsOf(made);
  const [from, to] = [Math.max(Number(core?.text), 1), Number(most?.text)];
  if (calleeName(made) !== 'ThreadPoolExecutor' || !(from < to)) return null;
  const step = `its maximum of ${to} threads is never reached, because the queue never is full: ${from} do all the work`;
  return {
    ...wrongBySetting,
    source: 'whoever hands it tasks',
    evidence: [step],
    turns: [{ place: made, repeated: made }],
  };
}
