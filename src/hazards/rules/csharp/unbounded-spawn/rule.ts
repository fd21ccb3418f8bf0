import type { Growth, Rule } from '../../../rule';
import { semaphore } from './semaphore';

const settledText = ({ settledEarly }: Growth) =>
  settledEarly === null ? '' : ` The broker is told that it is done first (${settledEarly}), so it never holds back.`;

/** A task or thread for each message, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  id: 'csharp/unbounded-spawn',
  title: 'A task for each message, without a limit',
  help: 'Tasks start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (await SemaphoreSlim.WaitAsync(), released when the task is done), await the work in the loop, or let Parallel.ForEachAsync with MaxDegreeOfParallelism read the source.',
  words:
    /\b(Task\.Run|StartNew|QueueUserWorkItem|new Thread)\b|(?<![\w.])_\s*=\s*[\w.]+\(|\+=\s*async\b|\basync void\b|^\s*\w+Async\(/m,
  query: `
    (invocation_expression) @place
    (assignment_expression right: (lambda_expression (modifier)) @place)`,
  growth: 'task',
  bounds: ['permit', 'permit-in-task', 'pool', 'joined', 'counted', 'broker-credit', 'leaves-loop', 'stop-code'],
  severityOf: ({ unit, settledEarly }) => {
    if (unit === 'connection' || unit === 'request') return 'low';
    if (unit === 'value') return 'medium';
    return settledEarly === null ? 'high' : 'critical';
  },
  diagnosticFrom: 'high',
  messageOf: (growth) =>
    `Each ${growth.unit} from \`${growth.source}\` starts a task and nothing waits for one to end: when they arrive faster than the work is done, tasks and memory grow without end.${settledText(growth)}`,
  lensOf: ({ unit }) => `unbounded: one task per ${unit}`,
  fixes: [semaphore],
};
