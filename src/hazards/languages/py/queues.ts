import type { Node } from 'web-tree-sitter';
import { openGrowth } from '../../across/climb';
import { answersOrSpares, handedOver, runsSeldom } from '../../handedOver';
import type { Growth, OpenEnd } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf } from '../../syntax';
import { calleeName, keyword, positional, receiverText, type PythonFile } from './file';
import { endlessCondition } from './names';
import { keptForSubscriber } from './subscribers';

/** Queues that have no end unless a size is given; `Queue` and `six.moves.queue` are what Python 2 has. */
const constructors =
  /^((asyncio|queue|Queue|six\.moves\.queue|multiprocessing|janus|tornado\.queues|gevent\.queue|eventlet\.queue)\.((Lifo|Priority)?Queue|SimpleQueue|JoinableQueue)|collections\.deque)$/;

/** Calls that put into a queue, or into a deque. */
const putting = /^(put|put_nowait|append|appendleft)$/;

/** Methods by which a class takes what others hand it, by name. */
const handingOver =
  /^_{0,2}(send|put|enqueue|add|push|emit|publish|broadcast|notify|submit|schedule|record|report|post|write)(_|$)/;

/**
 * A queue made without a size, that is filled once for each item.
 * @param perItem tells what repeats a call
 */
export function queueOf(place: Node, file: PythonFile, perItem: (node: Node) => Growth | null): Growth | null {
  if (!constructors.test(file.fullName(place.childForFieldName('function'))) || sizeOf(place) !== null) return null;
  const name = heldBy(place);
  if (name === null) return keptForSubscriber(place, file, perItem);
  if (!isEmptied(name, place, file)) return null;
  const puts = [...callsOn(name, place, file, putting), ...handedOn(name, place, file)];
  const ends: OpenEnd[] = [];
  for (const put of puts) {
    const growth = perItem(put);
    const step = `\`${oneLine(put)}\` on line ${lineOf(put)} puts each into it`;
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
    betweenFunctions(name, puts, place, file) ??
    (puts.length === 0 ? givenAway(name, place, file) : null) ??
    keptForSubscriber(place, file, perItem);
  const outside = [...ends, ...filledFromOutside(name, place, file)];
  if (outside.length === 0) return meanwhile;
  return { ...openGrowth(outside, []), ...(meanwhile ? { meanwhile } : {}) };
}

/** One function fills the queue of its class or file with what its callers hand it, and another empties it, or another file does. */
function betweenFunctions(name: string, puts: readonly Node[], place: Node, file: PythonFile): Growth | null {
  if (isLocal(name, place, file) || answersOrSpares.test(name)) return null;
  const takes = callsOn(name, place, file, /^(get|get_nowait|pop|popleft)$/);
  for (const put of puts.filter((each) => !isToken(positional(each).at(-1)))) {
    const method = file.functionAround(put);
    const take = takes.find((each) => file.functionAround(each)?.node.id !== method?.node.id);
    if (!method || runsSeldom(method.name) || /^__\w+__$/.test(method.name) || putsBack(name, method.node)) continue;
    if (take || takes.length === 0) return handedOver({ put, name: method.name, around: method.node }, take);
  }
  return null;
}

/** `put(None)`: a wake-up, an end or a permit rather than an item. */
function isToken(given: Node | undefined): boolean {
  if (given?.type === 'tuple') return partsOf(given).every(isToken);
  return given !== undefined && /^(none|true|false|integer|string)$/.test(given.type);
}

/** A function that mentions the queue more than once looks at it, or puts back what it took. */
function putsBack(name: string, method: Node): boolean {
  const mentions = method.descendantsOfType(['attribute', 'identifier']).map(({ text }) => text);
  const puts = mentions.filter((text) => text.startsWith(`${name}.`) && putting.test(text.slice(name.length + 1)));
  return mentions.filter((text) => text === name).length > puts.length;
}

/** What fills the queue is another object, which is given it: `Connection(inbox=self.inbox)`. */
function givenAway(name: string, place: Node, file: PythonFile): Growth | null {
  if (!name.startsWith('self.') || answersOrSpares.test(name) || calleeName(place) === 'deque') return null;
  const given = scopeOf(name, place, file)
    .descendantsOfType('attribute')
    .find(({ text, parent }) => text === name && /^(argument_list|keyword_argument)$/.test(parent?.type ?? ''));
  const call = given && [...ancestorsOf(given)].find(({ type }) => type === 'call');
  if (!call || /^(len|print|isinstance|iter|repr|str|cast|id|wait_for|hasattr)$/.test(calleeName(call))) return null;
  const to = oneLine(call.childForFieldName('function') ?? call);
  return {
    ...{ unit: 'call', source: to, settledEarly: null, doubt: `how often \`${to}\` fills it` },
    evidence: [`\`${name}\` is given to \`${to}\` on line ${lineOf(call)}`],
    turns: [{ place: call, repeated: call }],
  };
}

/** What another file puts into the queue, by the name that it knows it by. */
function filledFromOutside(name: string, place: Node, file: PythonFile): OpenEnd[] {
  const field = name.startsWith('self.');
  if (!field && file.functionAround(place)) return [];
  const owner = field ? classNameAround(place, file) : null;
  return [{ name: name.replace('self.', ''), owner, by: 'filled', steps: [] }];
}

/** A deque from which nothing is taken at an end is a list, and no queue. */
const isEmptied = (name: string, place: Node, file: PythonFile) =>
  calleeName(place) !== 'deque' || callsOn(name, place, file, /^(popleft|pop)$/).length > 0;

/** `send` of a class puts what it is given into a queue of the class, which a loop of the class empties at its own pace. */
function handOver(name: string, puts: readonly Node[], place: Node, file: PythonFile): Growth | null {
  const put = puts.find((each) => handingOver.test(file.functionAround(each)?.name ?? ''));
  const method = put && file.functionAround(put);
  const loop = emptyingLoop(name, place, file);
  if (!put || !method?.owner || !loop) return null;
  return {
    unit: 'value',
    source: `${method.name}(…)`,
    evidence: [
      `\`${oneLine(put)}\` on line ${lineOf(put)} puts what each caller of \`${method.name}\` gives into it`,
      `the loop on line ${lineOf(loop)} empties it at its own pace`,
    ],
    turns: [{ place: put, repeated: method.node }],
    settledEarly: null,
  };
}

/** The endless loop that takes from the queue, in the function that mentions its `get` or in one that calls that. */
function emptyingLoop(name: string, place: Node, file: PythonFile): Node | null {
  for (const take of scopeOf(name, place, file).descendantsOfType('attribute')) {
    if (take.text !== `${name}.get`) continue;
    const taker = file.functionAround(take);
    const inside = taker?.node.descendantsOfType('while_statement') ?? [];
    const called = taker ? file.usesOf(taker).flatMap((use) => [...ancestorsOf(use)]) : [];
    const loop = [...inside, ...called].find(
      (each) =>
        each.type === 'while_statement' && endlessCondition.test(each.childForFieldName('condition')?.text ?? ''),
    );
    if (loop) return loop;
  }
  return null;
}

/** A loop that is fed by the queue itself puts back what it took. */
const takesFrom = ({ source }: Growth, queue: string) => source.includes(`${queue}.`);

/** The size that is given; null: none, or one that means no end. */
function sizeOf(call: Node): string | null {
  const size = keyword(call, 'maxsize', 'maxlen') ?? positional(call)[calleeName(call) === 'deque' ? 1 : 0] ?? null;
  return size === null || /^(0|-\d+|None)$/.test(size.text) ? null : size.text;
}

/** `self.jobs` of `self.jobs = Queue()`, `jobs` of `jobs: Queue = Queue()`; null: it is not held by a name. */
export function heldBy(call: Node): string | null {
  const assignment = call.parent?.type === 'assignment' ? call.parent : null;
  const name = assignment?.childForFieldName('left')?.text ?? '';
  if (!/^(self\.)?\w+$/.test(name)) return null;
  // In the body of a class: methods know it as an attribute.
  return assignment?.parent?.parent?.parent?.type === 'class_definition' ? `self.${name}` : name;
}

const scopeOf = (name: string, place: Node, file: PythonFile): Node =>
  (name.startsWith('self.') ? file.classAround(place) : file.functionAround(place)?.node) ?? file.root;

/** Calls of methods on the name: in its class where it is an attribute, in its function where it is local, else in the file. */
export function callsOn(name: string, place: Node, file: PythonFile, method: RegExp): Node[] {
  return scopeOf(name, place, file)
    .descendantsOfType('call')
    .filter((call) => namesOf(name, place, file).includes(receiverText(call)) && method.test(calleeName(call)));
}

/** An attribute of a class is known by the name of the class too. */
function namesOf(name: string, place: Node, file: PythonFile): string[] {
  const owner = name.startsWith('self.') ? classNameAround(place, file) : null;
  return owner === null ? [name] : [name, name.replace('self.', 'cls.'), name.replace('self', owner)];
}

const classNameAround = (place: Node, file: PythonFile) =>
  file.classAround(place)?.childForFieldName('name')?.text ?? null;

const isLocal = (name: string, place: Node, file: PythonFile) =>
  !name.startsWith('self.') && file.functionAround(place) !== null;

/** `loop.call_soon_threadsafe(self.jobs.put_nowait, job)` */
const handedOn = (name: string, place: Node, file: PythonFile): Node[] =>
  scopeOf(name, place, file)
    .descendantsOfType('attribute')
    .filter((each) => each.text === `${name}.put_nowait` && each.parent?.type === 'argument_list')
    .flatMap((each) => each.parent?.parent ?? []);

/** A look at how long the queue is, or waiting until it is empty. */
export function sizeGuard(place: Node, file: PythonFile): string | null {
  const name = heldBy(place);
  if (name === null) return null;
  const [look] = callsOn(name, place, file, /^(qsize|full|join)$/).filter((call) =>
    calleeName(call) === 'join' ? !endsThings(call, file) : decides(call, file),
  );
  if (look) return `\`${look.text}\` on line ${lineOf(look)}`;
  const measured = scopeOf(name, place, file)
    .descendantsOfType('comparison_operator')
    .find((each) => each.text.includes(`len(${name})`));
  return measured ? `\`${measured.text}\` on line ${lineOf(measured)}` : null;
}

/** Waiting until all is done where something ends: meanwhile it grew. */
const endsThings = (call: Node, file: PythonFile) =>
  /stop|clos|clean|disconnect|shut|terminate|cancel|exit|drain|flush|wait/i.test(file.functionAround(call)?.name ?? '');

const telling = /^(debug|info|warning|warn|error|critical|exception|log|print|set|observe|gauge|labels|format)$/;

/** Does something depend on it? A length that is only told to somebody bounds nothing. */
function decides(call: Node, file: PythonFile): boolean {
  if (call.parent?.type === 'assignment') {
    const name = call.parent.childForFieldName('left')?.text ?? '';
    const scope = file.functionAround(call)?.node ?? file.root;
    const conditions = scope
      .descendantsOfType(['comparison_operator', 'if_statement', 'while_statement'])
      .map((each) => (each.type === 'comparison_operator' ? each : each.childForFieldName('condition')));
    return conditions.some((each) => each?.descendantsOfType('identifier').some(({ text }) => text === name));
  }
  return (
    call.parent?.type !== 'return_statement' &&
    ![...ancestorsOf(call)].some(
      (outer) => outer.type === 'interpolation' || (outer.type === 'call' && telling.test(calleeName(outer))),
    )
  );
}
