import type { Rule } from '../../../rule';
import { startedGoroutines } from '../queries';
import { semaphoreFor } from '../semaphore';
import { setLimit } from './setLimit';
import { doubtText } from '../../sentences';

/** A goroutine for each element of a listing, all at once. */
export const unboundedFanout: Rule = {
  id: 'go/unbounded-fanout',
  title: 'All of a listing started at once',
  help: 'One goroutine for each element of a collection that is as long as the data: ten today, a hundred thousand next year, all open at the same time. What they call is flooded, and their results are held together. Give the group a limit (errgroup SetLimit), or take a permit before each start.',
  ...startedGoroutines,
  growth: 'fanout',
  bounds: ['permit', 'permit-in-task', 'pool', 'joined', 'counted', 'leaves-loop', 'stop-code'],
  // How long a listing gets, no source shows.
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source, doubt }) =>
    `Every element of \`${source}\` starts a goroutine at once: as many run together as there is data.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: all elements at once',
  fixes: [setLimit, semaphoreFor('go/unbounded-fanout')],
};
