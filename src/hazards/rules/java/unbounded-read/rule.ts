import type { Rule } from '../../../rule';
import { allOf, anyOf } from '../../../words';
import { counted } from './counted';

/** A read that brings all there is, however much that is. */
export const unboundedRead: Rule = {
  id: 'java/unbounded-read',
  title: 'A read without a limit',
  help: 'What is read at once is as much as there is: a stream after an outage, a table that grows for years, a poll of a hundred thousand records, the body of a request. It is held together in memory, and with Kafka the consumer is thrown out of its group when it takes longer than max.poll.interval.ms. Ask for a number (count, a page, max.poll.records) and come back for more; compare the length of a body with a limit before it is read.',
  words: anyOf(
    // One after the other: an expression that begins in one way is looked for much faster.
    /xRead(Group)?Params\(/,
    /\.findAll\(/,
    /MAX_POLL_RECORDS_CONFIG/,
    /"max\.poll\.records"/,
    allOf(
      /\.\s*(getInputStream|getRequestBody|getReader)\(\)/,
      /(\w(request|req|exchange|ctx)(\(\))?|\b(request|req|exchange|ctx|super))\s*\.\s*(getInputStream|getRequestBody|getReader)\(\)/i,
      /\b(readAllBytes|toByteArray|copyToByteArray|copyToString|toString|lines)\(/,
    ),
    allOf(
      /\.readAllBytes\(\)|\.(string|bytes)\(\)(?<=\.body\(\)\s*\.\s*\w+\(\))|\.(toByteArray|toString|copyTo\w+|readAllBytes)\((?<=\b(\w*(IO|Io|Stream)(Util|Utils|Helper)s?|(Byte|Char|Input)?Streams|EntityUtils|FileCopyUtils)\.\w+\()/,
      /\.(getInputStream|openStream|getContent|getEntity|body)\(\)|(GZIP|Inflater|Zip|Deflater)\w*InputStream\(/,
      /\bUR[IL]\b|(ur[il]|link|address|location|href)\w*[,)]|\bRequest \w+[,)]|(GZIP|Inflater|Zip|Deflater)\w*InputStream\(|\w*process\.get/i,
    ),
  ),
  query: `
    (method_invocation
      name: (identifier) @name
      (#any-of? @name "xReadParams" "xReadGroupParams" "findAll" "put" "setProperty" "readAllBytes" "toByteArray" "copyToByteArray" "copyToString" "toString" "lines" "string" "bytes")) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'high',
  messageOf: ({ evidence, doubt }) =>
    `This read has no limit: ${evidence.join('; ')}. When there is more than usual, all of it is held at once.${doubt === undefined ? '' : ` Not shown here: ${doubt}.`}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [counted],
};
