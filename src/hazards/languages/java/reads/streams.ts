import type { Node } from 'web-tree-sitter';
import type { JavaFile } from '../file';
import { textIn } from '../../../syntax';
import { asksOnly } from './socketLines';

/** Where the bytes of a stream come from, as far as whoever reads them has no say in how many they are. */
export interface Arriving {
  /** In words: `the body of a request`. */
  what: string;
  /** What may bound it elsewhere. */
  doubt: string;
}

export const unpacked = 'all that is unpacked';
/** Known to be longer than thought only where any site answers (`fetchesAny`). */
export const ofAnswer: Arriving = {
  what: 'the whole answer of another program',
  doubt: 'how long its answers are',
};

/** Whoever calls says what is fetched: it is any site, not the one service that a client is made for. */
const takesAddress = /\bUR[IL]\b|\b\w*(ur[il]|link|address|location|href)\w*\s*[,)]/i;

/** Classes that fetch whatever they are told. */
const fetching =
  /Download|Crawl|Spider|Scrap|Fetch(er)?$|^Http(Response|Request|Util|Helper|Kit|Tool|Get)|Requester$|Response(Body)?(Handler|Util|Reader)|Proxy(?!Config)/;

/** What hands on the files of others. */
const handing = /[uU]pload|[aA]ttach|[vV]ideo|[mM]edia(?!Type)|FileResponse/;

/** Words of files in which such a one is declared or called. */
export const handingWords = new RegExp(`\\w \\w*(${handing.source})\\w*( [\\w\\s,<>.]*\\{|\\()`);

/** Is it a method that hands on files, or of a class that does? */
export const handsOnFiles = (place: Node, file: JavaFile): boolean =>
  handing.test(`${textIn(file.classAround(place), 'name')} ${textIn(file.methodAround(place)?.node, 'name')}`);

/** Is what the method fetches any site? */
export function fetchesAny(place: Node, file: JavaFile): boolean {
  const owner = file.classAround(place)?.childForFieldName('name')?.text ?? '';
  const given = file.methodAround(place)?.node.childForFieldName('parameters')?.text ?? '';
  return takesAddress.test(given) || fetching.test(owner);
}

const ofPeer: Arriving = {
  what: 'all that comes until the other side closes',
  doubt: 'whether the peer can be trusted',
};

/** What such a stream is opened with, and what it brings. The first that fits counts. */
const openings: readonly (readonly [RegExp, Arriving])[] = [
  [
    /\b\w*([uU]pload|[pP]art|[fF]ileItem|[mM]ultipart)\w*(\(\))?\.(getInputStream|openStream)\(\)/,
    { what: 'the whole upload', doubt: 'whether what stands in front of it limits uploads' },
  ],
  [
    /\b\w*([zZ]ip|[aA]rchive)\w*\.getInputStream\(\w|\b(Tar|Cpio|Ar|Archive)\w*InputStream\(/,
    { what: unpacked, doubt: 'how large the entries are' },
  ],
  [/\b\w*([sS]ocket|[sS]ock|[pP]eer)(\(\))?\.getInputStream\(\)/, ofPeer],
  [
    /\b(GZIP|Inflater|Deflater|Zip|BZip2|LZ4|Snappy|Zstd|Brotli|LZMA|XZ)\w*InputStream\(/,
    { what: unpacked, doubt: 'how large that is when it is unpacked' },
  ],
  [
    /\.getObjectContent\(\)|\bgetObject\([^()]*\)(\.getObjectContent\(\))?$/,
    { what: 'the whole object of a store', doubt: 'how large its objects are' },
  ],
  [
    /(^|[\s(.])(\w*(request|req|exchange|ctx|context|event)(\(\))?|super)\.(getInputStream|getRequestBody|getReader|getBody)\(\)/i,
    { what: 'the whole body of a request', doubt: 'whether what stands in front of it limits bodies' },
  ],
  [
    /\b\w*(connection|conn|con|urlc|uc|http|url|uri)(\(\))?\.(getInputStream|openStream)\(\)|\.openConnection\(\)|\.openStream\(\)/i,
    ofAnswer,
  ],
  [
    /\b\w*(response|resp|res|reply|entity|result)(\(\))?\.(getEntity|getContent|getBody|body|getInputStream|getResponseBody\w*|byteStream|asInputStream)\(\)|\bgetEntity\(\)|\.body\(\)/i,
    ofAnswer,
  ],
];

/** Files and parts of the program, of which somebody knows how long they are, and what stands in memory already. */
const ownData =
  /\bgetResource|\bresource\w*\.open|File(Input|Channel|Reader)|Files\.|new File\(|ClassLoader|openRawResource|getAssets|ByteArrayInputStream|StringReader/;

/** Signs that somebody looks how long it is, or reads only so much. */
const limits =
  /[cC]ontent_?[lL]ength\w*(\(\))?\)?\s*>=?\s*(?!-?[01]\b)\w|\b(?<!Math\.)(max|MAX|limit|LIMIT)(?!Retr)\w*|Bounded\w*Stream|Limit(ed|ing)?\w*Stream\((?![^()]*[cC]ontentLength)|ByteStreams\.limit|readNBytes/;

/** Does the method look how long it is, or read only so much? */
export const looksAtLength = (method: Node | undefined) => limits.test(method?.text ?? '');

/** So many variables at most lie between where a stream is opened and where it is read. */
const mostSteps = 3;

/** What a program is set up with, somebody has written for it. */
const ofSettings = /Config|Settings/;

/** What a stream brings that is read at a place; null: nothing says that it comes from outside, or somebody looks how much. */
export function arrivingIn(stream: Node, file: JavaFile): Arriving | null {
  const method = file.methodAround(stream)?.node;
  const owner = file.classAround(stream)?.childForFieldName('name')?.text ?? '';
  if (!method || limits.test(method.text) || ofSettings.test(owner)) return null;
  const made = openedWith(givenBy(stream, file), method);
  const found = openings.find(([opening]) => opening.test(made))?.[1] ?? givenIn(made, method, file);
  if (!found || (found === ofPeer && asksOnly(file)) || (ownData.test(made) && found.what !== unpacked)) return null;
  return found === ofAnswer && !fetchesAny(stream, file) ? null : found;
}

/** A stream that a method of this file without parameters gives is what that method opens. */
function givenBy(stream: Node, file: JavaFile): string {
  const meant = stream.type === 'method_invocation' ? file.methodMeant(stream)?.node : undefined;
  const given = meant?.childForFieldName('parameters')?.namedChildCount === 0 ? meant : null;
  return given && !limits.test(given.text) ? `${stream.text} ${textIn(given, 'body')}` : stream.text;
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
function givenIn(made: string, method: Node, file: JavaFile): Arriving | null {
  const name = textIn(method, 'name');
  const isHandler = /^(deliver|receive|handle|process|on|deserialize|consume|service)(?![a-z])/.test(name);
  const given = (method.childForFieldName('parameters')?.namedChildren ?? []).find((each) =>
    /^(\w*InputStream|Reader|BufferedReader)$/.test(textIn(each, 'type')),
  );
  const parameter = given?.childForFieldName('name')?.text;
  const isFetched = fetching.test(file.classAround(method)?.childForFieldName('name')?.text ?? '');
  if (parameter !== undefined && isFetched && new RegExp(`\\b${parameter}\\b`).test(made)) return ofAnswer;
  if (!isHandler || parameter === undefined || !new RegExp(`\\b${parameter}\\b`).test(made)) return null;
  return { what: `all that \`${name}\` is handed`, doubt: `how much \`${name}\` is handed` };
}
