import type { Rule } from '../../../rule';
import { mayBringEverything, namesOfAll } from '../../../languages/js/reads/everything';
import { mayBringAll } from '../../../languages/js/reads/libraryReads';
import { mayReadWhole } from '../../../languages/js/reads/wholeCalls';
import { anyOf } from '../../../words';
import { count } from './count';
import { doubtText } from '../../sentences';

/** A read that brings all there is: of a stream of Redis, of a whole table, or of what strangers send. */
export const unboundedRead: Rule = {
  id: 'js/unbounded-read',
  title: 'A read without a limit',
  help: 'Without COUNT Redis answers with every entry that waits in the stream. After a pause that is all of them, in memory at once. Give a COUNT and read again for the rest. The same holds for a collection of MongoDB or a table behind Prisma that is read whole for each message or request: it grows for years. Ask for a number (limit, take), or walk a cursor. What strangers send or serve is as long as they like: give the size that is too much (maxBuffer, maxContentLength, maxOutputLength, limits.fileSize). KEYS of Redis and get() of a Firestore collection bring everything: SCAN, or limit(). So do LRANGE to -1, SELECT without LIMIT, findAll() and find() of a model, arrayBuffer() of what is fetched, an unpacked buffer, an object of a store that is brought whole.',
  words: anyOf(/\.x[rR]ead([gG]roup)?\(|\.findMany\(|\.toArray\(\)/, mayReadWhole, mayBringAll, mayBringEverything),
  query: `
    (call_expression
      function: (member_expression property: (property_identifier) @method
        (#any-of? @method "xread" "xreadgroup" "xRead" "xReadGroup" "findMany" "toArray" "get" "post" "request" "fetch" "default" "text" "json" "buffer" "arrayBuffer" "keys" "gunzip" "gunzipSync" "inflate" "inflateSync" "inflateRaw" "inflateRawSync" "unzip" "unzipSync" "brotliDecompress" "brotliDecompressSync" ${namesOfAll.map((name) => `"${name}"`).join(' ')}))) @place
    (call_expression function: (identifier)) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ evidence, doubt }) =>
    `This read has no limit: ${evidence.at(-1) ?? ''}, into memory at once.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [count],
};
