import { endlessLengthWords } from '../../../languages/java/reads/endlessLengths';
import { libraryReadWords } from '../../../languages/java/reads/libraryReads';
import { socketLineWords } from '../../../languages/java/reads/socketLines';
import { handingWords } from '../../../languages/java/reads/streams';
import { toldLengthWords } from '../../../languages/java/reads/toldLengths';
import type { Rule } from '../../../rule';
import { allOf, anyOf, naming } from '../../../words';
import { counted } from './counted';
import { doubtText } from '../../sentences';

/** What every such place has behind a dot: one look at each dot of a text is quicker than many at the whole of it. */
const mayRead =
  /\.(read|xRead|findAll\(|MAX_|poll\.rec|get(InputStream|Content|Entity|RequestBody|Reader|ObjectAs\w+)\(|openStream\(|body|copy|transferTo\(|toBytes\(|of(String|ByteArray)\(|as(String|ByteArray)\(|string\(|bytes\(|byteString\(|returnContent\(|download|receiveFull|keys\(|smembers\(|h(getAll|getall|vals|keys)\(|range\(|lrange\(|zrange\(|zrevrange\(|set\w+\(-1|max\w+\((-1|0)\)|to(ByteArray|String)\(\w|slurp|drain|inputStream)/;

/** A read that brings all there is, however much that is. */
export const unboundedRead: Rule = {
  id: 'java/unbounded-read',
  title: 'A read without a limit',
  help: 'What is read at once is as much as there is: a stream after an outage, a table that grows for years, a poll of a hundred thousand records, the body of a request, a frame as long as its sender says. It is held together in memory, and with Kafka the consumer is thrown out of its group when it takes longer than max.poll.interval.ms. Ask for a number (count, a page, max.poll.records) and come back for more; compare the length of a body with a limit before it is read.',
  words: allOf(
    mayRead,
    anyOf(
      naming('xReadParams(', 'xReadGroupParams(', '.findAll(', 'MAX_POLL_RECORDS_CONFIG', '"max.poll.records"'),
      allOf(
        naming('getInputStream()', 'getRequestBody()', 'getReader()'),
        /(\w(request|req|exchange|ctx)(\(\))?|\b(request|req|exchange|ctx|super))\s*\.\s*(getInputStream|getRequestBody|getReader)\(\)/i,
        /\b(readAllBytes|toByteArray|copyToByteArray|copyToString|toString|lines)\(|\b(read[A-Z]\w*|fromJson|unmarshal|deserialize|parseObject)\([^;]*\.get(InputStream|Reader|RequestBody)\(\)/,
      ),
      allOf(
        naming('InputStream(', '.openStream()', '.getContent()', '.getEntity()', '.getRequestBody()', '.body()'),
        /\.(readAllBytes|transferTo|copy|copyLarge|lines)\(|\.(read|to|as|copyTo|slurp|drain|inputStream)\w*\((?<=\b(\w*(IO|Io|Stream|Util|Helper|Bytes)\w*|Okio|Resources)\.\w+\()/,
        /\.(getInputStream|openStream|getContent|getEntity|getRequestBody|body)\(\)|\.getInputStream\(\w+\)|(GZIP|Inflater|Zip|Deflater|Tar|Archive)\w*InputStream\(/,
      ),
      allOf(
        naming('.read(', '.readLine('),
        naming('ByteArrayOutputStream(', 'new StringB', 'new StringWriter'),
        /\.(openStream|getInputStream|getContent|getRequestBody)\(\)|\b(deliver|receive|handle|process|deserialize|consume)\w*\([^)]*(InputStream|Reader)\b|\bclass \w*(Download|Crawl|Spider|Fetch)/,
      ),
      allOf(naming('Files.readAllBytes(', 'Files.toByteArray(', '.readFileToByteArray('), handingWords),
      libraryReadWords,
      endlessLengthWords,
      toldLengthWords,
      socketLineWords,
    ),
  ),
  query: `
    (method_invocation name: (identifier) @name (#match? @name "^(xRead(Group)?Params|findAll|put|setProperty|readAllBytes|copy\\\\w*|transferTo|lines|(to|as)(ByteArray|Bytes|CharArray|String)|read[A-Z]\\\\w*|fromJson|unmarshal|deserialize|parseObject|([iI]nputS|s)tream(To|2)\\\\w+|get(Bytes|String|ObjectAs)\\\\w*|slurp|drain|getFor(Object|Entity)|parseAsString|parseBody|bodyAs\\\\w+|as(String|Bytes|Json)|into|all|list|readLine|string|bytes|byteString|of(String|ByteArray)|returnContent|download\\\\w+|bodyHandler|body(AsBytes)?|receiveFull\\\\w+|write|append|keys|lrange|zrange|zrevrange|range|smembers|hgetAll|hgetall|hvals|hkeys)$")) @place
    (method_invocation name: (identifier) @name (#match? @name "[mM]ax\\\\w*(Size|Length|Bytes)$|[bB]odyLimit$")) @place
    (object_creation_expression type: (type_identifier) @type (#match? @type "Decoder$|Aggregator$|^BufferingResponseListener$|^Draft_6455$")) @place
    (array_creation_expression type: (integral_type) @type (#eq? @type "byte") dimensions: (dimensions_expr)) @place`,
  growth: 'read',
  bounds: ['limited'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'high',
  messageOf: ({ evidence, doubt }) =>
    `This read has no limit: ${evidence.join('; ')}. When there is more than usual, all of it is held at once.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: reads all there is',
  fixes: [counted],
};
