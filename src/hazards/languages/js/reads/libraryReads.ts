import type { Node } from 'web-tree-sitter';
import { runsSeldom } from '../../../handedOver';
import type { Growth, Words } from '../../../rule';
import { lineOf, oneLine } from '../../../syntax';
import { allOf, anyOf } from '../../../words';
import { argumentsOf, calleeName, isFunction, receiverOf, type SourceFile } from '../file';
import { knownAround } from '../arrivals/given';

/** What a call brings by the documents of its library, and what is not shown here. */
interface Brought {
  brings: string;
  doubt: string;
}

const unpacking = /^(gunzip|inflate|inflateRaw|unzip|brotliDecompress)(Sync)?$/;

/** Words of a file that may call one of these. */
export const mayBringAll: Words = anyOf(
  allOf(/redis/i, /(?<!\b(?:Object|Reflect|Array|_|lodash))\.keys\(\s*[^)\s]/),
  allOf(/['"](?:bl|concat-stream)['"]/, /\.pipe\(/),
  /['"](?:multer|express-fileupload)['"]/,
  allOf(/firestore/i, /\.get\(\)|\bgetDocs\(/),
  allOf(/zlib/, /\b(?:gunzip|inflate|inflateRaw|unzip|brotliDecompress)(?:Sync)?\(/),
);

/** Calls that bring all there is unless they are told a limit, as the documents of their libraries say. */
export function libraryRead(call: Node, file: SourceFile): Growth | null {
  const found = broughtBy(call, file);
  if (!found) return null;
  return {
    unit: 'call',
    source: oneLine(call),
    evidence: [`\`${oneLine(call.childForFieldName('function') ?? call)}\` on line ${lineOf(call)} ${found.brings}`],
    turns: [{ place: call, repeated: call }],
    settledEarly: null,
    doubt: found.doubt,
  };
}

function broughtBy(call: Node, file: SourceFile): Brought | null {
  const name = calleeName(call);
  if (name === 'keys') return keysOfRedis(call, file);
  if (name === 'get' || name === 'getDocs') return ofFirestore(call, file);
  if (unpacking.test(name)) return unpacked(call, file);
  return collected(call, file) ?? uploads(call, file);
}

/** `redis.keys('session:*')` */
function keysOfRedis(call: Node, file: SourceFile): Brought | null {
  const [pattern] = argumentsOf(call);
  const client = receiverOf(call)?.text ?? '';
  const known =
    /redis/i.test(client) || (file.importsAny(/redis/) && /(client|conn(ection)?|cache|store|db)$/i.test(client));
  if (!pattern || !known || isFunction(pattern)) return null;
  return {
    brings: 'brings every key that matches with one blocking answer (SCAN brings them in pieces)',
    doubt: 'how many keys match',
  };
}

/** `collection.get()`, `db.collection('orders').get()`, `getDocs(collection(db, 'orders'))` */
function ofFirestore(call: Node, file: SourceFile): Brought | null {
  if (!file.says('firestore|firebase')) return null;
  const [asked] = argumentsOf(call);
  const whole =
    calleeName(call) === 'get'
      ? !asked && /(^|\.)(\w*collection(Ref)?|collection(Group)?\([^()]*\))$/i.test(receiverOf(call)?.text ?? '')
      : /^collection(Group)?\(|^\w*collection(Ref)?$/i.test(asked?.text ?? '');
  return whole
    ? { brings: 'brings all documents of the collection (limit() asks for a number)', doubt: 'how many there are' }
    : null;
}

/** `zlib.gunzipSync(body)` of what its function is handed. */
function unpacked(call: Node, file: SourceFile): Brought | null {
  const [packed] = argumentsOf(call);
  const module = file.moduleOf(receiverOf(call)?.text ?? calleeName(call)) ?? '';
  if (!packed || !/^(node:)?zlib$/.test(module) || call.text.includes('maxOutputLength')) return null;
  const around = knownAround(call, file);
  const handed: string[] = around?.node.childForFieldName('parameters')?.text.match(/[\w$]+/g) ?? [];
  const [first = ''] = packed.text.split(/[.[(]/);
  if (!around || runsSeldom(around.name) || !handed.includes(first)) return null;
  return {
    brings: 'unpacks all of it, which may be a thousand times as long (maxOutputLength ends that)',
    doubt: `who sends \`${oneLine(packed)}\``,
  };
}

/** `request.pipe(bl((error, body) => …))` */
function collected(call: Node, file: SourceFile): Brought | null {
  const piped = call.parent?.parent;
  const [told] = argumentsOf(call);
  if (!told || piped?.type !== 'call_expression' || calleeName(piped) !== 'pipe') return null;
  const name = calleeName(call);
  const from = receiverOf(call) === null ? file.moduleOf(name) : null;
  const source = receiverOf(piped)?.text ?? '';
  if (!/^(bl|concat-stream)$/.test(from ?? '') || /createReadStream|std(in|out|err)|child|proc\b/i.test(source))
    return null;
  return { brings: `keeps all that \`${source}\` sends in memory`, doubt: `how long what \`${source}\` sends can be` };
}

/** `multer({ storage: multer.memoryStorage() })`, `fileUpload()` */
function uploads(call: Node, file: SourceFile): Brought | null {
  const from = receiverOf(call) === null ? file.moduleOf(calleeName(call)) : null;
  if (!/^(multer|express-fileupload)$/.test(from ?? '') || /\blimits?\b|\.\.\./.test(call.text)) return null;
  const [options] = argumentsOf(call);
  if (options && options.type !== 'object') return null;
  const said = options?.text ?? '';
  const memory =
    from === 'multer'
      ? !/\bdest\b/.test(said) && (!/\bstorage\b/.test(said) || keepsInMemory(said, file))
      : !said.includes('useTempFiles: true');
  return memory
    ? {
        brings: 'keeps each file that is sent in memory, however long (limits.fileSize is Infinity unless set)',
        doubt: 'what a proxy before it lets through',
      }
    : null;
}

const keepsInMemory = (said: string, file: SourceFile): boolean =>
  said.includes('memoryStorage(') ||
  (/\bstorage\b(?!:)|\bstorage: storage\b/.test(said) && file.says('\\bstorage = [\\w.]*memoryStorage\\('));
