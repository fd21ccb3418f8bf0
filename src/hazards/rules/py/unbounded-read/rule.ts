import type { Rule } from '../../../rule';
import { count } from './count';

/** A read that brings all there is: of a stream of Redis, or of a whole table for each message or request. */
export const unboundedRead: Rule = {
  id: 'py/unbounded-read',
  title: 'A read without a limit',
  help: 'Without a count Redis answers with every entry that waits in the stream. After a pause that is all of them, in memory at once. Give a count and read again for the rest. The same holds for a table that SQLAlchemy reads whole for each message or request: it grows for years. Ask for a number (limit), or walk it in parts (yield_per).',
  words: /\.xread(group)?\(|\b(query|select)\b[^]{0,500}?\.all\(\)/,
  query: `
    (call function: (attribute attribute: (identifier) @name (#any-of? @name "xread" "xreadgroup" "all"))) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ evidence, doubt }) =>
    `This read has no limit: ${evidence.at(-1) ?? ''}, into memory at once.${doubt === undefined ? '' : ` Not shown here: ${doubt}.`}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [count],
};
