import type { Node } from 'web-tree-sitter';
import { startedForItem } from '../../../handedItem';
import type { Growth } from '../../../rule';
import { oneLine, partsOf, textIn } from '../../../syntax';
import { anyOf, callsOf } from '../../../words';
import { argumentsOf, calleeName, receiverText, type JavaFile } from '../file';
import { perItem } from '../growth';
import { callsOn, holderOf, madeType } from '../held';
import { executorObject, settling } from '../names';
import { isPerItem } from './pools';

/** Words of files in which a broker may be told of a message before the work on it is done. */
export const settledAtOnce = anyOf(
  callsOf(settling),
  /\b(onMessage|consumeMessage|basicConsume)\(|@\w*(Listener|Handler|Incoming)\b/,
);

/** A thread or task that starts once for each item, and nobody waits for it where it stands. */
export function taskOf(place: Node, file: JavaFile): Growth | null {
  if (startsByItself(place)) return withHint(perItem(place, file), place, file);
  if (calleeName(place) === 'start' && startsOwnThread(place, file)) return withHint(perItem(place, file), place, file);
  if (!/^(submit|execute)$/.test(calleeName(place)) || !executorObject.test(receiverText(place))) return null;
  // An executor that this file makes is judged where it is made.
  if (makesExecutor(file)) return null;
  const growth = perItem(place, file);
  return growth?.settledEarly == null
    ? null
    : { ...growth, doubt: `\`${receiverText(place)}\` is made elsewhere: it may refuse or hold back what is too much` };
}

/** Of what no caller in this file repeats: what a method for others starts about an item that it is handed. */
function withHint(growth: Growth | null, place: Node, file: JavaFile): Growth | null {
  if (growth && !growth.open) return growth;
  const around = file.methodAround(place);
  const start = place.type === 'object_creation_expression' ? startOf(place, file) : place;
  const work = calleeName(place) === 'start' ? (threadOf(place, file) ?? place) : place;
  if (
    !growth ||
    around?.node.type !== 'method_declaration' ||
    !start ||
    seldomCalled.test(around.name) ||
    !isPerItem(work, file) ||
    standing.test(madeType(work))
  )
    return growth;
  const parameters = around.node.childForFieldName('parameters');
  const item = parameters ? oneLine(parameters).slice(1, -1) : '';
  return { ...growth, meanwhile: startedForItem(place, { node: around.node, name: around.name, item }) };
}

/** Methods that people and parts of the program call, not what comes. */
const seldomCalled =
  /^(set|fork|synchroni[sz]e|discover|spawn|restart|async(Res|S)tart|fetchAll)(?![a-z])|[cC]ritical|[uU]navailable/;

/** Threads for parts of the program, as many as it has. */
const standing = /(Job|Worker|Monitor|Poll\w*|Timer|Acceptor|Loop|Manager|Waiter)(Thread)?$/;

/** Where a thread that is made is started: `new Thread(…).start()`, or by way of its variable. */
function startOf(made: Node, file: JavaFile): Node | null {
  if (made.parent && calleeName(made.parent) === 'start') return made.parent;
  const holder = holderOf(made, file);
  return holder?.field === false ? (callsOn(holder, /^start$/)[0] ?? null) : null;
}

/** `new ClientThread(socket).start()`, also by way of a variable. */
function startsOwnThread(start: Node, file: JavaFile): boolean {
  const made = threadOf(start, file);
  const type = madeType(made);
  if (/\wThread$/.test(type) || (type !== '' && new RegExp(`class ${type} extends Thread\\b`).test(file.text)))
    return true;
  // Only threads are told whether the program waits for them.
  const name = textIn(start, 'object');
  return made !== null && type !== 'Thread' && /^\w+$/.test(name) && file.text.includes(`${name}.setDaemon(`);
}

/** What is started, where it is made: by the call itself or for its variable; null: elsewhere. */
function threadOf(start: Node, file: JavaFile): Node | null {
  const object = start.childForFieldName('object');
  if (object?.type !== 'identifier') return object?.type === 'object_creation_expression' ? object : null;
  const given = file
    .methodAround(start)
    ?.node.descendantsOfType(['variable_declarator', 'assignment_expression'])
    .filter((each) => (each.childForFieldName('name') ?? each.childForFieldName('left'))?.text === object.text)
    .map((each) => each.childForFieldName('value') ?? each.childForFieldName('right'));
  return given?.find((each) => each?.type === 'object_creation_expression') ?? null;
}

function startsByItself(place: Node): boolean {
  const name = calleeName(place);
  if (place.type === 'object_creation_expression') return name === 'Thread' && argumentsOf(place).length > 0;
  if (name === 'startVirtualThread') return receiverText(place) === 'Thread';
  if (name === 'start') return /^Thread\.of(Virtual|Platform)\(\)/.test(receiverText(place));
  // Without an executor of its own the task goes to the common pool, whose queue has no end.
  return (
    /^(runAsync|supplyAsync)$/.test(name) &&
    receiverText(place) === 'CompletableFuture' &&
    argumentsOf(place).length === 1
  );
}

const makesExecutor = (file: JavaFile) =>
  /\bExecutors\.new|\bnew (ThreadPoolExecutor|ThreadPoolTaskExecutor|ForkJoinPool)\b/.test(file.text);

/** A message that is sent on for each one that arrives, and its answer is dropped. */
export function publishOf(place: Node, file: JavaFile): Growth | null {
  const [call] = partsOf(place);
  return call?.type === 'method_invocation' && isProducer(call, file) ? perItem(place, file) : null;
}

function isProducer(call: Node, file: JavaFile): boolean {
  const sender = receiverText(call);
  const name = calleeName(call);
  if (name === 'send' && /producer$/i.test(sender))
    return file.importsAny(/^org\.apache\.kafka\b/) && argumentsOf(call).length === 1;
  if (name === 'send') return /(kafka)?template$/i.test(sender) && file.importsAny(/^org\.springframework\.kafka\b/);
  if (name === 'sendAsync') return /producer$/i.test(sender) && file.importsAny(/^org\.apache\.pulsar\b/);
  return name === 'basicPublish' && file.importsAny(/^com\.rabbitmq\b/) && !/reply-?to/i.test(call.text);
}
