import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName } from '../../../languages/java/file';
import { madeType } from '../../../languages/java/held';
import type { Growth } from '../../../rule';
import { withImports } from '../imports';

const threads = '8';
const waiting = 1000;
const whenFull = 'new ThreadPoolExecutor.CallerRunsPolicy()';
const id = 'java/unbounded-executor/bounded';
const title = `Let ${waiting} tasks wait; when they do, whoever hands over runs it (CallerRunsPolicy)`;

/** A queue with a capacity, and a rule for when it is full. A single thread keeps an order that this would break. */
export function bounded(made: Node, { flaw }: Growth, text: string): Fix | null {
  const name = calleeName(made);
  if (flaw === 'left-running') return null;
  if (name === 'ThreadPoolExecutor') return boundedQueue(made, text);
  if (!/^new(Fixed|Cached)ThreadPool$/.test(name)) return null;
  const given = argumentsOf(made);
  const size = name === 'newFixedThreadPool' ? given.shift() : null;
  const most = size?.text ?? threads;
  if (
    size === undefined ||
    most === '1' ||
    !/^(\d+|[\w.]+|Runtime\.getRuntime\(\)\.availableProcessors\(\))$/.test(most)
  )
    return null;
  const parts = [most, most, '0', 'TimeUnit.SECONDS', `new ArrayBlockingQueue<>(${waiting})`];
  const all = [...parts, ...given.map((each) => each.text), whenFull].join(', ');
  const construction = { start: made.startIndex, end: made.endIndex, text: `new ThreadPoolExecutor(${all})` };
  const classes = ['ArrayBlockingQueue', 'ThreadPoolExecutor', 'TimeUnit'];
  const edits = withImports(text, [construction], ...classes.map((each) => `java.util.concurrent.${each}`));
  return edits && { id, title, edits };
}

/** `new LinkedBlockingQueue<>(1000)` in the construction of the pool, and a rule where it has none. */
function boundedQueue(made: Node, text: string): Fix | null {
  const given = argumentsOf(made);
  const queue = given[4];
  const list = queue?.childForFieldName('arguments');
  const last = given.at(-1);
  if (!queue || !last || !list || madeType(queue) !== 'LinkedBlockingQueue') return null;
  const told = given.length === 7 || (given.length === 6 && /Policy|[hH]andler/.test(last.text));
  if (given.length === 6 && !told && !/Factory/i.test(last.text)) return null;
  // The rule is set elsewhere, and may be another.
  if (!told && (given[1]?.text === '1' || text.includes('setRejectedExecutionHandler('))) return null;
  const capacity = { start: list.startIndex, end: list.endIndex, text: `(${waiting})` };
  const rule = { start: last.endIndex, end: last.endIndex, text: `, ${whenFull}` };
  if (told) return { id, title: `Let ${waiting} tasks wait (LinkedBlockingQueue with a capacity)`, edits: [capacity] };
  // The queue may be the last argument itself.
  const edits = last.id === queue.id ? [{ ...capacity, text: `(${waiting}), ${whenFull}` }] : [capacity, rule];
  return { id, title, edits };
}
