import type { Rule } from '../../../rule';
import { count } from './count';

/** A read that brings all there is: of a stream of Redis, of a whole table for each message or request, or of a request. */
export const unboundedRead: Rule = {
  id: 'py/unbounded-read',
  title: 'A read without a limit',
  help: 'Without a count Redis answers with every entry that waits in the stream. After a pause that is all of them, in memory at once. Give a count and read again for the rest. The same holds for a table that SQLAlchemy reads whole for each message or request: it grows for years. Ask for a number (limit), or walk it in parts (yield_per). And the body of a request is as long as whoever sends it likes, where the framework has no limit of its own: look at its length first, or read it in pieces and refuse what is too long.',
  words:
    /\.xread(group)?\(|\b(rfile|wsgi\.input["']\])\.read\(|req(uest)?\.(((content|body|body_file|stream|bounded_stream)\.read|body|json|get_data|get_json)\()|\b(query|select)\b[^]{0,500}?\.all\(\)/,
  query: `
    (call function: (attribute attribute: (identifier) @name (#any-of? @name "xread" "xreadgroup" "all" "read" "body" "json" "get_data" "get_json"))) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ evidence, doubt }) =>
    `This read has no limit: ${evidence.at(-1) ?? ''}, into memory at once.${doubt === undefined ? '' : ` Not shown here: ${doubt}.`}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [count],
};
