import type { Node } from 'web-tree-sitter';
import type { BoundKind, Growth } from '../../rule';
import { configuredSize, deadLetter } from '../../seeds';
import { ancestorsOf, contains, descendantsOf, lineOf, oneLine, partsOf, placeOf, textIn } from '../../syntax';
import { endOfClient, limitOf, trimmed } from './clients';
import { creditIn } from './credit';
import { piecewise } from './starts/fanout';
import { argumentsOf, arrayOf, calleeName, escaped, isFunction, receiverOf, type SourceFile } from './file';
import { sizeGuard } from './collections/kept';
import { putsUnderKey } from './collections/onlyGrows';
import { isPush, keptShort } from './lengths';
import { sharedWith } from './limiters';
import { permitCall, poolCall, poolObject, stopName } from './names';
import { lookedAt, tellsWhenDone } from './writes/writes';

/** What is looked for in TypeScript and JavaScript, as a reader would say it. */
export const boundsInWords: Partial<Record<BoundKind, string>> = {
  permit: 'an awaited permit before it (acquire, onSizeLessThan, limiter)',
  'permit-in-task': 'a permit taken inside the function that is called',
  pool: 'a pool or limiter around it (p-limit, p-queue, Bottleneck)',
  joined: 'waiting for it in the same turn (await, Promise.all)',
  counted: 'a count, size or already-running check around it',
  'broker-credit': 'a limit on unfinished messages at the broker (channel.prefetch)',
  pause: 'a source that is paused meanwhile (pause and resume)',
  drain: 'waiting until the sink has room (drain, pipeline, waitForConfirms, bufferedAmount)',
  'answer-read': 'somebody who is told when it is written (a callback)',
  'size-guard': 'a look at the length of the array before or after',
  'stop-code': 'code that only runs when something ends',
  shared: 'a use of the limiter by callbacks, callees or turns of a loop',
  limited: 'a limit on how much is read (COUNT, take, limit)',
  'ends-with-client': 'an end when the client leaves (a close listener, a signal, destroyed)',
  'dead-letter': 'a dead-letter exchange',
  configured: 'a size from the configuration',
};

/** Words of a function that may hold its source. */
const held = /pause|stop|destroy/;

type Finder = (growth: Growth, place: Node, file: SourceFile) => string | null;

/** Gate B for TypeScript and JavaScript. */
export const finders: Partial<Record<BoundKind, Finder>> = {
  permit: ({ turns }, place) => {
    const call = turns
      // Its text tells in a tenth of the time that there is none.
      .flatMap(({ repeated }) => (repeated.text.includes('await') ? descendantsOf(repeated, 'await_expression') : []))
      .flatMap(partsOf)
      .find((each) => each.type === 'call_expression' && !contains(place, each) && permitCall.test(calleeName(each)));
    return call ? `a permit awaited at ${placeOf(call)}` : null;
  },
  'permit-in-task': (_growth, place, file) => {
    const [call] = place.descendantsOfType('call_expression');
    const task = call ? file.functionMeant(call.childForFieldName('function')) : null;
    const permit = task
      ?.descendantsOfType('call_expression')
      .find((each) => permitCall.test(calleeName(each)) && !contains(place, each));
    if (permit) return `a permit taken at ${placeOf(permit)}`;
    // `if (this.sending) return;` at the beginning of what is called.
    const [first] = partsOf(task?.childForFieldName('body') ?? place);
    const busy = task && first?.type === 'if_statement' && underWay.test(textIn(first, 'condition'));
    return busy && /\breturn\b/.test(textIn(first, 'consequence')) ? `the check on line ${lineOf(first)}` : null;
  },
  pool: ({ turns }, place) => {
    const inside = isFunction(place) ? place.descendantsOfType('call_expression') : [];
    const outermost = turns.at(-1)?.repeated;
    const around = [...ancestorsOf(place), ...place.descendantsOfType('call_expression'), ...inside].find(
      (each) => each.type === 'call_expression' && isPool(each) && (!outermost || contains(outermost, each)),
    );
    return around ? `\`${oneLine(around.childForFieldName('function') ?? around)}\` on line ${lineOf(around)}` : null;
  },
  joined: ({ turns }, place) => {
    const later = turns
      .flatMap(({ repeated }) => descendantsOf(repeated, 'await_expression'))
      .find((each) => each.startIndex > place.endIndex && /Promise\.(all|race|any)|onIdle|once\(/.test(each.text));
    return later ? `the turn waits at ${placeOf(later)}` : null;
  },
  counted: ({ turns, unit }, place) => {
    // What waits in an array that is handed over, or is kept, is counted by its length only.
    if (unit === 'call' && (isPush(place) || putsUnderKey(place))) return null;
    if (unit === 'element') return piecewise(place);
    const check = turns
      .flatMap((turn) =>
        descendantsOf(turn.repeated, 'if_statement').map((each) => ({
          each,
          // What a timer starts may stand below it.
          at: unit === 'period' ? turn.place : place,
          turn,
        })),
      )
      .find(
        ({ each, at, turn }) =>
          each.startIndex < at.endIndex &&
          (isGuard(each, at) || (unit === 'period' && (keepsOut(each, turn.repeated) || comparesWithMost(each)))),
      )?.each;
    return check ? `the check on line ${lineOf(check)}` : null;
  },
  'broker-credit': ({ unit, settledEarly, turns }, place, file) => {
    if (unit === 'message' && holdsUnacknowledged(turns[0]?.repeated.text ?? '', file))
      return 'the flow control of `@google-cloud/pubsub` (1000 unacknowledged messages unless set)';
    const credit = unit === 'message' && settledEarly === null ? creditIn(file) : null;
    const unset = credit?.unlessSet != null && calleeName(place) === 'consume';
    return credit === null || unset ? null : `the broker's limit on unfinished messages (\`${credit.setting}\`)`;
  },
  pause: ({ turns, source }) => {
    const call = turns
      .flatMap(({ repeated }) => (held.test(repeated.text) ? descendantsOf(repeated, 'call_expression') : []))
      // What stops itself holds no source, unless it listens to itself.
      .find(
        (each) =>
          /^(pause|stop|destroy)$/.test(calleeName(each)) &&
          (receiverOf(each)?.text !== 'this' || /^this\.(on|addListener)\(/.test(source)),
      );
    return call ? `the source is held at ${placeOf(call)}` : null;
  },
  drain: (_growth, place, file) => lookedAt(place, file),
  'answer-read': (_growth, place) => tellsWhenDone(place),
  'size-guard': ({ unit }, place, file) => {
    if (unit === 'call') return keptShort(place, file);
    const kept = sizeGuard(place, file);
    const array = arrayOf(place);
    if (kept !== null || array === '') return kept;
    const guard = new RegExp(
      `${escaped(array)}\\.length\\s*(>=?|<=?|===?|-)\\s*(?![01]\\b|[=\\s])|${escaped(array)}\\.(length\\s*=(?!=)|splice\\()`,
    ).exec(file.text)?.[0];
    return guard === undefined ? null : `\`${guard}\` in the file`;
  },
  'stop-code': (_growth, place, file) => {
    const around = file.functionAround(place);
    const name = around ? file.nameOf(around) : '';
    return stopName.test(name) ? `\`${name}\` stops things` : null;
  },
  shared: (_growth, place, file) => sharedWith(place, file),
  limited: (_growth, place, file) => limitOf(place) ?? trimmed(place, file),
  'ends-with-client': (_growth, place) => endOfClient(place),
  'dead-letter': (_growth, _place, file) => deadLetter(file.text),
  configured: (growth) => configuredSize(growth),
};

/** Google's client hands out no more than 1000 messages that nobody acknowledged (its `maxMessages`). */
const holdsUnacknowledged = (handler: string, file: SourceFile) =>
  file.importsAny(/^@google-cloud\/pubsub$/) && /\bawait\b[^]*\.ack(WithResponse)?\(\)/.test(handler);

function isPool(call: Node): boolean {
  const receiver = receiverOf(call);
  const name = calleeName(call);
  if (receiver === null) return /limit|throttl|schedul|enqueue|withLock/i.test(name) && takesWork(call);
  return poolCall.test(name) && poolObject.test(receiver.text);
}

/** Is it handed something to run, rather than a text or a number? */
const takesWork = (call: Node): boolean =>
  argumentsOf(call).some((given) => isFunction(given) || /^(identifier|(member|call)_expression)$/.test(given.type));

/** `if (this.saving) return; this.saving = true;`: a flag, whatever it is called, that its own function sets. */
function keepsOut(check: Node, repeated: Node): boolean {
  const condition = check.childForFieldName('condition')?.text.slice(1, -1) ?? '';
  const leaves = /\breturn\b/.test(textIn(check, 'consequence'));
  return condition.split('||').some((part) => {
    const flag = /^\s*([\w$#.]+)(?: (?:===? true|!==? (?:null|undefined|false)))?\s*$/.exec(part)?.[1];
    if (flag === undefined || !leaves) return false;
    const own = escaped(flag);
    const set = new RegExp(`(?<![\\w$.])${own} = (?!false|null|undefined|0\\b|''|"")`);
    return set.test(repeated.text) && !new RegExp(`\\b(const|let|var) ${own}\\b`).test(repeated.text);
  });
}

/** `if (this.workers < this.maxWorkers) {` */
const comparesWithMost = (check: Node): boolean =>
  /[<>]=? [\w$.]*max(?!\w*(retr|attempt))/i.test(textIn(check, 'condition'));

/** Words of a check that something is under way, or how much of it. */
const underWay =
  /active|running|busy|pending|in_?flight|inProgress|processing|locked|polling|refreshing|loading|syncing|connecting|sending|flushing|saving|checking|updating/i;
const tally = /(?<!\.)\b\w*(size|count)\w*(?!\()|\.(size|\w*[cC]ount\w*)\b/i;

/** The length of a text or a message counts nothing that runs. */
const lengths = /([\w$]*)(?:\[[^\]]*\]|\([^)]*\))?[?!]?\.length\b/g;
const countsWork =
  /queue|job|task|work|buffer|backlog|wait|outstanding|request|promise|execut|pool|slot|batch|limit|call/i;

/** `if (running >= max) return`, `if (busy) return`, or a check around the place. */
function isGuard(check: Node, place: Node): boolean {
  const condition = textIn(check, 'condition');
  const then = check.childForFieldName('consequence');
  const counts =
    underWay.test(condition) ||
    tally.test(condition) ||
    [...condition.matchAll(lengths)].some(([, name = '']) => countsWork.test(name));
  if (!counts || !then) return false;
  const around = contains(then, place);
  return around || /\b(return|continue|break|await)\b/.test(then.text);
}
