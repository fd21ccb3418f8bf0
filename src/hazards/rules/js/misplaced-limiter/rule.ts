import type { Rule } from '../../../rule';
import { hoist } from './hoist';

/** A limiter that every call makes anew, so that it limits nothing. */
export const misplacedLimiter: Rule = {
  id: 'js/misplaced-limiter',
  title: 'A limiter that is made anew for each call',
  help: 'A limiter bounds only what shares it. One that a call makes for itself and alone uses is always free: as many calls as arrive run together. Make it once, outside of the function, or as a field.',
  words: /\b(pLimit|PQueue|Bottleneck|Semaphore|Mutex|Sema)\(/,
  query: `
    (variable_declarator name: (identifier) value: [(call_expression) (new_expression)] @place)`,
  growth: 'limiter',
  bounds: ['shared'],
  severityOf: () => 'high',
  diagnosticFrom: 'high',
  messageOf: ({ source }) =>
    `Each call of \`${source}\` makes a limiter of its own and alone uses it: it limits nothing.`,
  lensOf: () => 'limits nothing: made anew for each call',
  fixes: [hoist],
};
