import type { Rule } from '../../../rule';
import { hardcodedPool } from '../../../seeds';

/** A pool whose size is a number in the code. */
export const hardcodedPoolRule: Rule = {
  id: 'py/hardcoded-pool',
  ...hardcodedPool,
  words: /\b(ThreadPoolExecutor|ProcessPoolExecutor|ThreadPool)\(/,
  query: `
    (call function: [(identifier) @name (attribute attribute: (identifier) @name)]
      (#any-of? @name "ThreadPoolExecutor" "ProcessPoolExecutor" "ThreadPool")) @place`,
};
