import type { Rule } from '../../../rule';
import { count } from './count';

/** A read of a stream of Redis that brings all entries that wait. */
export const unboundedRead: Rule = {
  id: 'py/unbounded-read',
  title: 'A read without a limit',
  help: 'Without a count Redis answers with every entry that waits in the stream. After a pause that is all of them, in memory at once. Give a count and read again for the rest.',
  words: /\.xread(group)?\(/,
  query: `
    (call function: (attribute attribute: (identifier) @name (#any-of? @name "xread" "xreadgroup"))) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: () => 'medium',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) => `\`${source}\` has no count: it brings all entries that wait, into memory at once.`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [count],
};
