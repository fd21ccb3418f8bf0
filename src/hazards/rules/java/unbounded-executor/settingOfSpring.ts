import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, statementIn, type Fix } from '../../../fixes/edits';
import { callsOnHeld, madeType } from '../fixing';
import { withImports } from '../imports';
import type { Growth } from '../../../rule';

const waiting = 1000;
const threads = 16;

/** A capacity of the queue and a rule for when it is full, or a limit of the threads, where the executor is made. */
export function settingOfSpring(made: Node, _growth: Growth, text: string): Fix | null {
  const declared = statementIn(made, ['block']);
  const name = made.parent?.type === 'variable_declarator' ? made.parent.childForFieldName('name')?.text : undefined;
  if (declared?.type !== 'local_variable_declaration' || name === undefined) return null;
  const isPool = madeType(made) === 'ThreadPoolTaskExecutor';
  if (!isPool && madeType(made) !== 'SimpleAsyncTaskExecutor') return null;
  const calls = isPool ? poolCalls(made) : [`setConcurrencyLimit(${threads})`];
  const before = newlineOf(text) + indentOf(declared, text);
  const lines = calls.map((call) => `${before}${name}.${call};`).join('');
  const title = isPool
    ? `Let ${waiting} tasks wait (setQueueCapacity); when they do, whoever hands over runs it`
    : `Let at most ${threads} run at once; whoever hands over waits (setConcurrencyLimit)`;
  const told = { start: declared.endIndex, end: declared.endIndex, text: lines };
  const edits = withImports(text, [told], ...(isPool ? ['java.util.concurrent.ThreadPoolExecutor'] : []));
  return edits && { id: 'java/unbounded-executor/setting-of-spring', title, edits };
}

function poolCalls(made: Node): string[] {
  const rule = 'setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy())';
  const isTold = (callsOnHeld(made, /^setRejectedExecutionHandler$/) ?? []).length > 0;
  return [`setQueueCapacity(${waiting})`, ...(isTold ? [] : [rule])];
}
