import { endlessLengthWords } from '../../../languages/java/endlessLengths';
import { libraryReadWords } from '../../../languages/java/libraryReads';
import { toldLengthWords } from '../../../languages/java/toldLengths';
import type { Rule } from '../../../rule';
import { allOf, anyOf } from '../../../words';
import { counted } from './counted';

/** A read that brings all there is, however much that is. */
export const unboundedRead: Rule = {
  id: 'java/unbounded-read',
  title: 'A read without a limit',
  help: 'What is read at once is as much as there is: a stream after an outage, a table that grows for years, a poll of a hundred thousand records, the body of a request, a frame as long as its sender says. It is held together in memory, and with Kafka the consumer is thrown out of its group when it takes longer than max.poll.interval.ms. Ask for a number (count, a page, max.poll.records) and come back for more; compare the length of a body with a limit before it is read.',
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
      /\.(?:readAllBytes|transferTo|copy|copyLarge|lines)\(|\b(?:\w*(?:IO|Io|Stream|Util|Helper|Bytes)\w*|Okio|Resources)\.(?:read|to|as|copyTo|slurp|drain|inputStream)\w*\(/,
      /\.(getInputStream|openStream|getContent|getEntity|getRequestBody|body)\(\)|(GZIP|Inflater|Zip|Deflater)\w*InputStream\(/,
    ),
    allOf(
      /new (\w*ByteArrayOutputStream|String(Builder|Buffer|Writer))\b/,
      /\.read(Line)?\(/,
      /\.(openStream|getInputStream|getErrorStream|getContent|getRequestBody)\(\)|\b(deliver|receive|handle|process|deserialize|consume)\w*\([^)]*(InputStream|Reader)\b|\bclass \w*(Download|Crawl|Spider|Fetch)/,
    ),
    libraryReadWords,
    endlessLengthWords,
    toldLengthWords,
  ),
  query: `
    (method_invocation name: (identifier) @name (#match? @name "^(xRead(Group)?Params|findAll|put|setProperty|readAllBytes|copy\\\\w*|transferTo|lines|(to|as)(ByteArray|Bytes|CharArray|String)|read(Bytes|Utf8|Lines|Fully|Entirely|All|ToEnd|Stream|InputStream|String|Entity)\\\\w*|([iI]nputS|s)tream(To|2)\\\\w+|get(Bytes|String|ObjectAs)\\\\w*|slurp|drain|string|bytes|byteString|of(String|ByteArray)|returnContent|download\\\\w+|bodyHandler|body|receiveFull\\\\w+|write|append|keys|lrange|zrange|zrevrange|range|smembers|hgetAll|hgetall|hvals|hkeys)$")) @place
    (method_invocation name: (identifier) @name (#match? @name "[mM]ax\\\\w*(Size|Length|Bytes)$|[bB]odyLimit$")) @place
    (object_creation_expression type: (type_identifier) @type (#match? @type "Decoder$|Aggregator$|^BufferingResponseListener$|^Draft_6455$")) @place
    (array_creation_expression type: (integral_type) @type (#eq? @type "byte") dimensions: (dimensions_expr)) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'high',
  messageOf: ({ evidence, doubt }) =>
    `This read has no limit: ${evidence.join('; ')}. When there is more than usual, all of it is held at once.${doubt === undefined ? '' : ` Not shown here: ${doubt}.`}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [counted],
};
