import type { Node } from 'web-tree-sitter';
import type { BoundKind, Growth } from '../../rule';
import { configuredSize, deadLetter } from '../../seeds';
import { ancestorsOf, contains, descendantsOf, lineOf, placeOf } from '../../syntax';
import { leaves } from '../../turn';
import { endOfClient, limitOf, trimmed } from './clients';
import { toldBy } from './drops';
import { calleeName, keyword, positional, receiverText, type PythonFile } from './file';
import { keptShort } from './collections/kept';
import { waitedFor } from './joined';
import { sharedWith } from './limiters';
import { lineLimit } from './queues/lines';
import * as names from './names';
import { isUnsetByDefault, sizeGuard } from './queues/sizes';
import { after, before, enclosing, endsTurn, running } from './turn';
import { isUnlimitedByDefault } from './consumers';
import { gaugeOf } from './seeds';
import { waitsForRoom } from './writes';
import { firstOf } from '../../words';

/** What is looked for in Python, as a reader would say it. */
export const boundsInWords: Partial<Record<BoundKind, string>> = {
  permit: 'a permit taken before the start (await semaphore.acquire(), a limiter)',
  'permit-in-task': 'a permit taken inside what is started (async with semaphore)',
  pool: 'a pool that lets in only so many (GreenPool, CapacityLimiter, aiojobs)',
  joined: 'waiting for it in the same turn (await, gather, a task group that closes)',
  counted: 'a count, size or already-running check around it, or pieces of a fixed size',
  'broker-credit': 'a limit on unfinished messages at the broker (basic_qos, set_qos, prefetch_count)',
  'leaves-loop': 'leaving the loop after it',
  'size-guard': 'a look at the length of the queue (qsize, full, join, len)',
  drain: 'waiting until the producer has room (poll, flush, await)',
  pause: 'waiting until a peer has room (drain, pause_writing)',
  'stop-code': 'code that only runs when something ends',
  told: 'a count, a log line or an answer where the item is dropped',
  shared: 'a use of the limiter by coroutines, callees or turns of a loop',
  limited: 'a limit on how much is read (count, limit, a greatest length)',
  'ends-with-client': 'an end when the client leaves (cancel, is_disconnected, a task group)',
  'dead-letter': 'a dead-letter exchange',
  configured: 'a size from the configuration',
  gauge: 'its length told as a figure',
};

const boundedPool = firstOf(names.boundedPools);
const creditSetting = firstOf(names.creditSettings);

type Finder = (growth: Growth, place: Node, file: PythonFile) => string | null;

/** Gate B for Python. */
export const finders: Partial<Record<BoundKind, Finder>> = {
  permit: ({ turns }, place) => {
    const call = running(turns.flatMap(before), 'call').find(
      (each) =>
        isPermit(each) && !contains(place, each) && (each.parent?.type !== 'argument_list' || isAwaitedLater(each)),
    );
    return call ? `a permit taken at ${placeOf(call)}` : null;
  },
  'permit-in-task': ({ turns }, place, file) => {
    const permit = startedFunctions(turns[0]?.place ?? place, file).flatMap(permitsIn)[0];
    return permit ? `a permit taken at ${placeOf(permit)}` : null;
  },
  pool: (_growth, place, file) => {
    const spawns = /pool|scheduler|limiter|executor/i.test(receiverText(place));
    const pool = spawns ? boundedPool(file.text) : null;
    return pool ? `\`${pool.replace('(', '')}\` lets in only so many` : null;
  },
  joined: ({ turns }, place) => waitedFor(turns, place),
  counted: ({ turns, unit }, place) => {
    if (unit === 'element') return piecewise(turns[0]?.place ?? place);
    const asking = ['if_statement', 'elif_clause', 'while_statement'];
    const around = turns.flatMap((turn) => asking.flatMap((type) => enclosing(turn, type)));
    const earlier = turns.flatMap(before).filter((node) => /^(if|while)_statement$/.test(node.type) && holdsBack(node));
    const check =
      around.find((node) => counts(node, names.alive)) ?? earlier.find((node) => counts(node, names.notAlive));
    return check ? `the check on line ${lineOf(check)}` : null;
  },
  'broker-credit': ({ unit, source, settledEarly, doubt }, _place, file) => {
    const setting = creditSetting(file.text);
    if (
      // What the program sends is not held back by it.
      /^_*(async_)?(publish|send|emit|notify|broadcast)/.test(source) ||
      (unit !== 'message' && (doubt === undefined || !/broker/i.test(file.text))) ||
      setting === null ||
      settledEarly !== null ||
      (doubt !== undefined && isUnlimitedByDefault(file))
    )
      return null;
    return `the broker's limit on unfinished messages (\`${setting}\`)`;
  },
  'leaves-loop': ({ turns }) => {
    const loops = turns.filter(({ repeated }) => repeated.type.endsWith('_statement'));
    const exit = loops
      .flatMap((turn) => after(turn).filter((node) => leaves(node, turn.repeated)))
      .find(({ type }) => type === 'break_statement' || type === 'return_statement');
    return exit ? `it leaves the loop on line ${lineOf(exit)}` : null;
  },
  'size-guard': ({ unit }, place, file) =>
    place.type !== 'expression_statement'
      ? sizeGuard(place, file)
      : unit === 'call'
        ? lineLimit(place, file)
        : keptShort(place, file),
  drain: (_growth, _place, file) => {
    const sign = /\.(poll|flush|purge)\(/.exec(file.text)?.[0];
    return sign === undefined ? null : `\`${sign.slice(1, -1)}\` gives the producer time`;
  },
  pause: (_growth, _place, file) => waitsForRoom(file.text),
  'stop-code': (_growth, place, file) => {
    const name = file.functionAround(place)?.name ?? '';
    return names.stopName.test(name) ? `\`${name}\` stops things` : null;
  },
  told: (_growth, place) => toldBy(place),
  shared: (_growth, place, file) => sharedWith(place, file),
  limited: (_growth, place, file) => limitOf(place, file) ?? trimmed(place, file),
  'ends-with-client': (_growth, _place, file) => endOfClient(file),
  'dead-letter': (_growth, _place, file) => deadLetter(file.text),
  configured: (growth) => configuredSize(growth),
  gauge: (growth, _place, file) => gaugeOf(growth, file),
};

/** `taken = create_task(slots.acquire())`, of which `wait` tells whether it came. */
const isAwaitedLater = (call: Node) =>
  /^(create_task|ensure_future|wait_for|shield)$/.test(calleeName(call.parent?.parent ?? call));

const isPermit = (call: Node) =>
  names.permitCall.test(calleeName(call)) ||
  (/^(wait|get|take|__aenter__)$/.test(calleeName(call)) && names.limitObject.test(receiverText(call)));

/** `async with self._slots:`, `semaphore.acquire()` in a function. */
const permitsIn = (definition: Node): Node[] => [
  ...definition
    .descendantsOfType('with_item')
    .filter((item) => names.limitObject.test(/^[^(]*/.exec(item.text)?.[0] ?? '')),
  ...definition.descendantsOfType('call').filter(isPermit),
];

/** The functions of this file that the started expression calls: `work` of `create_task(self.work(m))`. */
function startedFunctions(place: Node, file: PythonFile): Node[] {
  const called = place.descendantsOfType('call').map((call) => call.childForFieldName('function'));
  return [...called, ...positional(place), keyword(place, 'target')].flatMap((each) => {
    const inside = nested(each, place, file);
    return inside.length > 0 ? inside : (file.functionMeant(each)?.node ?? []);
  });
}

/** A function that is defined inside the one around the place. */
function nested(name: Node | null, place: Node, file: PythonFile): Node[] {
  const scope = file.functionAround(place)?.node;
  return (scope ? descendantsOf(scope, 'function_definition') : []).filter(
    (each) => each.childForFieldName('name')?.text === name?.text,
  );
}

/** Does the condition of the statement look at a count or a size, rather than at whether somebody has stopped all? */
function counts(node: Node, goesOn: RegExp): boolean {
  const condition = countingIn(node);
  const vain = node.childForFieldName('condition')?.descendantsOfType('comparison_operator').some(isUnsetByDefault);
  return vain !== true && names.countWords.test(condition) && !goesOn.test(condition) && !names.stopped.test(condition);
}

/** The condition without what looks at one item: its length, or whether there is any. */
function countingIn(node: Node): string {
  const text = node.childForFieldName('condition')?.text.replace(/#.*$/gm, '').replace(emptiness, '') ?? '';
  if (!text.includes('len(')) return text;
  const around = [...ancestorsOf(node)].find(({ type }) => type === 'function_definition')?.text ?? '';
  return text.replace(/\blen\((\w+)\) *[<>=!]+ *(self\.)?\w+/g, (whole, name: string) =>
    new RegExp(`\\b${name}\\.(append|extend|add|insert|put)|\\b${name} \\+?= *\\[|\\b${name}\\[.* = `).test(around)
      ? whole
      : '',
  );
}

/** `not len(found)`: is there anything? */
const emptiness = /not len\([^()]*\)|len\([^()]*\) *(==|<=?|>|!=) *[01]\b/g;

/** Does the statement end the turn, or make it wait, when its condition holds? */
const holdsBack = (node: Node) =>
  endsTurn(node) ||
  running([node], 'await').length > 0 ||
  running([node], 'call').some((call) => /^(sleep|wait|join|result|acquire|_?flush\w*)$/.test(calleeName(call)));

/** `for page in pages:` around it, `for i in range(0, len(rows), n):` */
function piecewise(started: Node): string | null {
  for (let outer = started.parent; outer && outer.type !== 'function_definition'; outer = outer.parent) {
    const over = outer.type === 'for_statement' ? outer.childForFieldName('right')?.text : undefined;
    if (over && /\brange\(.*,.*,|batch|chunk|page|islice|grouper/i.test(over))
      return `pieces of a fixed size (\`${over.slice(0, 60)}\`)`;
  }
  return null;
}
