import { mayAskWhole } from '../../../languages/py/reads/mayAskWhole';
import type { Rule } from '../../../rule';
import { allOf, anyOf } from '../../../words';
import { count } from './count';
import { doubtText } from '../../sentences';

/** A read that brings all there is: of a stream of Redis, of a whole table for each message or request, of a request, or what a library brings whole. */
export const unboundedRead: Rule = {
  id: 'py/unbounded-read',
  title: 'A read without a limit',
  help: 'Without a count Redis answers with every entry that waits in the stream. After a pause that is all of them, in memory at once. Give a count and read again for the rest. The same holds for a table that SQLAlchemy reads whole for each message or request: it grows for years. Ask for a number (limit), or walk it in parts (yield_per). And the body of a request is as long as whoever sends it likes, where the framework has no limit of its own: look at its length first, or read it in pieces and refuse what is too long. So do KEYS and a range to -1 of Redis, the body of an object of S3, an archive that is read before it is opened, and rows that are all fetched before the first is handed on: walk them in parts.',
  words: anyOf(
    /\.xread(group)?\(|\b(rfile|wsgi\.input["']\])\.read(line)?\(|\bUploadFile\b|\.get_media\(|req(uest)?\.(((content|body|body_file|stream|bounded_stream)\.read|body|json|get_data|get_json)\()/,
    // All of a table, which nothing is asked of.
    allOf(/sqlalchemy|sqlmodel/, /\b(?:query|select)\b[^]{0,500}?\.all\(\)/, mayAskWhole),
    /\[["']Body["']\]\.read\(/,
    allOf(/redis|valkey/i, /\.keys\(\s*[^)\s]|\.(?:lrange|z(?:rev)?range)\([^()]*(?:\([^()]*\)[^()]*)?, ?0, ?-1/),
    allOf(/\byield\b/, /(?: in|yield from) [^\n]*(?:\.(?:fetchall|readlines|read)\(\)|\bjson\.load\()/),
    allOf(/BytesIO\(/, /\btarfile\.open\(|\bZipFile\(/, /\.read\(\)/),
  ),
  query: `
    (call function: (attribute attribute: (identifier) @name (#any-of? @name "xread" "xreadgroup" "all" "read" "body" "json" "get_data" "get_json" "get_media" "readline" "keys" "lrange" "zrange" "zrevrange" "fetchall" "readlines" "load"))) @place`,
  growth: 'read',
  bounds: ['limited'],
  // How much there is to read, no source shows (docs/rules.md).
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ evidence, doubt }) =>
    `This read has no limit: ${evidence.at(-1) ?? ''}, into memory at once.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [count],
};
