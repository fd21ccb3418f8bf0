import type { Rule } from '../../../rule';
import { taskPerItem } from '../../taskPerItem';
import { semaphore } from './semaphore';
import { ownAnswers } from '../../sentences';

const shared = taskPerItem('task', 'tasks and memory');

/** A task or thread for each message, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  ...shared,
  // In a limited scheduler those that do not run yet wait, as many as come.
  bounds: shared.bounds.filter((kind) => kind !== 'pool'),
  id: 'csharp/unbounded-spawn',
  title: 'A task for each message, without a limit',
  help: `Tasks start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (await SemaphoreSlim.WaitAsync(), released when the task is done), await the work in the loop, or let Parallel.ForEachAsync with MaxDegreeOfParallelism read the source. ${ownAnswers}`,
  words:
    /\b(Task\.Run|StartNew|QueueUserWorkItem|new Thread)\b|(?<![\w.])_\s*=\s*[\w.]+\(|\+=\s*async\b|\basync void\b|^\s*\w+Async\(/m,
  query: `
    (invocation_expression) @place
    (assignment_expression right: (lambda_expression (modifier)) @place)`,
  fixes: [semaphore],
};
