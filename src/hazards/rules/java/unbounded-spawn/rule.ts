import type { Rule } from '../../../rule';
import { ofConnection } from '../../ofConnection';
import { settledAtOnce } from '../../../languages/java/starts/tasks';
import { allOf, anyOf, naming } from '../../../words';
import { taskBounds } from '../taskBounds';
import { semaphore } from './semaphore';
import { doubtText, ownAnswers, settledText } from '../../sentences';

/** A thread or task for each message, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  id: 'java/unbounded-spawn',
  title: 'A thread or task for each message, without a limit',
  help: `Threads and tasks start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is out of memory, and the broker never learns that it should hold back. Do the work in the listener and raise its concurrency, take a permit of a Semaphore before each start, or use an executor whose queue has a capacity. A virtual thread is cheap, what it holds on to is not. ${ownAnswers}`,
  words: anyOf(
    allOf(
      naming('Thread'),
      /Thread(\((?<=\.\s*startVirtualThread\()|\(\s*[^)\s](?<=\bnew Thread\(\s*.)|\s*\.\s*of(Virtual|Platform)\b)/,
    ),
    allOf(naming('Async('), /Async\((?<=\bCompletableFuture\s*\.\s*(run|supply)Async\()/),
    allOf(
      naming('Thread', 'Daemon'),
      naming('.start()'),
      /Thread(\((?<=\bnew \w+\()|\b(?<=\bextends Thread))|\.setDaemon\(/,
    ),
    // An executor of others counts only where the broker is told at once that a message is done.
    allOf(/\.(submit|execute)\(/, settledAtOnce),
  ),
  query: `
    (object_creation_expression type: (type_identifier) @type (#eq? @type "Thread")) @place
    (method_invocation
      name: (identifier) @name
      (#any-of? @name "startVirtualThread" "start" "runAsync" "supplyAsync" "submit" "execute")) @place`,
  growth: 'task',
  bounds: taskBounds,
  severityOf: ({ unit, source, settledEarly, doubt }) => {
    if (unit === 'connection' || unit === 'value' || doubt !== undefined) return 'low';
    if (ofConnection({ unit, source, settledEarly })) return 'low';
    if (unit === 'request') return 'medium';
    return settledEarly === null ? 'high' : 'critical';
  },
  diagnosticFrom: 'high',
  messageOf: (growth) =>
    `Each ${growth.unit} from \`${growth.source}\` starts a thread or task and nothing waits for one to end: when they arrive faster than the work is done, they and what they hold grow without end.${settledText(growth.settledEarly)}${doubtText(growth.doubt)}`,
  lensOf: ({ unit }) => `unbounded: one task per ${unit}`,
  fixes: [semaphore],
};
