import type { Rule } from '../../../rule';
import { allOf, anyOf } from '../../../words';
import { semaphore } from './semaphore';
import { doubtText } from '../../sentences';

/** A pool that is handed a task for each message: its threads have an end, its queue has none. */
export const unboundedExecutor: Rule = {
  id: 'py/unbounded-executor',
  title: 'A pool that takes every message into its queue',
  help: 'max_workers bounds how many tasks run, not how many wait: submit puts into a queue without an end and returns at once. When messages arrive faster than the pool works, the queue and what its tasks hold grow until the process is killed. Take a permit before submit and release it when the future is done, or wait for futures (concurrent.futures.wait) before the next message.',
  words: anyOf(
    allOf(/\.(submit|apply_async)\(/, /executor|pool|workers|concurrent|multiprocessing|loky/i),
    // Whoever waits for what it gives has no more under way.
    /\.(run_in_executor|deferToThread|callInThread)\((?<!(\bawait|\breturn|=)\s+[\w.()]*)|\bdeferToThread\(|\b(ThreadPoolExecutor|ExecutorEventEmitter)\(/,
  ),
  query: `
    (call function: (attribute attribute: (identifier) @name (#any-of? @name "submit" "run_in_executor" "deferToThread" "callInThread" "apply_async" "ThreadPoolExecutor"))) @place
    (call function: (identifier) @name
      (#any-of? @name "ThreadPoolExecutor" "ExecutorEventEmitter" "deferToThread")) @place`,
  growth: 'executor',
  bounds: ['permit', 'permit-in-task', 'pool', 'joined', 'counted', 'leaves-loop', 'stop-code'],
  severityOf: ({ unit, doubt }) =>
    doubt !== undefined || unit === 'value' || unit === 'connection' || unit === 'request' ? 'low' : 'medium',
  diagnosticFrom: 'medium',
  messageOf: ({ unit, source, doubt }) =>
    `Each ${unit} from \`${source}\` is handed to a pool whose queue has no end, and nothing waits for one to be done.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: pool takes one task per ${unit}`,
  fixes: [semaphore],
};
