import type { Growth, Rule } from '../../../rule';
import { semaphore } from './semaphore';

const settledText = ({ settledEarly }: Growth) =>
  settledEarly === null ? '' : ` The broker is told that it is done first (${settledEarly}), so it never holds back.`;

/** A task or thread for each message, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  id: 'py/unbounded-spawn',
  title: 'A task for each message, without a limit',
  help: 'Tasks start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (await semaphore.acquire(), and release it when the task is done), or let a fixed number of workers read an asyncio.Queue that has a maxsize.',
  words: /\b(create_task|ensure_future|start_soon|run_coroutine_threadsafe|spawn|spawn_n|Thread|Process)\(/,
  query: `
    (call function: (attribute attribute: (identifier) @name
      (#any-of? @name "create_task" "ensure_future" "start_soon" "run_coroutine_threadsafe" "spawn" "spawn_n" "Thread" "Process"))) @place
    (call function: (identifier) @name
      (#any-of? @name "create_task" "ensure_future" "spawn" "spawn_n" "Thread" "Process")) @place`,
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
