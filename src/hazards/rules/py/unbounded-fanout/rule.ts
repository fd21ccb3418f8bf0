import type { Rule } from '../../../rule';
import { allOf } from '../../../words';
import { listing } from '../../../languages/py/starts/fanout';
import { elementsAtOnce } from '../../elementsAtOnce';
import { limited } from './limited';

/** All elements of a collection started together, as many as there is data. */
export const unboundedFanout: Rule = {
  ...elementsAtOnce,
  id: 'py/unbounded-fanout',
  help: 'One coroutine for each element of a collection that is as long as the data: ten today, a hundred thousand next year, all open at the same time. What they call is flooded, and their results are held together. Let a semaphore inside each limit how many run at once, or go through the collection in pieces of a fixed size.',
  words: allOf(/\b(gather|as_completed)\(|\basyncio\.wait\(/, listing),
  query: `
    (call function: (attribute attribute: (identifier) @name (#any-of? @name "gather" "as_completed" "wait"))) @place
    (call function: (identifier) @name (#any-of? @name "gather" "as_completed")) @place`,
  fixes: [limited],
};
