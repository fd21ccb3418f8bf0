import type { Rule } from '../../../rule';
import { ownLimiter } from '../../ownLimiter';
import { hoist } from './hoist';

/** A limiter that every call makes anew, so that it limits nothing. */
export const misplacedLimiter: Rule = {
  ...ownLimiter,
  id: 'js/misplaced-limiter',
  help: 'A limiter bounds only what shares it. One that a call makes for itself and alone uses is always free: as many calls as arrive run together. Make it once, outside of the function, or as a field.',
  words: /\b(pLimit|PQueue|Bottleneck|Semaphore|Mutex|Sema)\(/,
  query: `
    (variable_declarator name: (identifier) value: [(call_expression) (new_expression)] @place)`,
  fixes: [hoist],
};
