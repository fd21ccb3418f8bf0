import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { placeOf, textIn } from '../../../syntax';
import { argumentsOf } from '../calls';
import type { Declarations } from '../declarations';
import { asking } from './asking';
import { readWhole } from './bodies';

/** What unpacks as long as it is read. */
const unpacker =
  /\b(?:p?gzip|kgzip|zlib|flate|brotli|zstd|gozstd|bzip2|xz|lzma|lz4|s2|snappy)\.NewReader\w*\(|[gG]zip\w*Reader\(/;

/** Calls that unpack a message at once, into memory of the size that its first bytes tell. */
const atOnce = /^(?:snappy|s2)\.Decode$|^(?:gozstd|zstd)\.Decompress$|\.DecodeAll$/;

/** The data are the program's own: files, what it compiled in or put aside itself, answers to its own calls. */
const own =
  /\bos\.(?:Open|ReadFile)\w*\(|\bioutil\.ReadFile\(|\*os\.File\b|\bfs\.|bindata|snapshot|download|cache(?!-)|\*http\.Response\b|(?:res|resp|response|rsp)\.(?:Body|Value|Data|Payload)\b/i;

/** Packed bytes that are unpacked to their end. */
export function unpackedOf(call: Node, file: Declarations): Growth | null {
  const around = file.functionAround(call)?.node.text ?? '';
  if (!unpacks(call, around) || own.test(around)) return null;
  return asking(
    call,
    'chunk',
    `${placeOf(call)} unpacks to the end: a thousand times as much may come out as went in, unless a LimitReader ends it`,
    'whether somebody else sends it',
  );
}

function unpacks(call: Node, around: string): boolean {
  const callee = textIn(call, 'function');
  if (atOnce.test(callee)) return argumentsOf(call).some(({ text }) => text === 'nil');
  const read = readWhole(call);
  if (read?.type === 'call_expression') return unpacker.test(read.text);
  return (
    read?.type === 'identifier' &&
    [...around.matchAll(new RegExp(`\\b${read.text}(?:, \\w+)? :?= ([^\\n]*)`, 'g'))].some(([, value = '']) =>
      unpacker.test(value),
    )
  );
}
