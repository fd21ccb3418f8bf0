import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, stepOf, type Edit, type Fix } from '../../../fixes/edits';
import { calleeName, receiverText } from '../../../languages/java/file';
import { isLoop } from '../../../languages/java/queues/fills';
import { givenByConstructor } from '../../../languages/java/queues/queues';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, textIn } from '../../../syntax';
import { argumentsOf, callsOnHeld, fileOf, holdsLock, madeType, throwsInterrupted } from '../fixing';

const size = 1000;

/** A capacity, and `put` instead of what would refuse or throw when it is full: who fills it waits. */
export function capacity(made: Node, { turns, source, doubt }: Growth, text: string): Fix | null {
  const limit = limitOf(made);
  const puts = callsOnHeld(made, /^((put|add|offer)(First|Last)?|addAll)$/);
  const takes = callsOnHeld(made, /^((take|poll)(First|Last)?|drainTo)$/);
  if (!/^LinkedBlocking(Queue|Deque)$/.test(madeType(made)) || !limit || !puts?.length || !takes) return null;
  // A function that something else runs must not wait for who may be waiting for it.
  if (turns[0]?.repeated.type === 'lambda_expression' || puts.some((put) => calleeName(put) === 'addAll')) return null;
  // An event loop that waits serves nobody.
  if (source.startsWith('channelRead')) return null;
  // A plain Queue has no put.
  if (puts.some((put) => isPlainQueue(receiverText(put), text))) return null;
  if (!takes.some((take) => isTurn(take) || (doubt === undefined && waits(take)))) return null;
  if (puts.some((put) => isAtStart(put) || takes.some((take) => isSameThread(put, take)))) return null;
  // A task may bring others while nobody but its own thread takes them.
  if (puts.some((put) => runnable(receiverText(put)).test(text))) return null;
  const waiting = puts.flatMap((put) => waitingPut(put, text) ?? [null]);
  if (waiting.includes(null)) return null;
  return {
    id: 'java/unbounded-queue/capacity',
    title: `Let put wait when ${size} are in it (a capacity)`,
    edits: [limit, ...waiting.filter((each): each is Edit => each !== null)],
  };
}

/** The edit that sets it: also of what a constructor hands in for one that somebody may choose; null: it is chosen. */
function limitOf(made: Node): Edit | null {
  const list = made.childForFieldName('arguments');
  const [given] = argumentsOf(made);
  const most = given && /^\w+$/.test(given.text) ? givenByConstructor(given, made, fileOf(made)) : given;
  if (!list || (given && most?.text !== 'Integer.MAX_VALUE')) return null;
  return most
    ? { start: most.startIndex, end: most.endIndex, text: String(size) }
    : { start: list.startIndex, end: list.endIndex, text: `(${size})` };
}

/** The method, constructor or function that the place runs in. */
const functionAround = (place: Node) =>
  [...ancestorsOf(place)].find(({ type }) => /^(lambda_expression|(method|constructor)_declaration)$/.test(type));

/** Is it taken out again and again, by what gives nobody an answer? */
function isTurn(take: Node): boolean {
  const around = functionAround(take);
  const loop = [...ancestorsOf(take)].find(isLoop);
  return !!around && !!loop && contains(around, loop) && /^(void)?$/.test(textIn(around, 'type'));
}

/** `take()`, `poll(1, SECONDS)`. */
const waits = (take: Node) => calleeName(take).startsWith('take') || argumentsOf(take).length === 2;

/** Is it put in before anybody takes? */
const isAtStart = (put: Node) => {
  const around = functionAround(put);
  return around?.type === 'constructor_declaration' || /^(init|load|restore|recover)/.test(textIn(around, 'name'));
};

/** Would whoever waits for room have to make it: does one of the two call the other? */
function isSameThread(put: Node, take: Node): boolean {
  const [one, other] = [functionAround(put), functionAround(take)];
  return !one || !other || one.id === other.id || isCalledIn(one, other) || isCalledIn(other, one);
}

const isCalledIn = (one: Node, other: Node) =>
  one.type === 'method_declaration' &&
  new RegExp(`(?<![\\w.]|new )(this\\.)?${textIn(one, 'name')}\\(`).test(other.text);

const runnable = (receiver: string) =>
  new RegExp(`<(Runnable|(Callable|Supplier)<[^;=()]*>)>\\s+${receiver.split('.').at(-1) ?? ''}\\b`);

const isPlainQueue = (receiver: string, text: string) =>
  new RegExp(`\\b(Queue|Deque|Collection|List)(<[^;=()]*>)?\\s+${receiver.split('.').at(-1) ?? ''}\\b`).test(text);

/** The edits that make one call wait; null: its result is used, it holds a lock, or there is no room for a try block. */
function waitingPut(call: Node, text: string): Edit[] | null {
  const name = call.childForFieldName('name');
  const statement = call.parent?.type === 'expression_statement' ? call.parent : null;
  if (!name || argumentsOf(call).length !== 1 || holdsLock(call)) return null;
  if (name.text.startsWith('put')) return [];
  if (!statement) return null;
  const put = name.text.replace(/^(add|offer)/, 'put');
  if (throwsInterrupted(call)) return [{ start: name.startIndex, end: name.endIndex, text: put }];
  const end = newlineOf(text);
  const indent = indentOf(statement, text);
  const unit = stepOf(text);
  const above = text.slice(text.lastIndexOf('\n', statement.startIndex - 1) + 1, statement.startIndex);
  if (above.trim() !== '') return null;
  const waiting = `${text.slice(statement.startIndex, name.startIndex)}${put}${text.slice(name.endIndex, statement.endIndex)}`;
  const lines = [
    'try {',
    `${unit}${waiting.replaceAll('\n', `\n${unit}`)}`,
    '} catch (InterruptedException interrupted) {',
  ];
  const all = [...lines, `${unit}Thread.currentThread().interrupt();`, '}'].join(`${end}${indent}`);
  return [{ start: statement.startIndex, end: statement.endIndex, text: all }];
}
