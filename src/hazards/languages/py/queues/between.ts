import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, placeOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName, keyword, positional, type DeclaredFunction, type PythonFile } from '../file';
import { callsOn, callsOnAttribute, isLocal, kindOf, scopeOf } from './held';
import { endlessCondition } from '../names';

export const taking = /^(get|get_nowait|pop|popleft|recv|recv_nowait|dequeue)$/;

/** Calls that put into a queue, or into a deque. */
export const putting = /^(put|put_nowait|append|appendleft|send_nowait|enqueue)$/;

/** What waits for its turn or for an answer, is free, or is run later is as long as what asked for it. */
export const holdsWaiters =
  /waiter|future|permit|slot|connection|conns?\b|pool|free\b|idle|avail|spare|unused|warm|_cbs?$|in_?flight|await|(^|[._])sent(_|$)|un_?acked|timer|wake_?up|(funcs?|fns)$|set_?up|shut_?down|recent/i;

/** One function fills the queue of its class or file with what its callers hand it, and another empties it, or another file does. */
export function betweenFunctions(name: string, puts: readonly Node[], place: Node, file: PythonFile): Growth | null {
  if (answersOrSpares.test(name) || holdsWaiters.test(name)) return null;
  const takes = callsOn(name, place, file, taking);
  if (isLocal(name, place, file)) return throughCallback(puts, takes, place, file);
  return filledByFunction(puts, takes, file);
}

/** Functions that take the answers to what was asked: as many as that. */
export const takesAnswers = /respon|repl(y|ies)|result|(^|_)n?acks?(_|$)|pong/i;

/** Functions that plan what is done later, or give back what they had. */
const plans = /timer|wake_?up|schedul|set_?up|(^|_)(return|release|give_back)_/i;

/** What waits for one answer, and what has its time. */
const ofCaller = /^\(?(fut(ure)?|waiter|cb|callback|consumer)$|^\(?[\w.]*(run_at|when|deadline|timer)\b/;

/** Some function puts an item with each of its calls; how often that is, nothing shows. */
export function filledByFunction(puts: readonly Node[], takes: readonly Node[], file: PythonFile): Growth | null {
  const takers = new Set(takes.map((each) => file.functionAround(each)?.node.id));
  for (const put of puts.filter((each) => !isToken(positional(each).at(-1)))) {
    const method = file.functionAround(put);
    if (!method || /^__(?!call__)\w+__$/.test(method.name) || takers.has(method.node.id)) continue;
    if (takesAnswers.test(method.name) || isPlanned(put, method) || greatest.test(method.node.text)) continue;
    if ((runsSeldom(method.name) || /^_*(get|is|has|check)_/.test(method.name)) && !inEndlessLoop(put)) continue;
    if (isPulled(method.node, takers, file)) continue;
    return handedOver({ put, name: method.name, around: method.node }, takes[0]);
  }
  return null;
}

/** Classes that hold what is read from one text or page, what has its time, or what they count. */
const soonEmpty = /(Timer|Parser|Lexer|Tokeni[sz]er|Iterator|Paginator|Bucket|Counter|TaskGroup)$/;

/** What `queue.Queue` calls of its own kinds, which it keeps short itself. */
const ofQueueItself = /^_(put|init)$/;

/** A comparison with what a greatest size is called. */
export const greatest = /[<>]=? *[\w.]*(max_?(size|len|items)|limit|capacity)\b/;

/** Is it for whoever calls, for later, or put into what has a size (or a time to wait would mean nothing)? */
export const isPlanned = (put: Node, { name, owner }: DeclaredFunction): boolean =>
  plans.test(name) ||
  soonEmpty.test(textIn(owner, 'name')) ||
  ofCaller.test(positional(put).at(-1)?.text ?? '') ||
  keyword(put, 'timeout') !== null ||
  (ofQueueItself.test(name) && textIn(owner, 'superclasses').includes('Queue'));

/** A function is handed on to be called by somebody else, and puts what it is given into a queue of the function around it. */
function throughCallback(puts: readonly Node[], takes: readonly Node[], place: Node, file: PythonFile): Growth | null {
  const around = file.functionAround(place)?.node;
  const callbacks = puts.filter((put) => {
    const inner = file.functionAround(put);
    const given = inner?.node.childForFieldName('parameters')?.namedChildren ?? [];
    return (
      inner &&
      inner.node.id !== around?.id &&
      given.length > 0 &&
      (isHandedOn(inner.name, around) || isCalledBeside(inner.name, inner.node, around, file))
    );
  });
  return takes.length > 0 ? filledByFunction(callbacks, takes, file) : null;
}

const isHandedOn = (name: string, around: Node | undefined): boolean =>
  (around?.descendantsOfType('identifier') ?? []).some(
    (each) =>
      each.text === name && /^(argument_list|keyword_argument|assignment|decorator)$/.test(each.parent?.type ?? ''),
  );

/** Another function inside the same one calls it. */
const isCalledBeside = (name: string, node: Node, around: Node | undefined, file: PythonFile): boolean =>
  (around?.descendantsOfType('call') ?? []).some((call) => {
    const caller = file.functionAround(call)?.node.id;
    return calleeName(call) === name && caller !== around?.id && caller !== node.id;
  });

/** Who takes from the queue has it filled first, when it is empty; what is handed something is called for that. */
export function isPulled(method: Node, takers: ReadonlySet<number | undefined>, file: PythonFile): boolean {
  const declared = file.functions.find((each) => each.node.id === method.id);
  const uses = declared ? file.usesOf(declared) : [];
  return uses.length > 0 && uses.every((use) => asksForMore(use) && takers.has(file.functionAround(use)?.node.id));
}

const asksForMore = ({ id, parent }: Node) =>
  parent?.childForFieldName('function')?.id === id && argumentsOf(parent).length === 0;

/** Is it done again and again, as long as nobody stops it? */
export function inEndlessLoop(put: Node): boolean {
  for (const outer of ancestorsOf(put)) {
    if (outer.type === 'function_definition') return false;
    const condition = outer.type === 'while_statement' ? textIn(outer, 'condition') : '';
    if (endlessCondition.test(condition)) return true;
  }
  return false;
}

/** `put(None)`: a wake-up, an end or a permit rather than an item. */
export function isToken(given: Node | undefined): boolean {
  if (given?.type === 'tuple') return partsOf(given).every(isToken);
  return (
    given !== undefined &&
    (/^(none|true|false|integer|string)$/.test(given.type) || /^([\w.]+\.)?_?[A-Z\d]+(_[A-Z\d]+)*$/.test(given.text))
  );
}

/** `self._queue = Queue()`, which nothing in the file speaks of again. */
const isLeftOver = (name: string, { text }: PythonFile): boolean =>
  name.startsWith('self._') && !new RegExp(`\\.${name.slice('self.'.length)}\\b(?!\\s*(:[^=\\n]*)?=(?!=))`).test(text);

/** A queue of a class that its file only takes from, or only keeps: others put into it. */
export function filledElsewhere(name: string, place: Node, file: PythonFile): Growth | null {
  if (!name.startsWith('self.') || isLeftOver(name, file) || answersOrSpares.test(name) || holdsWaiters.test(name))
    return null;
  if (kindOf(place) === 'deque') return null;
  return {
    ...{ unit: 'call', source: `${name}.put`, settledEarly: null, doubt: 'who puts into it, and how often' },
    evidence: [`nothing in this file puts anything into \`${name}\``],
    turns: [],
  };
}

/** What fills the queue is another object, which is given it: `Connection(inbox=self.inbox)`. */
export function givenAway(name: string, place: Node, file: PythonFile): Growth | null {
  if (!name.startsWith('self.') || answersOrSpares.test(name) || kindOf(place) === 'deque') return null;
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

const takesWhatComes = /^_?[A-Z]\w*(Protocol|Receiver|Reader|Listener)$|^_?(Protocol|Listener)$/;

/** `Protocol(received)`: what is made for a connection puts what it receives into a queue of the function around it. */
export function givenToReceiver(name: string, place: Node, file: PythonFile): Growth | null {
  if (!isLocal(name, place, file) || answersOrSpares.test(name) || /exc|err/.test(name)) return null;
  const call = scopeOf(name, place, file)
    .descendantsOfType('identifier')
    .filter(
      ({ text, parent, startIndex }) =>
        text === name && parent?.type === 'argument_list' && startIndex > place.endIndex,
    )
    .map(({ parent }) => parent?.parent)
    .find((each) => each?.type === 'call' && takesWhatComes.test(calleeName(each)));
  if (!call) return null;
  const to = calleeName(call);
  return {
    ...{ unit: 'call', source: to, settledEarly: null, doubt: `how often \`${to}\` fills it` },
    evidence: [`\`${name}\` is given to \`${to}\` on line ${lineOf(call)}`],
    turns: [{ place: call, repeated: call }],
  };
}

/** `Plan(queue=Queue())`: what the file puts into the `queue` of any object. */
export function filledWhereHeld(
  attribute: string,
  file: PythonFile,
  perItem: (node: Node) => Growth | null,
): Growth | null {
  const puts = callsOnAttribute(attribute, file, putting);
  for (const put of puts) {
    const growth = perItem(put);
    const step = `${placeOf(put)} puts each into it`;
    if (growth && !growth.open && growth.doubt === undefined)
      return { ...growth, evidence: [...growth.evidence, step] };
  }
  return answersOrSpares.test(attribute) || holdsWaiters.test(attribute)
    ? null
    : filledByFunction(puts, callsOnAttribute(attribute, file, taking), file);
}
