import type { Rule } from '../../../rule';
import { ownLimiter } from '../../ownLimiter';
import { hoist } from './hoist';

/** A limiter that every call makes anew, so that it limits nothing. */
export const misplacedLimiter: Rule = {
  ...ownLimiter,
  id: 'py/misplaced-limiter',
  help: 'A semaphore or limiter bounds only what shares it. One that a call makes for itself and alone uses is always free: as many calls as arrive run together. Make it once, outside of the function, or in __init__.',
  words: /\b(Semaphore|CapacityLimiter|AsyncLimiter)\(/,
  query: `
    (assignment left: (identifier) right: (call) @place)`,
  fixes: [hoist],
};
