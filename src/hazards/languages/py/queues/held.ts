import type { Node } from 'web-tree-sitter';
import { ancestorsOf, descendantsOf, textIn } from '../../../syntax';
import { argumentsOf, assignedAbove, calleeName, keyword, positional, receiverText, type PythonFile } from '../file';

/** Queues that have no end unless a size is given; `Queue` and `six.moves.queue` are what Python 2 has. */
const constructors =
  /^(((asyncio|(torch\.)?multiprocessing|multiprocess|gevent|tornado)(\.queues)?|(\w*\.)*(queue|curio)|eventlet|Queue|billiard|janus|culsans)\.((Lifo|Priority|Light)?Queue|SimpleQueue|JoinableQueue)|collections\.deque|twisted\.internet\.defer\.DeferredQueue|aioprocessing\.Aio(Joinable|Simple)?Queue)$/;

/** `multiprocessing.get_context().Queue()`, `manager.Queue()` */
const ofProcesses = /^[\w.]*(mp|ctx|context|manager)(\(\))?\.(Joinable|Simple)?Queue$/i;

/** How the names of all that is one end, with or without what it holds: of most calls that is all that is asked. */
const calledQueue = /(queue|deque|chan)(\[|$)/i;

/** What is called, or handed to `defaultdict` or `field` to be called for each new value. */
const madeBy = (place: Node) => (place.type === 'call' ? place.childForFieldName('function') : place);

/** `deque` of `collections.deque()`, `Queue` of `field(default_factory=Queue)`. */
export const kindOf = (place: Node): string => madeBy(place)?.text.replace(/\[.*$/s, '').split('.').at(-1) ?? '';

/** Does the place make a queue that takes whatever is put into it? */
export function isEndless(place: Node, file: PythonFile): boolean {
  const made = madeBy(place);
  const name = file.fullName(made);
  if (!calledQueue.test(name) && !calledQueue.test(made?.text ?? '')) return false;
  if (place.type !== 'call' && !isFactory(place)) return false;
  // `deque(range(8))`: numbers that are handed out and given back.
  if (place.type === 'call' && /^(deque\()?range\(/.test(positional(place)[0]?.text ?? '')) return false;
  const shared = ofProcesses.test(name) && file.importsAny(/(^|\.)multiprocessing/);
  if (!constructors.test(name) && !shared && !(made?.type === 'identifier' && isOwnQueue(made.text, file)))
    return isCalledQueue(place, file);
  const size = place.type === 'call' ? sizeOf(place, constructors.test(name)) : null;
  return size === null || isNoneByDefault(size, place, file);
}

/** `class Ordered(asyncio.Queue)` of this file. */
const isOwnQueue = (name: string, file: PythonFile): boolean =>
  name.endsWith('Queue') &&
  file.classes.some(
    (each) =>
      each.childForFieldName('name')?.text === name &&
      (each.childForFieldName('superclasses')?.namedChildren ?? []).some((base) =>
        constructors.test(file.fullName(base)),
      ),
  );

/** `PollableQueue()`, `aio.Chan[Frame]()`: something of the program's own that is called a queue and told no size. */
export function isCalledQueue(place: Node, file: PythonFile): boolean {
  const name = kindOf(place);
  if (isOwnQueue(name, file) || ofProcesses.test(file.fullName(madeBy(place)))) return false;
  if (place.type !== 'call' || !/^_*([A-Z]\w*)?(Queue|Deque|Chan)$/.test(name)) return false;
  if (
    constructors.test(file.fullName(madeBy(place))) ||
    /Task|Job|Message|Limit|Bound|Sized|Lru|LRU|Dead|Db/.test(name)
  )
    return false;
  if (argumentsOf(place).some((each) => !/^(loop|name|ctx)\s*=/.test(each.text))) return false;
  const declared = file.classes.find((each) => each.childForFieldName('name')?.text === name);
  return !/max_?(size|len)|limit|capacity/i.test(declared?.text ?? '');
}

/**
 * The size that is given; null: none, or one that means no end.
 * @param known the arguments of a class of the program may be anything
 */
function sizeOf(call: Node, known: boolean): string | null {
  const given = positional(call)[kindOf(call) === 'deque' ? 1 : 0];
  const first = known || /max|size|limit|capacity/i.test(given?.text ?? '') ? given : undefined;
  const size = keyword(call, 'maxsize', 'maxlen', 'size') ?? first ?? null;
  return size === null || meansNoEnd.test(size.text) ? null : size.text;
}

const meansNoEnd = /^(0|-\d+|None)$/;

/** `def __init__(self, maxsize=0)` above `Queue(maxsize)`, or above `Queue(self.maxsize)` of an object that keeps it. */
function isNoneByDefault(size: string, place: Node, file: PythonFile): boolean {
  const own = /^self\._*(\w+)$/.exec(size)?.[1];
  if (own !== undefined) return new RegExp(`\\b${own}\\s*(:[^=,()]*)?=\\s*(None|0|-1)\\s*[,)]`).test(file.text);
  const given = file.functionAround(place)?.node.childForFieldName('parameters')?.namedChildren ?? [];
  const parameter = given.find((each) => each.childForFieldName('name')?.text === size);
  return meansNoEnd.test(textIn(parameter, 'value'));
}

/** Is it only without a size where whoever makes the object says none? */
export function isSizedByCaller(place: Node, file: PythonFile): boolean {
  const size = place.type === 'call' ? sizeOf(place, true) : null;
  return size !== null && isNoneByDefault(size, place, file);
}

/** `Queue` of `defaultdict(Queue)` and of `field(default_factory=Queue)`. */
function isFactory(value: Node): boolean {
  const outer = value.parent;
  if (outer?.type === 'keyword_argument') return outer.childForFieldName('name')?.text === 'default_factory';
  const call = outer?.type === 'argument_list' ? outer.parent : null;
  return call?.type === 'call' && calleeName(call) === 'defaultdict' && argumentsOf(call)[0]?.id === value.id;
}

/** `Default(Queue())` */
const isWrapped = ({ parent }: Node): boolean =>
  parent?.type === 'argument_list' &&
  parent.namedChildCount === 1 &&
  /^[A-Z]\w*[a-z]\w*$/.test(calleeName(parent.parent ?? parent));

/** What the value is a part of where it is kept: `given or Queue()`, `field(default_factory=lambda: Queue())`. */
function carrying(value: Node): Node {
  const outer = value.parent;
  if (!outer) return value;
  if (/^(parenthesized_expression|conditional_expression|boolean_operator)$/.test(outer.type)) return carrying(outer);
  if (outer.type === 'lambda' && isFactory(outer)) return carrying(outer);
  if (isWrapped(value)) return carrying(outer.parent ?? value);
  if (isFactory(value)) return carrying([...ancestorsOf(value)].find(({ type }) => type === 'call') ?? value);
  return value;
}

/** The assignment that keeps the queue; null: another way. */
export function keptIn(place: Node): Node | null {
  const outer = carrying(place).parent;
  return outer?.type === 'assignment' ? outer : null;
}

/** `self.jobs` of `self.jobs = Queue()`, `jobs` of `jobs: Queue = Queue()`; null: it is not held by a name. */
export function heldBy(place: Node): string | null {
  const assignment = keptIn(place);
  const name = textIn(assignment, 'left');
  if (!/^(self\.)?\w+$/.test(name)) return null;
  // In the body of a class: methods know it as an attribute.
  return assignment?.parent?.parent?.parent?.type === 'class_definition' ? `self.${name}` : name;
}

/** The same, or what it is one of: `self.jobs` of `self.jobs[key] = Queue()`. */
export function keptBy(place: Node): string | null {
  const left = keptIn(place)?.childForFieldName('left')?.text ?? '';
  return heldBy(place) ?? /^((?:self\.)?\w+)\[[^[\]]+\]$/.exec(left)?.[1] ?? null;
}

/** Is it one queue, rather than one for each key that is asked for? */
export const isOne = (place: Node): boolean =>
  place.parent?.type !== 'argument_list' || calleeName(place.parent.parent ?? place) !== 'defaultdict';

/** Is it declared to hold what runs or is waited for (`Queue[Task]`) rather than items? */
export const holdsStarted = (place: Node): boolean =>
  /\b(Task|Future|Condition|(asyncio|threading|anyio|trio)\.Event)\b/.test(
    keptIn(place)?.childForFieldName('type')?.text ?? '',
  );

/** The call that makes what will hold the queue, and the name that it is given: `Plan(queue=Queue())`. */
export function givenTo(place: Node): { call: Node; name: string } | null {
  const named = carrying(place).parent;
  const call = named?.type === 'keyword_argument' ? named.parent?.parent : null;
  const name = textIn(named, 'name');
  const holds = call?.type === 'call' && (/^[A-Z]\w*[a-z]/.test(calleeName(call)) || calleeName(call) === '__init__');
  return holds && !/^(Thread|Process|Timer|Union|Optional)$/.test(calleeName(call)) ? { call, name } : null;
}

export const scopeOf = (name: string, place: Node, file: PythonFile): Node =>
  (name.startsWith('self.') ? file.classAround(place) : file.functionAround(place)?.node) ?? file.root;

/** Calls of methods on the name: in its class where it is an attribute, in its function where it is local, else in the file. */
export function callsOn(name: string, place: Node, file: PythonFile, method: RegExp): Node[] {
  const names = namesOf(name, place, file);
  return descendantsOf(scopeOf(name, place, file), 'call').filter(
    (call) => method.test(calleeName(call)) && isOneOf(names, receiverOf(call), call),
  );
}

/** `jobs` of `cast(Queue, jobs).put(…)`, of the two sides of a janus queue, and of one of several (`jobs[key]`). */
const receiverOf = (call: Node): string => oneOf(receiverText(call)).replace(/\.(a?sync_q)$/, '');

const oneOf = (text: string): string =>
  text
    .replace(/^(?:typing\.)?cast\([^,]+,\s*([\w.]+)\)$/s, '$1')
    .replace(/(\[[^[\]]+\]|\.(get|setdefault)\([^()]*(\(\))?\))$/, '');

/** Is it one of the names, or a variable that holds what one of them means? */
const isOneOf = (names: readonly string[], receiver: string, call: Node): boolean =>
  names.includes(receiver) ||
  (/^\w+$/.test(receiver) &&
    names[0]?.startsWith('self.') === true &&
    names.includes(oneOf(assignedAbove(receiver, call)?.text ?? '')));

/** An attribute of a class is known by the name of the class too. */
function namesOf(name: string, place: Node, file: PythonFile): string[] {
  const owner = name.startsWith('self.') ? classNameAround(place, file) : null;
  return owner === null ? [name] : [name, name.replace('self.', 'cls.'), name.replace('self', owner)];
}

export const classNameAround = (place: Node, file: PythonFile): string | null =>
  file.classAround(place)?.childForFieldName('name')?.text ?? null;

/** Calls of methods on an attribute of that name, whatever object has it: `session.jobs.put(…)`. */
export const callsOnAttribute = (name: string, file: PythonFile, method: RegExp): Node[] =>
  file.text.includes(`.${name}.`)
    ? file.root
        .descendantsOfType('call')
        .filter((call) => method.test(calleeName(call)) && receiverText(call).endsWith(`.${name}`))
    : [];

/** `loop.call_soon_threadsafe(self.jobs.put_nowait, job)` */
export const handedOn = (name: string, place: Node, file: PythonFile): Node[] =>
  scopeOf(name, place, file)
    .descendantsOfType('attribute')
    .filter((each) => each.text === `${name}.put_nowait` && each.parent?.type === 'argument_list')
    .flatMap((each) => each.parent?.parent ?? []);

export const isLocal = (name: string, place: Node, file: PythonFile): boolean =>
  !name.startsWith('self.') && file.functionAround(place) !== null;
