import type { Node } from 'web-tree-sitter';
import type { JavaFile } from './file';

/** Where the bytes of a stream come from, as far as whoever reads them has no say in how many they are. */
export interface Arriving {
  /** In words: `the body of a request`. */
  what: string;
  /** What may bound it elsewhere. */
  doubt: string;
}

const unpacked = 'all that is unpacked';
const answer = 'the whole answer of another program';

/** Whoever calls says what is fetched: it is any site, not the one service that a client is made for. */
const takesAddress = /\bUR[IL]\b|\b\w*(ur[il]|link|address|location|href)\w*\s*[,)]|\bRequest\b|\bHttp\w*Request\b/i;

/** What such a stream is opened with, and what it brings. The first that fits counts. */
const openings: readonly (readonly [RegExp, Arriving])[] = [
  [
    /\b(GZIP|Inflater|Deflater|Zip|BZip2|LZ4|Snappy|Zstd|Brotli|LZMA|XZ)\w*InputStream\(/,
    { what: unpacked, doubt: 'how large that is when it is unpacked' },
  ],
  [
    /\b\w*(process|proc|p)\.get(Input|Error)Stream\(\)/i,
    { what: 'the whole output of a program', doubt: 'how much that program writes' },
  ],
  [
    /(^|[\s(.])\w*(request|req|exchange|ctx|context|event)(\(\))?\.(getInputStream|getRequestBody|getReader|getBody)\(\)/i,
    { what: 'the whole body of a request', doubt: 'whether what stands in front of it limits bodies' },
  ],
  [
    /\b\w*(connection|conn|con|urlc|uc|http|socket|sock|url|uri)(\(\))?\.(getInputStream|openStream)\(\)|\.openConnection\(\)|\.openStream\(\)/i,
    { what: answer, doubt: 'how long its answers are' },
  ],
  [
    /\b\w*(response|resp|res|reply|entity|result)(\(\))?\.(getEntity|getContent|getBody|body|getInputStream|getResponseBody\w*|byteStream|asInputStream)\(\)|\bgetEntity\(\)|\.body\(\)/i,
    { what: answer, doubt: 'how long its answers are' },
  ],
];

/** Files and parts of the program, of which somebody knows how long they are, and what stands in memory already. */
const ownData =
  /\bgetResource|File(Input|Channel|Reader)|Files\.|new File\(|ClassLoader|openRawResource|getAssets|ByteArrayInputStream|StringReader/;

/** Signs that somebody looks how long it is, or reads only so much. */
const limits =
  /getContentLength|[cC]ontent_?[lL]ength|\b(max|MAX|limit|LIMIT)\w*|Bounded\w*Stream|Limit(ed|ing)?\w*Stream|ByteStreams\.limit|readNBytes/;

/** So many variables at most lie between where a stream is opened and where it is read. */
const mostSteps = 3;

/** What a stream brings that is read at a place; null: nothing says that it comes from outside, or somebody looks how much. */
export function arrivingIn(stream: Node, file: JavaFile): Arriving | null {
  const method = file.methodAround(stream)?.node;
  if (!method || limits.test(method.text)) return null;
  const made = openedWith(stream.text, method);
  const found = openings.find(([opening]) => opening.test(made))?.[1] ?? givenIn(made, method);
  if (!found || (ownData.test(made) && found.what !== unpacked)) return null;
  return found.what === answer && !takesAddress.test(method.childForFieldName('parameters')?.text ?? '') ? null : found;
}

/** The text of the stream and of what the variables in it are set to in the method. */
function openedWith(stream: string, method: Node): string {
  let made = stream;
  for (let step = 0; step < mostSteps; step++) {
    const name = /(?:^|[(,]\s*)([a-z_]\w*)\s*(?:[,)][^]*)?$/.exec(made)?.[1];
    const set =
      name === undefined
        ? null
        : new RegExp(`\\b${name}\\s*=(?!\\s*null)\\s*([^;=]{1,300}?)\\s*(?:;|\\)\\s*\\{)`).exec(method.text);
    if (!set?.[1] || made.includes(set[1])) break;
    made = `${made} ${set[1]}`;
  }
  return made;
}

/** A parameter of a method that is run for each message or request. */
function givenIn(made: string, method: Node): Arriving | null {
  const name = method.childForFieldName('name')?.text ?? '';
  const isHandler = /^(deliver|receive|handle|process|on|deserialize|consume|service)(?![a-z])/.test(name);
  const given = (method.childForFieldName('parameters')?.namedChildren ?? []).find((each) =>
    /^(\w*InputStream|Reader|BufferedReader)$/.test(each.childForFieldName('type')?.text ?? ''),
  );
  const parameter = given?.childForFieldName('name')?.text;
  if (!isHandler || parameter === undefined || !new RegExp(`\\b${parameter}\\b`).test(made)) return null;
  return { what: `all that \`${name}\` is handed`, doubt: `how much \`${name}\` is handed` };
}
