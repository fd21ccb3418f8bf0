import type { Growth, Rule } from '../../../rule';
import { semaphoreFor } from '../semaphore';

const settledText = ({ settledEarly }: Growth) =>
  settledEarly === null ? '' : ` The broker is told that it is done first (${settledEarly}), so it never holds back.`;

/** A goroutine for each message, connection or value that arrives, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  id: 'go/unbounded-spawn',
  title: 'A goroutine for each message, without a limit',
  help: 'Goroutines start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (a semaphore channel, errgroup with SetLimit), or let a fixed number of workers read the same channel.',
  words: /\bgo\s+[\w(*]|\.Go\(/,
  query: `
    (go_statement) @place
    (call_expression
      function: (selector_expression field: (field_identifier) @method (#eq? @method "Go"))
      arguments: (argument_list . (func_literal) .)) @place`,
  growth: 'task',
  bounds: ['permit', 'permit-in-task', 'pool', 'joined', 'counted', 'broker-credit', 'leaves-loop', 'stop-code'],
  severityOf: ({ unit, settledEarly }) => {
    if (unit === 'connection') return 'low';
    if (unit === 'value' || unit === 'request') return 'medium';
    return settledEarly === null ? 'high' : 'critical';
  },
  diagnosticFrom: 'high',
  messageOf: (growth) =>
    `Each ${growth.unit} from \`${growth.source}\` starts a goroutine and nothing waits for one to end: when they arrive faster than the work is done, goroutines and memory grow without end.${settledText(growth)}`,
  lensOf: ({ unit }) => `unbounded: one goroutine per ${unit}`,
  fixes: [semaphoreFor('go/unbounded-spawn')],
};
