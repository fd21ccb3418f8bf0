import type { Rule } from '../../../rule';
import { mayFanOut } from '../../../languages/js/starts/fanout';
import { pMap } from './pMap';
import { doubtText } from '../../sentences';

/** All elements of a collection started together, as many as there is data. */
export const unboundedFanout: Rule = {
  id: 'js/unbounded-fanout',
  title: 'All of a listing started at once',
  help: 'One promise for each element of a collection that is as long as the data: ten today, a hundred thousand next year, all under way at the same time. What they call is flooded, and their results are held together. Let so many run at once (p-map, p-limit), or go through the collection in pieces. (The rule no-await-in-loop of ESLint advises the opposite: a loop that awaits is bounded.)',
  words: mayFanOut,
  query: `
    (call_expression
      function: (member_expression object: (identifier) @object property: (property_identifier) @method
        (#eq? @object "Promise") (#any-of? @method "all" "allSettled"))) @place
    (call_expression
      function: (member_expression object: (identifier) @library property: (property_identifier) @method
        (#any-of? @library "async" "Async") (#any-of? @method "each" "eachOf" "forEach" "forEachOf" "map" "mapValues" "filter" "concat"))) @place`,
  growth: 'fanout',
  bounds: ['pool', 'counted', 'stop-code'],
  // How long a listing gets, no source shows; how long a body is, its sender decides.
  severityOf: ({ evidence, doubt }) => (doubt === undefined && /\bbody\b/.test(evidence[0] ?? '') ? 'high' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ source, doubt }) =>
    `Every element of \`${source}\` is started at once: as many run together as there is data.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: all elements at once',
  fixes: [pMap],
};
