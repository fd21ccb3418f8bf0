import type { Rule } from '../../../rule';
import { ownLimiter } from '../../ownLimiter';
import { hoist } from './hoist';

/** A limiter that every call makes anew, so that it limits nothing. */
export const misplacedLimiter: Rule = {
  ...ownLimiter,
  id: 'go/misplaced-limiter',
  help: 'A semaphore or limiter bounds only what shares it. One that a call makes for itself and alone uses is always free: as many calls as arrive run together. Make it once, outside of the function, or as a field.',
  words: /semaphore\.NewWeighted\(|(rate|catrate)\.NewLimiter\(|ratelimit\.New\(|make\(chan struct/,
  query: `
    (short_var_declaration right: (expression_list (call_expression) @place))`,
  fixes: [hoist],
};
