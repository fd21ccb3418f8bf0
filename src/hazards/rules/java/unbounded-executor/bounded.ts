import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, isPrivate, receiverText } from '../../../languages/java/file';
import { madeType } from '../../../languages/java/held';
import type { Growth } from '../../../rule';
import { ancestorsOf, textIn } from '../../../syntax';
import { atOnce } from '../../atOnce';
import { callsOnHeld, continued, fits, lineLike } from '../fixing';
import { withImports } from '../imports';

const waiting = 1000;
/** Whoever chose threads without an end has tasks that mostly wait. */
const fewest = 64;
const whenFull = 'new ThreadPoolExecutor.CallerRunsPolicy()';
const id = 'java/unbounded-executor/bounded';
const titleOf = (what: string) => `${what}; when they do, whoever hands over runs it (CallerRunsPolicy)`;

/** A queue with a capacity or an end of the threads, and a rule for when it is full. A single thread keeps an order that this would break. */
export function bounded(made: Node, growth: Growth, text: string): Fix | null {
  const name = calleeName(made);
  if (growth.flaw === 'left-running' || isLent(made, growth, text)) return null;
  if (name === 'ThreadPoolExecutor') return boundedQueue(made, text);
  // A factory of the program has parameters of its own.
  if (!/^(java\.util\.concurrent\.)?Executors$/.test(receiverText(made))) return null;
  if (name === 'newFixedThreadPool') return fixed(made, text);
  return name === 'newCachedThreadPool' && !mayNotRunHere(made, text) ? cached(made, growth, text) : null;
}

/** Others hand it their tasks, and this file does not show whether those may run in the thread of whoever does. */
function isLent(made: Node, { unit, flaw, turns: [turn] }: Growth, text: string): boolean {
  if (flaw !== undefined) return false;
  const isHanded = /^(execute|submit|runAsync|supplyAsync)/.test(turn ? calleeName(turn.place) : '');
  if (unit === 'call' && !isHanded) return true;
  const around = [...ancestorsOf(made)];
  const method = around.find(({ type }) => type === 'method_declaration');
  const name = textIn(made.parent, 'name') || textIn(made.parent, 'left').replace('this.', '');
  const isReturned = around.slice(0, 3).some(({ type }) => type === 'return_statement');
  if (method && isPrivate(method)) return false;
  return isReturned || (name !== '' && new RegExp(`return (this\\.)?${name};`).test(text));
}

/** Does a task go on without an end, wait for what others do, or does somebody wait for it no longer than so long? */
const mayNotRunHere = (made: Node, text: string) =>
  /\.get\([^;]*\b(TimeUnit|(MILLI)?SECONDS)\b/.test(text) ||
  (callsOnHeld(made, /^(execute|submit)$/) ?? []).some((call) =>
    /\bwhile\b|\b(take|poll|await\w*|acquire\w*|wait|join)\(/.test(call.childForFieldName('arguments')?.text ?? ''),
  );

function fixed(made: Node, text: string): Fix | null {
  const [size, ...factory] = argumentsOf(made);
  const most = size?.text ?? '1';
  if (most === '1' || !/^(\d+|[\w.]+|Runtime\.getRuntime\(\)\.availableProcessors\(\))$/.test(most)) return null;
  const queue = `new ArrayBlockingQueue<>(${waiting})`;
  const title = titleOf(`Let ${waiting} tasks wait`);
  return replaced(made, text, title, 'ArrayBlockingQueue', [most, most, '0', 'TimeUnit.SECONDS', queue], factory);
}

/** As `newCachedThreadPool` makes it, but for the end: no task waits for one that waits for it. */
function cached(made: Node, growth: Growth, text: string): Fix | null {
  const most = Math.max(fewest, atOnce(growth));
  const parts = ['0', String(most), '60', 'TimeUnit.SECONDS', 'new SynchronousQueue<>()'];
  return replaced(made, text, titleOf(`Let ${most} tasks run at once`), 'SynchronousQueue', parts, argumentsOf(made));
}

function replaced(
  made: Node,
  text: string,
  title: string,
  queue: string,
  parts: string[],
  factory: Node[],
): Fix | null {
  const place = made.parent?.type === 'cast_expression' ? made.parent : made;
  const line = continued(place, text);
  const inLine = `new ThreadPoolExecutor(${[...parts, ...factory.map((each) => each.text), whenFull].join(', ')})`;
  const moved = factory.map((each) => each.text.replaceAll(lineLike(each, text), line));
  const onLines = `new ThreadPoolExecutor(${[...parts, ...moved, whenFull].map((each) => line + each).join(',')})`;
  const change = { start: place.startIndex, end: place.endIndex, text: inLine };
  const edits = [fits(change, text) ? change : { ...change, text: onLines }];
  const classes = [queue, 'ThreadPoolExecutor', 'TimeUnit'].map((each) => `java.util.concurrent.${each}`);
  const all = withImports(text, edits, ...classes);
  return all && { id, title, edits: all };
}

/** `new LinkedBlockingQueue<>(1000)` in the construction of the pool, and a rule where it has none. */
function boundedQueue(made: Node, text: string): Fix | null {
  const given = argumentsOf(made);
  const queue = given[4];
  const list = queue?.childForFieldName('arguments');
  const last = given.at(-1);
  if (!queue || !last || !list || madeType(queue) !== 'LinkedBlockingQueue') return null;
  const isFactory = given.length === 6 && /Factory/i.test(last.text);
  const told = given.length === 7 || (given.length === 6 && !isFactory && /Policy|[hH]andler/.test(last.text));
  if (given.length === 6 && !told && !isFactory) return null;
  // It would begin to throw away what it keeps.
  if (told && last.text.includes('Discard')) return null;
  // The rule is set elsewhere, and may be another.
  if (!told && (given[1]?.text === '1' || text.includes('setRejectedExecutionHandler('))) return null;
  const capacity = { start: list.startIndex, end: list.endIndex, text: `(${waiting})` };
  if (told) return { id, title: `Let ${waiting} tasks wait (LinkedBlockingQueue with a capacity)`, edits: [capacity] };
  const rule = { start: last.endIndex, end: last.endIndex, text: `, ${whenFull}` };
  const line = last.startPosition.row > made.startPosition.row ? lineLike(last, text) : continued(made, text);
  const isAlone = text.slice(0, last.startIndex).endsWith(lineLike(last, text));
  const edits = [capacity, fits(rule, text) && !isAlone ? rule : { ...rule, text: `,${line}${whenFull}` }];
  return { id, title: titleOf(`Let ${waiting} tasks wait`), edits };
}
