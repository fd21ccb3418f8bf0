import type { Rule } from '../../../rule';
import { elementsAtOnce } from '../../elementsAtOnce';
import { limited } from './limited';

/** All elements of a collection started together, as many as there is data. */
export const unboundedFanout: Rule = {
  ...elementsAtOnce,
  id: 'csharp/unbounded-fanout',
  help: 'One task for each element of a collection that is as long as the data: ten today, a hundred thousand next year, all open at the same time. What they call is flooded, and their results are held together. Use Parallel.ForEachAsync with MaxDegreeOfParallelism, let a SemaphoreSlim inside each limit how many run at once, or go through the collection in chunks.',
  words: /\bTask\.WhenAll\b|\bTask\.WaitAll\b/,
  query: `
    (invocation_expression function: (member_access_expression name: (identifier) @name (#any-of? @name "WhenAll" "WaitAll"))) @place`,
  fixes: [limited],
};
