import { joinedWords } from '../../../languages/java/collections/joined';
import { remembers } from '../../../languages/java/collections/remembered';
import type { Rule } from '../../../rule';
import { allOf, anyOf, naming } from '../../../words';
import { doubtText } from '../../sentences';

/** A collection of a long-lived object that each item makes longer, and that nobody empties. */
export const unboundedAccumulation: Rule = {
  id: 'java/unbounded-accumulation',
  title: 'A collection that each item makes longer, and nobody empties',
  help: 'What arrives is kept in a map, set, list or buffer of an object that lives long, and nothing in the file takes it out, or only an answer does that may never come: it grows as long as the process lives. Or a loop unpacks a stream to its end into one buffer, and what is unpacked may be a thousand times as long as what came. Forget the oldest above a size (LinkedHashMap with removeEldestEntry, a cache with a maximum), let entries expire, compare the length with a limit, or refuse what is too much.',
  words: anyOf(
    allOf(
      naming('Buffer', 'Builde', 'Output', 'Compos'),
      /\b(ByteArrayOutputStream|StringBuilder|StringBuffer|CompositeByteBuf) \w+( =[^;]*)?;(?<=(private|protected)[^;(){}\n]*( =[^;]*)?;)/,
    ),
    allOf(
      naming('InputS'),
      /(GZIP|Inflater|Deflater|Zip|BZip2|LZ4|Snappy|Zstd|Brotli|LZMA|XZ)\w*InputStream\(/,
      /\.read(Line)?\(/,
      /new (\w*ByteArrayOutputStream|String(Builder|Buffer|Writer))\b/,
    ),
    joinedWords,
    remembers,
  ),
  query: `
    (method_invocation
      name: (identifier) @name
      (#any-of? @name "put" "putIfAbsent" "add" "addAll" "addLast" "addFirst" "addElement" "write" "append" "appendBuffer" "writeBytes" "addComponent")) @place`,
  growth: 'accumulate',
  bounds: ['counted', 'permit', 'stop-code'],
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ unit, source, evidence, doubt }) =>
    `${unit === 'chunk' ? 'This grows to the end of what is read' : `Each call of \`${source}\` makes this longer`}: ${evidence.at(-1) ?? ''}.${doubtText(doubt)}`,
  lensOf: ({ unit }) =>
    unit === 'chunk' ? 'unbounded: holds all that is read' : 'unbounded: kept per call, never emptied',
};
