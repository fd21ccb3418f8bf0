import type { Node } from 'web-tree-sitter';
import type { Edit } from '../../../fixes/edits';
import { argumentsOf, calleeName, canAwait, positional, type PythonFile } from '../../../languages/py/file';
import { isToken } from '../../../languages/py/queues/between';
import { callsOn, callsOnAttribute } from '../../../languages/py/queues/held';
import { ancestorsOf, contains, textIn } from '../../../syntax';

const asynchronous = /^(asyncio|tornado|curio)\./;
const ofThreads = /^(queue|Queue|multiprocessing)\./;

/**
 * How what fills the queue waits when it is full.
 * @returns how many items the file puts into it, and what makes each put wait; null: one cannot, or would for ever
 */
export function waitingPuts(name: string, place: Node, file: PythonFile): { count: number; edits: Edit[] } | null {
  const own = callsOn(name, place, file, /^put(_nowait)?$/);
  const all = [...own, ...callsOnAttribute(name.replace('self.', ''), file, /^put$/)];
  const kind = file.fullName(place.childForFieldName('function'));
  const edits = own.map((put) => (calleeName(put) === 'put' || isHandled(put) ? [] : waitEdits(put, kind, file)));
  const wait = all.every(
    (put) => calleeName(put) !== 'put' || isAwaited(put) || !(asynchronous.test(kind) || canAwait(put)),
  );
  if (!wait || edits.includes(null) || raisesElsewhere(name, own, file) || waitsForItself(name, own, place, file))
    return null;
  return {
    count: all.filter((put) => !isToken(positional(put).at(-1))).length,
    edits: edits.flatMap((each) => each ?? []),
  };
}

/** Somebody says what happens when the queue is full. */
const isHandled = (put: Node) =>
  [...ancestorsOf(put)].some((each) => each.type === 'try_statement' && /\bexcept\b.*Full\b/.test(each.text));

const isAwaited = (put: Node) =>
  [...ancestorsOf(put)].some(({ type }) => /^(await|yield|return_statement)$/.test(type));

/** `await jobs.put(job)` of `jobs.put_nowait(job)`, in a thread without the `await`; null: it is a callback, which cannot wait. */
function waitEdits(put: Node, kind: string, file: PythonFile): Edit[] | null {
  const method = put.childForFieldName('function')?.childForFieldName('attribute');
  const awaits = asynchronous.test(kind);
  const ready = awaits
    ? canAwait(put)
    : ofThreads.test(kind) && !canAwait(put) && !file.importsAny(/^(asyncio|tornado|twisted)\b/);
  if (!method || !ready || put.parent?.type !== 'expression_statement') return null;
  const waits = awaits ? [{ start: put.startIndex, end: put.startIndex, text: 'await ' }] : [];
  return [...waits, { start: method.startIndex, end: method.endIndex, text: 'put' }];
}

/** A `put_nowait` on the queue of another object, handed on, or by the name that whoever is given the queue knows it by. */
function raisesElsewhere(name: string, own: readonly Node[], { root, text }: PythonFile): boolean {
  const last = name.replace('self.', '');
  const given = new RegExp(`[(,=]\\s*${name}\\s*[,)]`).test(text);
  const raising = new RegExp(`${given ? '' : `\\b${last}(\\[[^\\]]*\\])?`}\\.put_nowait\\b`, 'g');
  return [...text.matchAll(raising)].some(({ index }) => {
    const at = root.descendantForIndex(index);
    return at !== null && !own.some((put) => contains(put, at));
  });
}

/**
 * Whoever takes puts too, or takes nothing while somebody puts: it is started later, only looks whether something is
 * there, or needs what the put holds. A logger that waits stops whatever logs.
 */
function waitsForItself(name: string, puts: readonly Node[], place: Node, file: PythonFile): boolean {
  const takes = callsOn(name, place, file, /^get(_nowait)?$/);
  const takers = new Set(takes.map((each) => file.functionAround(each)?.node.id));
  const held = new Set(takes.flatMap(locksOf));
  return (
    // Which has one thread.
    file.importsAny(/^asyncore$/) ||
    (takes.length > 0 && takes.every(onlyLooks)) ||
    puts.some((put) => {
      const around = file.functionAround(put);
      return (
        takers.has(around?.node.id) ||
        /^(__init__|emit)$/.test(around?.name ?? '') ||
        locksOf(put).some((lock) => held.has(lock)) ||
        isBeforeStart(put, around?.node)
      );
    })
  );
}

/** `get_nowait()`, `get(False)`, `while not jobs.empty(): jobs.get()` */
const onlyLooks = (take: Node) =>
  calleeName(take) === 'get_nowait' ||
  /^(block=)?False$/.test(argumentsOf(take)[0]?.text ?? '') ||
  [...ancestorsOf(take)].some(
    (each) => each.type === 'while_statement' && textIn(each, 'condition').includes('.empty()'),
  );

const locksOf = (node: Node) =>
  [...ancestorsOf(node)]
    .filter(({ type }) => type === 'with_statement')
    .flatMap(({ children }) => children.find(({ type }) => type === 'with_clause')?.text ?? []);

/** A loop that fills it, behind which the function starts tasks or threads. */
function isBeforeStart(put: Node, around: Node | undefined): boolean {
  const loop = [...ancestorsOf(put)].find(({ type }) => /^(for|while)_statement$/.test(type));
  const behind = around && loop && contains(around, loop) ? around.text.slice(loop.endIndex - around.startIndex) : '';
  return /\b(create_task|ensure_future|Thread|Process|start)\(/.test(behind);
}
