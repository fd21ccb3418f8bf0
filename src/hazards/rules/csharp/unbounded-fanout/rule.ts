import type { Rule } from '../../../rule';
import { limited } from './limited';

/** All elements of a collection started together, as many as there is data. */
export const unboundedFanout: Rule = {
  id: 'csharp/unbounded-fanout',
  title: 'All of a listing started at once',
  help: 'One task for each element of a collection that is as long as the data: ten today, a hundred thousand next year, all open at the same time. What they call is flooded, and their results are held together. Use Parallel.ForEachAsync with MaxDegreeOfParallelism, let a SemaphoreSlim inside each limit how many run at once, or go through the collection in chunks.',
  words: /\bTask\.WhenAll\b|\bTask\.WaitAll\b/,
  query: `
    (invocation_expression function: (member_access_expression name: (identifier) @name (#any-of? @name "WhenAll" "WaitAll"))) @place`,
  growth: 'fanout',
  bounds: ['permit-in-task', 'counted', 'pool', 'stop-code'],
  severityOf: () => 'medium',
  diagnosticFrom: 'high',
  messageOf: ({ source }) =>
    `Every element of \`${source}\` is started at once: as many run together as there is data.`,
  lensOf: () => 'unbounded: all elements at once',
  fixes: [limited],
};
