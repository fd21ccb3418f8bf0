import type { Rule } from '../../../rule';
import { ofConnection } from '../../ofConnection';
import { allOf, anyOf, naming } from '../../../words';
import { taskBounds } from '../taskBounds';
import { bounded } from './bounded';
import { settingOfSpring } from './settingOfSpring';
import { settledText } from '../../sentences';

/** An executor without an end that is handed a task for each item. */
export const unboundedExecutor: Rule = {
  id: 'java/unbounded-executor',
  title: 'An executor that takes any number of tasks',
  help: 'The executors that `Executors` makes refuse nothing: a cached or virtual one starts a thread for every task, a fixed one keeps the tasks that wait in a queue without an end (its maximum of threads is never reached). Fed by messages or requests, threads or waiting tasks grow until memory is gone, and whoever sends is never held back. Give it a queue with a capacity and a rule for when it is full: `new ThreadPoolExecutor(n, n, 0, SECONDS, new ArrayBlockingQueue<>(q), new ThreadPoolExecutor.CallerRunsPolicy())`. For virtual threads take a permit of a `Semaphore` before each start. Spring’s ThreadPoolTaskExecutor keeps any number of waiting tasks unless `setQueueCapacity` is called, its SimpleAsyncTaskExecutor starts a thread for each unless `setConcurrencyLimit` is, and methods with `@Async` run in one of them by default.',
  words: allOf(
    naming('Pool', 'Execut', '@Async'),
    anyOf(
      /\bnew(CachedThreadPool|FixedThreadPool|SingleThreadExecutor|WorkStealingPool|VirtualThreadPerTaskExecutor|ThreadPerTaskExecutor)\s*\(|new (\w*ThreadPool|ThreadPoolTask)Executor\b|new SimpleAsyncTaskExecutor\b|extends ThreadPoolExecutor\b|@Async\b/,
      /\bnew (DefaultEventExecutor(Group)?|UnorderedThreadPoolEventExecutor)\(|\.createSharedWorkerExecutor\(/,
      allOf(
        /\.(new|create|make|build)\w*(CachedThreadPool|FixedThreadPool|CachedPool|FixedPool|SingleThreadExecutor)\(/,
        /\.(submit|execute)\(|(run|supply)Async\(/,
      ),
    ),
  ),
  query: `
    (method_invocation
      object: (identifier) @owner (#match? @owner "^\\\\w*(Executors?|ThreadPools?|Threads|Pools)(Util\\\\w*|Factory|Helper)?$")
      name: (identifier) @name (#match? @name "^(new|create|make|build)\\\\w*(Pool|Executor|Scheduler)$")) @place
    (object_creation_expression
      type: (type_identifier) @type
      (#match? @type "ThreadPoolExecutor$|^(ThreadPool|SimpleAsync)TaskExecutor$|EventExecutor(Group)?$")) @place
    (explicit_constructor_invocation constructor: (super)) @place
    (marker_annotation name: (identifier) @name (#eq? @name "Async")) @place`,
  marks:
    /\.(new|create|make|build)\w*(Pool|Executor|Scheduler)\b|ThreadPoolExecutor|(ThreadPool|SimpleAsync)TaskExecutor|EventExecutor|\bsuper\(|@Async\b/g,
  growth: 'executor',
  bounds: taskBounds,
  severityOf: ({ unit, source, settledEarly, doubt, flaw }) => {
    if (flaw === 'setting') return 'medium';
    if (unit === 'connection' || doubt !== undefined) return 'low';
    if (ofConnection({ unit, source, settledEarly })) return 'low';
    if (unit === 'value' || unit === 'request') return 'medium';
    return settledEarly === null ? 'high' : 'critical';
  },
  diagnosticFrom: 'high',
  messageOf: ({ unit, source, evidence, settledEarly, doubt }) =>
    doubt !== undefined
      ? `This executor refuses nothing: ${evidence.at(-1) ?? ''}. Not shown here: ${doubt}.`
      : `Each ${unit} from \`${source}\` is handed to this executor, which refuses nothing: ${evidence.at(-1) ?? ''}. When they arrive faster than the work is done, that grows without end.${settledText(settledEarly)}`,
  lensOf: ({ unit }) => `unbounded: executor takes every ${unit}`,
  fixes: [bounded, settingOfSpring],
};
