import type { Rule } from '../../../rule';
import { allOf, naming } from '../../../words';
import { hardcodedPool } from '../../../seeds';

/** A pool whose size is a number in the code. */
export const hardcodedPoolRule: Rule = {
  id: 'go/hardcoded-pool',
  ...hardcodedPool,
  words: allOf(naming('.New'), /\b(ants\.NewPool|pond\.(New|NewPool)|workerpool\.New|tunny\.NewFunc)\(/),
  query: `
    (call_expression function: (selector_expression) @callee
      (#any-of? @callee "ants.NewPool" "pond.New" "pond.NewPool" "workerpool.New" "tunny.NewFunc")) @place`,
};
