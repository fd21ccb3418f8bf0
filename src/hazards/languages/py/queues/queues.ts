import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../../across/climb';
import type { Growth, OpenEnd } from '../../../rule';
import { ancestorsOf, descendantsOf, lineOf, placeOf, textIn } from '../../../syntax';
import { filledAnyhow, ofAnotherObject } from './anyhow';
import {
  betweenFunctions,
  filledElsewhere,
  filledWhereHeld,
  givenAway,
  givenToReceiver,
  holdsWaiters,
  isToken,
  putting,
  takesAnswers,
  taking,
} from './between';
import { calleeName, positional, type PythonFile } from '../file';
import {
  callsOn,
  callsOnAttribute,
  classNameAround,
  givenTo,
  handedOn,
  heldBy,
  isOne,
  holdsStarted,
  isCalledQueue,
  isEndless,
  isSizedByCaller,
  keptBy,
  kindOf,
  scopeOf,
} from './held';
import { givenBack, putHandedOn, putInLambda } from './handedOut';
import { waitingOf } from './lines';
import { endlessCondition, stopName } from '../names';
import { endlessStreamOf } from './streams';
import { keptForSubscriber } from './subscribers';

/** Methods by which a class takes what others hand it, by name. */
const handingOver =
  /^_{0,2}(send|put|enqueue|add|push|emit|publish|broadcast|notify|submit|schedule|record|report|post|write)(_|$)/;

/**
 * A queue made without a size, that is filled once for each item, or a list in which things wait.
 * @param perItem tells what repeats a call
 */
export function queueOf(place: Node, file: PythonFile, perItem: (node: Node) => Growth | null): Growth | null {
  if (place.type === 'expression_statement') return waitingOf(place, file);
  const stream = endlessStreamOf(place, file, perItem);
  if (stream) return stream;
  // What came last is taken first: these are used again and again, and no work waits in it.
  if (!isEndless(place, file) || holdsStarted(place) || /^([\w.]*\.)?LifoQueue\(\)$/.test(place.text)) return null;
  const filled = filledQueue(place, file, perItem);
  if (filled && isCalledQueue(place, file))
    return { ...filled, doubt: filled.doubt ?? 'whether it has an end of its own' };
  const doubt = 'whether whoever makes it gives it a size, as by default it has none';
  return filled && isSizedByCaller(place, file) ? { ...filled, doubt: filled.doubt ?? doubt } : filled;
}

function filledQueue(place: Node, file: PythonFile, perItem: (node: Node) => Growth | null): Growth | null {
  const name = keptBy(place);
  if (name === null)
    return (
      handedWhenMade(place, file, perItem) ?? keptForSubscriber(place, file, perItem) ?? ofAnotherObject(place, file)
    );
  if (!isEmptied(name, place, file) || isShortened(name, place, file)) return null;
  if (takesAnswers.test(name)) return null;
  const each = heldBy(place) === null ? keptForSubscriber(place, file, perItem) : null;
  if (each && each.doubt === undefined) return each;
  const all = putsInto(name, place, file).filter((put) => !isEndMark(put, file));
  // Of something that is only called a queue it has to be seen that things wait in it.
  if (all.length === 0 && isCalledQueue(place, file)) return null;
  const counted = all.filter((put) => !isToken(positional(put).at(-1)) && !isWindow(name, put, place, file));
  // What goes to the front is mostly put back.
  const puts = [...counted].sort((one, other) => Number(isPutBack(one)) - Number(isPutBack(other)));
  const ends: OpenEnd[] = [];
  for (const put of puts) {
    const growth = perItem(put);
    const step = `${placeOf(put)} puts each into it`;
    ends.push(...(growth?.open ?? []).map((end) => ({ ...end, steps: [...end.steps, step] })));
    if (!growth || growth.open || growth.doubt !== undefined || takesFrom(growth, name)) continue;
    return {
      ...growth,
      evidence: [...growth.evidence, step],
    };
  }
  const handed = handOver(name, puts, place, file);
  if (handed) return handed;
  const meanwhile =
    filledPerhaps(name, { all, puts }, place, file) ??
    each ??
    keptForSubscriber(place, file, perItem) ??
    filledAnyhow(name, puts, place, file);
  const outside = [...ends, ...filledFromOutside(name, place, file)];
  if (outside.length === 0) return meanwhile;
  return { ...openGrowth(outside, []), ...(meanwhile ? { meanwhile } : {}) };
}

/** Names tell that functions fill it, or that others are given it to be filled. */
const filledPerhaps = (
  name: string,
  { all, puts }: { all: readonly Node[]; puts: readonly Node[] },
  place: Node,
  file: PythonFile,
): Growth | null =>
  betweenFunctions(name, puts, place, file) ??
  putInLambda(name, puts) ??
  (all.length === 0
    ? (putHandedOn(name, place, file) ??
      givenAway(name, place, file) ??
      givenToReceiver(name, place, file) ??
      givenBack(name, place, file) ??
      filledElsewhere(name, place, file))
    : null);

const isPutBack = (put: Node) => calleeName(put) === 'appendleft';

/** `put(None)` in `stop`: what ends the reader. */
const isEndMark = (put: Node, file: PythonFile) =>
  isToken(positional(put).at(-1)) && stopName.test(file.functionAround(put)?.name ?? '');

/** A deque that is shortened where it is made longer holds what came last, or what still runs. */
function isWindow(name: string, put: Node, place: Node, file: PythonFile): boolean {
  if (kindOf(place) !== 'deque') return false;
  const around = file.functionAround(put)?.node.id;
  return callsOn(name, place, file, taking).some((take) => file.functionAround(take)?.node.id === around);
}

/** In its class or function; where that only keeps it, in whatever else of the file has it by that name. */
function putsInto(name: string, place: Node, file: PythonFile): Node[] {
  const puts = [...callsOn(name, place, file, putting), ...handedOn(name, place, file)];
  return puts.length === 0 && name.startsWith('self.')
    ? callsOnAttribute(name.replace('self.', ''), file, putting)
    : puts;
}

/** `del recent[:n]`, rather than of one of several. */
const isShortened = (name: string, place: Node, file: PythonFile): boolean =>
  kindOf(place) === 'deque' && isOne(place) && file.text.includes(`del ${name}[`);

/** A queue that an object is given when it is made: `Plan(queue=Queue())`. */
function handedWhenMade(place: Node, file: PythonFile, perItem: (node: Node) => Growth | null): Growth | null {
  const given = givenTo(place);
  if (!given || kindOf(place) === 'deque') return null;
  const meanwhile = filledWhereHeld(given.name, file, perItem);
  if (meanwhile && meanwhile.doubt === undefined) return meanwhile;
  const owner = calleeName(given.call) === '__init__' ? classNameAround(place, file) : calleeName(given.call);
  const open = openGrowth([{ name: given.name, owner, by: 'filled', steps: [] }], []);
  return { ...open, ...(meanwhile ? { meanwhile } : {}) };
}

/** What another file puts into the queue, by the name that it knows it by. */
function filledFromOutside(name: string, place: Node, file: PythonFile): OpenEnd[] {
  const field = name.startsWith('self.');
  if (!field && file.functionAround(place)) return [];
  const owner = field ? classNameAround(place, file) : null;
  return [{ name: name.replace('self.', ''), owner, by: 'filled', steps: [] }];
}

/** A deque from which nothing is taken is a list, and no queue. */
const isEmptied = (name: string, place: Node, file: PythonFile) =>
  kindOf(place) !== 'deque' || callsOn(name, place, file, /^(popleft|pop|clear)$/).length > 0;

/** `send` of a class puts what it is given into a queue of the class, which a loop of the class empties at its own pace. */
function handOver(name: string, puts: readonly Node[], place: Node, file: PythonFile): Growth | null {
  const put = puts.find((each) => handingOver.test(file.functionAround(each)?.name ?? ''));
  const method = put && file.functionAround(put);
  const loop = emptyingLoop(name, place, file);
  if (!put || !method?.owner || !loop || holdsWaiters.test(name)) return null;
  return {
    unit: 'value',
    source: `${method.name}(…)`,
    evidence: [
      `${placeOf(put)} puts what each caller of \`${method.name}\` gives into it`,
      `the loop on line ${lineOf(loop)} empties it at its own pace`,
    ],
    turns: [{ place: put, repeated: method.node }],
    settledEarly: null,
    doubt: `how often \`${method.name}\` is called`,
  };
}

/** The endless loop that takes from the queue, in the function that mentions its `get` or in one that calls that. */
function emptyingLoop(name: string, place: Node, file: PythonFile): Node | null {
  for (const take of descendantsOf(scopeOf(name, place, file), 'attribute')) {
    if (take.text !== `${name}.get`) continue;
    const taker = file.functionAround(take);
    const inside = taker?.node.descendantsOfType('while_statement') ?? [];
    const called = taker ? file.usesOf(taker).flatMap((use) => [...ancestorsOf(use)]) : [];
    const loop = [...inside, ...called].find(
      (each) => each.type === 'while_statement' && endlessCondition.test(textIn(each, 'condition')),
    );
    if (loop) return loop;
  }
  return null;
}

/** A loop that is fed by the queue itself puts back what it took. */
const takesFrom = ({ source }: Growth, queue: string) => source.includes(`${queue}.`);
