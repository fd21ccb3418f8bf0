import type { Rule } from '../../../rule';
import { taskPerItem } from '../../taskPerItem';
import { startedGoroutines } from '../queries';
import { semaphoreFor } from '../semaphore';

/** A goroutine for each message, connection or value that arrives, and nothing that limits how many run at once. */
export const unboundedSpawn: Rule = {
  ...taskPerItem('goroutine', 'goroutines and memory'),
  id: 'go/unbounded-spawn',
  title: 'A goroutine for each message, without a limit',
  help: 'Goroutines start as fast as messages arrive and end as fast as the work is done. When the work is slower, their number and the memory they hold grow until the process is killed, and the broker never learns that it should hold back. Take a permit before the start (a semaphore channel, errgroup with SetLimit), or let a fixed number of workers read the same channel.',
  ...startedGoroutines,
  severityOf: ({ unit, settledEarly, doubt }) => {
    if (unit === 'connection' || unit === 'request' || doubt !== undefined) return 'low';
    if (unit === 'value') return 'medium';
    return settledEarly === null ? 'high' : 'critical';
  },
  fixes: [semaphoreFor('go/unbounded-spawn')],
};
