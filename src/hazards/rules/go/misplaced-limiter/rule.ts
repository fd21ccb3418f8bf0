import type { Rule } from '../../../rule';
import { allOf, anyOf, namesBefore, naming } from '../../../words';
import { ownLimiter } from '../../ownLimiter';
import { hoist } from './hoist';

/** `slots := make(chan struct{}, 8)`, and something puts a token into it. */
const filledSlots = {
  test: (text: string) =>
    text.includes(':= make(chan struct') &&
    [...namesBefore(text, / := make\(chan struct\s*\{\s*\},/g, /(\w+)$/)].some((name) =>
      new RegExp(`\\b${name} <- `).test(text),
    ),
};

/** A limiter that every call makes anew, so that it limits nothing. */
export const misplacedLimiter: Rule = {
  ...ownLimiter,
  id: 'go/misplaced-limiter',
  help: 'A semaphore or limiter bounds only what shares it. One that a call makes for itself and alone uses is always free: as many calls as arrive run together. Make it once, outside of the function, or as a field.',
  words: anyOf(
    allOf(
      naming('Weight', 'Limite', 'ratelimit.'),
      /semaphore\.NewWeighted\(|(rate|catrate)\.NewLimiter\(|ratelimit\.New\(/,
    ),
    filledSlots,
  ),
  query: `
    (short_var_declaration right: (expression_list (call_expression) @place))`,
  fixes: [hoist],
};
