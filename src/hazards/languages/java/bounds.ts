import type { Node } from 'web-tree-sitter';
import type { BoundKind, Growth, Turn } from '../../rule';
import { ancestorsOf, contains, lineOf, placeOf, textIn } from '../../syntax';
import { leaves } from '../../turn';
import { sizeGiven } from './buffers';
import { endOf } from './clients';
import { prefetchIsSure } from './consumers';
import { answerRead } from './drops/answers';
import { withoutEnd } from './starts/executors';
import { argumentsOf, calleeName, receiverText, type JavaFile } from './file';
import * as names from './names';
import { limitOf } from './reads/reads';
import { sizeGuard } from './queues/sizes';
import { springSetting } from './starts/spring';
import { oneRound } from './starts/timers';
import { after, before, enclosing, endsTurn, running } from './turn';
import { roomAsked } from './writes/room';

/** What is looked for in Java, as a reader would say it. */
export const boundsInWords: Partial<Record<BoundKind, string>> = {
  permit: 'a permit taken before the start (Semaphore.acquire, a rate limiter)',
  'permit-in-task': 'a permit taken inside what is started',
  pool: 'an executor with a bounded queue (ArrayBlockingQueue, setQueueCapacity, a bulkhead)',
  joined: 'waiting for it in the same turn (get, join, await, a try block that closes the executor)',
  counted: 'a count, size or already-running check around it (for jobs of Quartz @DisallowConcurrentExecution)',
  'broker-credit': 'a limit on unfinished messages at the broker (basicQos, prefetch with manual acknowledgement)',
  pause: 'pausing the consumer (pause, resume)',
  'leaves-loop': 'leaving the loop after it',
  'size-guard': 'a look at the length of the queue (size, remainingCapacity)',
  drain: 'waiting for the broker (waitForConfirms, flush)',
  'answer-read':
    'a look whether the peer has room (isWritable, writeQueueFull, isReady, a water mark), or how much is under way',
  limited: 'a size, a count or a page that is asked for',
  told: 'a look at its answer, a count or a log line where the item is dropped',
  'ends-with-client': 'an end when the client leaves (onCompletion, onTimeout, an error that leaves the loop)',
  'stop-code': 'code that only runs when something ends',
};

type Finder = (growth: Growth, place: Node, file: JavaFile) => string | null;

/** Gate B for Java. */
export const finders: Partial<Record<BoundKind, Finder>> = {
  permit: ({ turns, doubt }, _place, file) => {
    const own = running(turns.flatMap(before), 'method_invocation');
    const call = [...own, ...(doubt === undefined ? [] : turns.flatMap((turn) => allBefore(turn, file)))].find(
      (each) => isPermit(each) && !isOptional(each, file) && !callsItself(each, file),
    );
    return call ? `a permit taken at ${placeOf(call)}` : null;
  },
  'permit-in-task': ({ turns }, _place, file) => {
    const permit = turns
      .flatMap(({ place }) => workOf(place, file))
      .flatMap((work) => work.descendantsOfType('method_invocation'))
      .find(isPermit);
    return permit ? `a permit taken at ${placeOf(permit)}` : null;
  },
  pool: ({ doubt }, place, file) => {
    // What is made here is judged by itself, whatever else the file makes.
    if (withoutEnd(place, file) !== null) return springSetting(place, file);
    const bounded = doubt === undefined ? null : boundedPoolIn(file);
    return bounded === null ? null : `a bounded queue (\`${bounded}\`)`;
  },
  joined: ({ turns, doubt }) => {
    const closed = turns
      .flatMap((turn) => enclosing(turn, /^try_with_resources_statement$/))
      .find((each) => /Executor|TaskScope/.test(textIn(each, 'resources')));
    if (closed) return `the block on line ${lineOf(closed)} waits for it`;
    const chained = turns.flatMap(({ place }) => [...awaitedChain(place)]);
    const later = doubt === undefined ? running(turns.flatMap(after), 'method_invocation') : turns.flatMap(allAfter);
    const wait = [...chained, ...later].find(isWait);
    return wait ? `the turn waits at ${placeOf(wait)}` : null;
  },
  counted: ({ turns }, place) => {
    const one = oneRound(place);
    if (one !== null) return one;
    const around = turns
      .flatMap((turn) => enclosing(turn, /^(if|while|do)_statement$/).filter((each) => !inElse(each, turn.place)))
      .filter((each) => !isOverflow(each) && !goesOn(each));
    const earlier = turns.flatMap(before).filter((node) => /^(if|while)_statement$/.test(node.type) && holdsBack(node));
    const waiting = running(turns.flatMap(before), 'while_statement').find(waitsForRoom);
    const check = [...around, ...earlier].find((node) => guards(node)) ?? waiting;
    return check ? `the check on line ${lineOf(check)}` : null;
  },
  'broker-credit': ({ unit, settledEarly }, place, file) => {
    if (settledEarly !== null || takesLimitAway(place)) return null;
    const credit = unit === 'request' && /\bcredit\(/.exec(file.text);
    if (credit) return 'credit that is given for what has been handled (`credit`)';
    if (unit !== 'message') return null;
    const setting = names.creditSettings.exec(file.text)?.[1];
    const isSure = setting !== 'basicQos' || calleeName(place) !== 'basicConsume' || prefetchIsSure(file);
    if (setting !== undefined && isSure) return `the broker's limit on unfinished messages (\`${setting}\`)`;
    return file.importsAny(/^org\.springframework\.amqp\b/) && /\bbasicAck\(/.test(file.text)
      ? 'the container’s prefetch (250 unless set), as messages are acknowledged by hand (`basicAck`)'
      : null;
  },
  pause: ({ unit }, _place, file) => {
    if (file.text.includes('.setAutoRead(false)') && file.text.includes('.setAutoRead(true)'))
      return '`setAutoRead` holds the peer back';
    if (unit === 'request') return null;
    const paused = /\.(pause|pausePartition|requestPause)\(/.exec(file.text)?.[0];
    return paused && /\.resume\w*\(/.test(file.text) ? `\`${paused.slice(1, -1)}\` holds the consumer back` : null;
  },
  'leaves-loop': ({ turns }) => {
    const loops = turns.filter(({ repeated }) => repeated.type.endsWith('_statement'));
    const exit = loops
      .flatMap((turn) => after(turn).filter((node) => leaves(node, turn.repeated)))
      .find(({ type }) => /^(break|return|throw)_statement$/.test(type));
    return exit ? `it leaves the loop on line ${lineOf(exit)}` : null;
  },
  'size-guard': (_growth, place, file) => sizeGuard(place, file),
  drain: (_growth, _place, file) => {
    const sign =
      /\.(waitForConfirms(OrDie)?|addConfirmListener|flush|setConfirmCallback|sendOffsetsToTransaction|commitTransaction)\(/.exec(
        file.text,
      )?.[0];
    return sign === undefined ? null : `\`${sign.slice(1, -1)}\` waits for the broker`;
  },
  limited: (_growth, place, file) => sizeGiven(place) ?? limitOf(place, file),
  told: (_growth, place) => answerRead(place),
  'ends-with-client': (_growth, place, file) => endOf(place, file),
  'answer-read': (_growth, place, file) => roomAsked(place, file),
  'stop-code': ({ turns }, place, file) => {
    const around = file.methodAround(turns[0]?.place ?? place);
    const name = around?.node.type === 'method_declaration' ? around.name : '';
    return names.stopName.test(name) ? `\`${name}\` stops things` : null;
  },
};

/** A setting that is reported is none that bounds. */
const takesLimitAway = (place: Node) =>
  place.type === 'string_literal' || /^set(PrefetchCount|ConsumerWindowSize)$/.test(calleeName(place));

const isPermit = (call: Node) => names.permitCall.test(calleeName(call)) && !givesThing(call);

/** `acquireInLoop(promise)` inside `acquireInLoop`: it tries again. */
const callsItself = (call: Node, file: JavaFile) => {
  const around = file.methodAround(call);
  return around !== null && file.methodMeant(call)?.node.id === around.node.id;
};

/** `if (permits != null) permits.acquire();`, where the file itself sets it to null: unless somebody asks for it, there is none. */
function isOptional(call: Node, file: JavaFile): boolean {
  const name = receiverText(call).replace(/^this\./, '');
  const asks = [...ancestorsOf(call)].find(({ type }) =>
    /^(if_statement|.*_declaration|lambda_expression)$/.test(type),
  );
  if (!/^\w+$/.test(name) || asks?.type !== 'if_statement' || asks.childForFieldName('alternative')) return false;
  return (
    new RegExp(`^(this\\.)?${name}!=null$`).test(conditionOf(asks)) &&
    new RegExp(`\\b${name}\\s*=\\s*(null;|[^;]*:\\s*null;)`).test(file.text)
  );
}

/** `ByteBuffer copy = pool.acquire(…)`: a buffer, not a permit. */
const givesThing = ({ parent }: Node) =>
  parent?.type === 'variable_declarator' &&
  /buffer|bytes|chunk|connection|client|channel|session/i.test(textIn(parent.parent, 'type'));

const boundedPools = new WeakMap<JavaFile, string | null>();

/** What makes a bounded queue in the file: asked for each call in it, and a text is long. */
function boundedPoolIn(file: JavaFile): string | null {
  const known = boundedPools.get(file);
  if (known !== undefined) return known;
  const made = /new ArrayBlockingQueue\b|new LinkedBlocking(Queue|Deque)<[^>]*>\([^)]|Bulkhead\b|setQueueCapacity\(/;
  const found = made.exec(file.text)?.[0].replace(/\(.*$/, '') ?? null;
  boundedPools.set(file, found);
  return found;
}

/** Calls above the place in the whole method, also in functions around it. */
const allBefore = ({ place }: Turn, file: JavaFile): Node[] =>
  (file.methodAround(place)?.node.descendantsOfType('method_invocation') ?? []).filter(
    ({ endIndex }) => endIndex <= place.startIndex,
  );

/** Calls behind the place in what is repeated, also in functions that are run there. */
const allAfter = ({ place, repeated }: Turn): Node[] =>
  repeated.descendantsOfType('method_invocation').filter(({ startIndex }) => startIndex > place.endIndex);

/** What the start runs: lambdas and methods of this file among its arguments, and what those lambdas call. */
const workOf = (place: Node, file: JavaFile): Node[] =>
  argumentsOf(place).flatMap((given) =>
    given.type === 'lambda_expression' ? [given, ...calledIn(given, file)] : (file.methodMeant(given)?.node ?? []),
  );

const calledIn = (lambda: Node, file: JavaFile): Node[] =>
  lambda.descendantsOfType('method_invocation').flatMap((call) => file.methodMeant(call)?.node ?? []);

/** `executor.submit(…).get()`: the calls on the result of the start. */
function* awaitedChain(place: Node): Generator<Node> {
  for (let call = place.parent; call?.type === 'method_invocation'; call = call.parent) yield call;
}

function isWait(call: Node): boolean {
  const name = calleeName(call);
  if (/^(invokeAll|awaitTermination|await|awaitQuiescence|waitFor)$/.test(name)) return true;
  const given = argumentsOf(call).length;
  // Texts are joined too, with what stands between them.
  if (name === 'join') return given === 0 || /thread|worker/i.test(receiverText(call));
  if (name !== 'get') return false;
  return given === 2 || (given === 0 && /future|result|submit|task|async|^f$/i.test(receiverText(call)));
}

/** Does the statement end the turn, or make it wait, when its condition holds? */
const holdsBack = (node: Node) => node.type === 'while_statement' || endsTurn(node) || pauses(node);

const pauses = (node: Node) =>
  running([node], 'method_invocation').some((call) =>
    /^(wait|await\w*|sleep|park\w*|join|pause)$/.test(calleeName(call)),
  );

/** Without its brackets and blanks. */
const conditionOf = (statement: Node) =>
  statement.childForFieldName('condition')?.text.replace(/\s+/g, '').slice(1, -1) ?? '';

/** `while (!memory.allocate(size)) lock.wait();` */
const waitsForRoom = (loop: Node) =>
  pauses(loop) && /alloc|reserve|room|full|exceed|memory|bytes/i.test(conditionOf(loop));

function guards(node: Node): boolean {
  const condition = conditionOf(node);
  // `do { … } while (!count.compareAndSet(old, next))` tries again what somebody else was faster with.
  if (node.type !== 'if_statement' && /^!.*compareAndSet/i.test(condition)) return false;
  // `size() > 0` asks whether there is anything, not how much.
  return names.countWords.test(condition) && !/^[\w.()]*\b(size|length|count)(\(\))?([!=]=|>)0$/.test(condition);
}

/** `while (isRunning())`, or a count of tries of its own: neither asks how much there is. */
function goesOn(loop: Node): boolean {
  const condition = conditionOf(loop);
  if (loop.type === 'if_statement') return false;
  const counter = /^(\w+)<=?[\w.]+$/.exec(condition)?.[1];
  return (
    names.endlessCondition.test(condition) ||
    (counter !== undefined && new RegExp(`\\b(int|long) ${counter}\\s*=`).test(loop.parent?.text ?? ''))
  );
}

/** `if (active >= most) queue.offer(request)`: what is over the limit comes here. */
const isOverflow = (statement: Node) =>
  /^[\w.]+(\(\))?>=?[\w.]*(max|limit|capacity|threshold|permits)\w*(\(\))?$/i.test(conditionOf(statement));

const inElse = (statement: Node, place: Node) => {
  const otherwise = statement.childForFieldName('alternative');
  return otherwise !== null && contains(otherwise, place);
};
