import type { Node } from 'web-tree-sitter';
import { handedOver } from '../../../handedOver';
import { pointsOfLine } from '../../../longLived';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, placeOf, textIn } from '../../../syntax';
import { emptyingsOf } from './emptied';
import { argumentsOf, calleeName, callTaking, isPrivate, type JavaFile } from '../file';
import { callsOn, callsTaking, type Holder } from '../held';
import { endlessCondition } from '../names';
import { isRarely } from '../arrivals/rarely';
import { isSpare } from './spares';

/** Calls that put something into a queue. */
export const putting = /^((put|add|offer)(First|Last)?|addAll|push|transfer|enqueue|relaxedOffer|tryEmit\w*)$/;

/** Calls that take something out of it. */
export const taking = /^((take|poll|remove)(First|Last)?|pop|drainTo)$/;

/** Calls that put something into what is held, also by way of Guava. */
export const putsOf = (holder: Holder): Node[] => [
  ...callsOn(holder, putting),
  ...callsTaking(holder, /^putUninterruptibly$/),
];

/** Calls that take something out of what is held: not those that say what, as from a list, but for what was walked to. */
export const takesOf = (holder: Holder, file: JavaFile): Node[] => [
  ...callsOn(holder, taking).filter((each) => !namesWhat(each) || isWalkedTo(each, holder)),
  ...callsTaking(holder, /^(takeUninterruptibly|drain|drainUninterruptibly)$/),
  ...removals(holder, file),
  ...emptyingsOf(holder),
];

/** Methods for others fill it, and others empty it, here or in another file. */
export function filledByCallers(holder: Holder, file: JavaFile): Growth | null {
  const { name } = holder;
  if (isSpare(name, file.typeOfField(name) ?? '') || isOfOne(holder)) return null;
  const takes = takesOf(holder, file);
  if ((takes.length === 0 && isWalked(holder)) || takes.some((each) => makesAnother(each, file))) return null;
  const puts = putsOf(holder);
  // A stack: what is pushed last is taken first.
  if ([...puts, ...takes].every((each) => /^(push|pop)$/.test(calleeName(each)))) return null;
  for (const put of puts) {
    const around = filling(put);
    if (!around || isToken(put) || isAskedFor(around, holder) || isOfFew(put, around, holder, file)) continue;
    const take = takes.find((each) => file.methodAround(each)?.node.id !== file.methodAround(put)?.node.id);
    if (takes.length > 0 && !take) continue;
    if (!answersNow(put, holder, file)) return filledBy(put, around, take);
  }
  return null;
}

/**
 * What a request, a transaction or an answer holds ends with it; a lock has a line as long as threads wait, an executor
 * one as long as those make it who hand it tasks; of times to wait there is one for each that something asks for.
 */
const isOfOne = ({ name, scope }: Holder) =>
  /(Request|Operation|Transaction|Statement|Response|Result|Iterator|Future)(Impl)?$|Lock|LOCK|Condition|Executor$/.test(
    textIn(scope, 'name'),
  ) || /time_?out|deadline|expir/i.test(name);

/** Do the names say that there are few, or that it ends with one call? */
function isOfFew(put: Node, { name: method }: Filling, { name: field, scope }: Holder, file: JavaFile): boolean {
  const given = argumentsOf(put).map(({ text }) => text.slice(0, longestItem));
  const item = `${given.join(' ')} ${file.typeOfField(field)?.replace(/^[^<]*/, '') ?? ''}`;
  const owners = [scope, file.classAround(put)].map((each) => textIn(each, 'name'));
  return method !== '' && owners.every((owner) => pointsOfLine({ owner, method, field, item }) < 2);
}

/** So much of what is put in is read for its names. Characters. */
const longestItem = 60;

/** `onNext` of a reactive stream brings no more than was asked for, unless that was everything. */
const isAskedFor = ({ name }: Filling, { scope }: Holder) =>
  name === 'onNext' && scope.text.includes('.request(') && !scope.text.includes('.request(Long.MAX_VALUE)');

/** A getter hands the queue out, and nothing here fills or empties it: others do both. */
export function handedOut({ name }: Holder, file: JavaFile): Growth | null {
  const getter = file.methods.find(
    ({ node, name: method }) =>
      /^get[A-Z]/.test(method) && new RegExp(`return (this\\.)?${name};`).test(node.text) && !isPrivate(node),
  );
  if (isSpare(name, file.typeOfField(name) ?? '') || !getter) return null;
  const hands = `\`${getter.name}\` (line ${lineOf(getter.node)})`;
  return {
    ...{ unit: 'call', source: getter.name, settledEarly: null, doubt: 'who fills it, and how often' },
    evidence: [`${hands} hands it to others, who fill it and empty it`],
    turns: [{ place: getter.node, repeated: getter.node }],
  };
}

/** What code that runs again and again puts into a queue. @param take where it is emptied; undefined: in another file */
export function filledBy(put: Node, { name, around }: Filling, take: Node | undefined): Growth {
  const called = handedOver({ put, name, around }, take);
  if (!isLoop(around)) return called;
  const loop = `the loop on line ${lineOf(around)}`;
  return {
    ...called,
    unit: 'element',
    source: oneLine(argumentsOf(put)[0] ?? put),
    evidence: [`${loop} goes on without an end`, putStep(put), ...called.evidence.slice(1)],
    doubt: `how much each turn of ${loop} brings`,
  };
}

/** Code that runs again and again, and what it is called. */
export interface Filling {
  name: string;
  around: Node;
}

/**
 * The code that fills a queue again and again: a function that something else is handed, an endless loop, or a method
 * for others; null: it runs once or now and then.
 */
export function filling(put: Node): Filling | null {
  for (const outer of ancestorsOf(put)) {
    if (isLoop(outer) && isEndlessLoop(outer)) return { name: '', around: outer };
    const call = outer.type === 'lambda_expression' ? callTaking(outer) : null;
    if (call && !runsNow.test(calleeName(call))) return { name: `${calleeName(call)}(… -> …)`, around: outer };
    if (outer.type === 'constructor_declaration') return null;
    if (outer.type !== 'method_declaration') continue;
    const handed = callTakingClassOf(outer);
    // The loop of a thread has been looked for on the way out.
    if (handed && /^(new)?Thread$/.test(calleeName(handed))) return null;
    if (handed && runsNow.test(calleeName(handed))) continue;
    if (handed) return { name: `${calleeName(handed)}(…)`, around: outer };
    const name = textIn(outer, 'name');
    const builds = /\breturn this;\s*\}$/.test(outer.text);
    return builds || isRarely(name) ? null : { name, around: outer };
  }
  return null;
}

/** The call that is handed the class without a name which the method `run` stands in: `dispatch(new Runnable() { … })`. */
function callTakingClassOf(method: Node): Node | null {
  const made = method.parent?.type === 'class_body' ? method.parent.parent : null;
  const runs = /^(run|call|accept|apply|execute|get)$/.test(textIn(method, 'name'));
  return runs && made?.type === 'object_creation_expression' ? callTaking(made) : null;
}

/** A loop that asks a condition, not one over a collection. */
export const isLoop = ({ type }: Node) => /^(while|do|for)_statement$/.test(type);

function isEndlessLoop(loop: Node): boolean {
  const condition = loop.childForFieldName('condition');
  return condition === null ? loop.type === 'for_statement' : endlessCondition.test(condition.text);
}

/** Calls that run the function that they are handed as part of the method, or once later. */
const runsNow =
  /^(forEach\w*|ifPresent\w*|map|flatMap|filter|peek|computeIf\w+|compute|merge|submit|execute|invoke\w*|run\w*|supplyAsync|schedule\w*|then\w*|when\w*|handle\w*|exceptionally|add\w*Hook|defer|call|with\w*|Thread|of|asList)$/;

/** `remove(listener)` takes out what somebody put in before: the entries of a list. */
const namesWhat = (take: Node) =>
  calleeName(take) === 'remove' && argumentsOf(take).length > 0 && !position.test(argumentsOf(take)[0]?.text ?? '');

/** `remove(0)`, `remove(packetIndex)`. */
const position = /^(0|[ij]|\w*(index|idx|position))$/i;

/** `for (Task task : tasks) { … tasks.remove(task); }`. */
const isWalkedTo = (take: Node, { name }: Holder) =>
  [...ancestorsOf(take)].some(
    (outer) =>
      outer.type === 'enhanced_for_statement' &&
      outer.childForFieldName('value')?.text.replace(/^this\./, '') === name &&
      argumentsOf(take)[0]?.text === outer.childForFieldName('name')?.text,
  );

/** `for (Iterator it = queue.iterator(); it.hasNext();) { … it.remove() }`. */
const removals = (holder: Holder, file: JavaFile): Node[] =>
  callsOn(holder, /^iterator$/).filter((call) => file.methodAround(call)?.node.text.includes('.remove()'));

/** `thing = things.poll(); return thing == null ? new Thing() : thing`: it holds what is free. */
const makesAnother = (take: Node, file: JavaFile) => {
  const behind = file.text.slice(take.startIndex, take.startIndex + 200);
  const made = String.raw`(\{\s*)?(return|\w+ =)\s*(new\b|[\w.]*(create|allocate|make)\w*\()`;
  return new RegExp(String.raw`== null\)?\s*(${made}|\?\s*new\b|\?\s*\w*\.?(create|allocate))|!= null \? \w+ : `).test(
    behind,
  );
};

/** What is gone through again and again is a list. */
const isWalked = ({ name, scope }: Holder) =>
  new RegExp(`: *(this\\.)?${name}\\)|\\b${name}\\.(forEach|stream)\\(`).test(scope.text);

/** A mark, a wake-up or the object itself rather than an item: `queue.add(POISON)`. */
export const isToken = (put: Node) =>
  argumentsOf(put).every(({ text }) => /^(this|null|true|false|\d+|[A-Z][A-Z_\d]+)$/.test(text));

/** What is put is taken again before the method ends: a buffer of one turn. */
export const answersNow = (put: Node, holder: Holder, file: JavaFile) => {
  const method = file.methodAround(put)?.node;
  return callsOn(holder, taking).some((take) => file.methodAround(take)?.node.id === method?.id);
};

/** The step of the evidence in which something is put into a queue. */
export const putStep = (put: Node) => `${placeOf(put)} puts each into it`;
