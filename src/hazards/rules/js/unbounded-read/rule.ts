import type { Rule } from '../../../rule';
import { count } from './count';

/** A read of a stream of Redis that brings all entries that wait. */
export const unboundedRead: Rule = {
  id: 'js/unbounded-read',
  title: 'A read without a limit',
  help: 'Without COUNT Redis answers with every entry that waits in the stream. After a pause that is all of them, in memory at once. Give a COUNT and read again for the rest.',
  words: /\.x[rR]ead([gG]roup)?\(/,
  query: `
    (call_expression
      function: (member_expression property: (property_identifier) @method
        (#any-of? @method "xread" "xreadgroup" "xRead" "xReadGroup"))) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: () => 'medium',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) => `\`${source}\` has no COUNT: it brings all entries that wait, into memory at once.`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [count],
};
