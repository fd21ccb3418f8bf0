import type { Rule } from '../../../rule';
import { hardcodedPool } from '../../../seeds';

/** A pool whose size is a number in the code. */
export const hardcodedPoolRule: Rule = {
  id: 'js/hardcoded-pool',
  ...hardcodedPool,
  words: /\bnew (Piscina|PQueue)\(|\bpLimit\(/,
  query: `
    (new_expression constructor: (identifier) @name (#any-of? @name "Piscina" "PQueue")) @place
    (call_expression function: (identifier) @name (#eq? @name "pLimit")) @place`,
};
