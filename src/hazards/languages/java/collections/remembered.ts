import { awaitsAnswer, isKeptPerItem, mayBeKept, wordsOf } from '../../../longLived';
import type { Words } from '../../../rule';
import { naming, wordsNamed } from '../../../words';
import { headAt, ownerAt } from './heads';

/** A collection in a field that each item makes longer, by the text of its file alone. */
export interface Remembered {
  field: string;
  /** Where the name of the collection stands at which something is put in. */
  at: number;
  method: string;
  /** Is an entry taken out when an answer comes, and only then? */
  answered: boolean;
}

/** A field that holds a collection. */
const declared =
  /\b((?:private|protected)\s+(?:(?:static|final|volatile|transient)\s+)*)(?:java\.util\.(?:concurrent\.)?)?((?:Concurrent|CopyOnWrite|Linked|Hash|Tree|Array|Sorted|Navigable)*(?:Map|Set|List|Collection|Vector|Hashtable))\s*(<[^;={}()]*>)?\s+(\w+)\s*(=[^;{]*)?[;{]/g;

/** What is done with a collection, behind its name: `.remove(`, `.values().iterator(`. */
const done =
  /\s*(?:\.\s*(?:keySet|values|entrySet)\(\)\s*)?\.\s*(put|putIfAbsent|add|addAll|addLast|addFirst|addElement|remove\w*|clear|poll\w*|pop|take\w*|drain\w*|retainAll|iterator|listIterator|size|computeIfPresent|replaceAll|subList)\(/y;

/** Keys and entries of which a program has a few. */
const few =
  /<\s*[\w.]*\b(?:Class|Type|Method|Field|Constructor|ClassLoader|Locale|Charset|Thread|Integer|Short|Byte|Character|TimeUnit|\w*(?:Type|Kind|Enum|Level|Listener|Handler|Callback|Observer|Filter|Interceptor|Factory|Provider|Plugin|Converter|Descriptor|Definition|Config|Configuration|Closeable|Module|Extension|Hook|Strategy|Mode|State|Status|Feature|Property|Option|Codec))\b/;

/** What was known before the program began, and what a broker has given credit for. */
const ofCredit = /^_?(recovered|init|local)[A-Z]|^_?(received|queued|unsettled)?deliver|^_?received\w*(Map|Ack)/i;

/** What went wrong, of which there is little in one course of a program. Threads share what a monitor keeps. */
const ofMistakes = /(error|warning|exception|failure|report)s?$|^_?failed[A-Z]/i;

/** Made whole at once, or a kind that lets go by itself. */
const settled = /Enum|Weak|unmodifiable|[iI]mmutable|LRU|Lru|\b(Map|List|Set)\.of|asList/;

/** Signs that old entries go by themselves. */
const ages = /WeakHashMap|WeakReference|SoftReference|removeEldestEntry|Caffeine|CacheBuilder|\bCache</;
const runsOut = /time_?d?_?out|expir|deadline|evict|\bttl|purge|stale|schedule\(/i;

/** Methods in which all is thrown away because something ends or begins anew. */
const ends =
  /^_*(close|stop|shutdown|reset|clear|dispose|destroy|terminate|cleanup|disconnect|init|start|begin|rewind)/i;

interface Uses {
  puts: number[];
  removes: number[];
  clears: number[];
  sizes: number[];
  others: number;
}

let last: { text: string; found: readonly Remembered[] } = { text: '', found: [] };

/** Collections in fields that each item makes longer, and that nothing in the file makes shorter. Asked twice of a text. */
export function rememberedIn(text: string): readonly Remembered[] {
  if (last.text !== text) last = { text, found: findRemembered(text) };
  return last.found;
}

/** Words of files that put something into a collection. */
const fills = naming('.add', '.put');

function findRemembered(text: string): Remembered[] {
  if (!fills.test(text)) return [];
  const fields = [...text.matchAll(declared)].filter(
    ({ index, 2: type = '', 3: parameters = '', 4: field = '', 5: value = '' }) =>
      !settled.test(type + value) &&
      !few.test(parameters) &&
      !ofCredit.test(field) &&
      (text.includes(`${field}.add`) || text.includes(`${field}.put`)) &&
      (awaited.test(parameters) || mayBeKept(kindOf(ownerAt(text, index)), field)),
  );
  const found = fields.flatMap(({ 0: declaration, 2: type = '', 3: parameters = '', 4: field = '', index }) => {
    const used = usesOf(field, text);
    if (!onlyGrows(field, parameters, used, text)) return [];
    const owner = ownerAt(text, index);
    if (ofOneRun.test(owner)) return [];
    for (const at of used.puts) {
      const head = headAt(text, at);
      if (!head || head.name === owner || ofSettings.test(head.name) || /recover/i.test(head.name)) continue;
      const put = text.slice(at + field.length, text.indexOf(';', at)).slice(0, longestItem);
      const item = `${put} ${head.parameters} ${parameters}`;
      const answered = used.removes.length > 0;
      const isOfThreads = ofThreads.test(declaration) || locking.test(text.slice(Math.max(0, head.at - 60), at));
      if (!isOfThreads && ofMistakes.test(field)) continue;
      const isLine = !isSetUp(head.name) && growsAnyway(type, put, answered) && mayBeKept(kindOf(owner), field);
      const isAwaited = answered && awaited.test(parameters) && !head.name.startsWith('register');
      if (isOfThreads ? isLine || isAwaited : isLine && perItem.test(head.name))
        return [{ field, at, method: head.name, answered }];
      if (!mayBeKept(kindOf(owner), field)) continue;
      const shared = isOfThreads || sharing.test(declaration);
      // A table of parts is as long as the program has parts.
      if (type.endsWith('Map') && !answered && !limitless.test(put)) continue;
      const kept = isKeptPerItem({ owner, method: head.name, field, item, shared, least: shared ? 4 : 6 });
      if (kept) return [{ field, at, method: head.name, answered }];
    }
    return [];
  });
  return found.length > 0 && ages.test(text) ? [] : found;
}

/** Classes of which there is one for each run: what they hold is gone with it. */
const ofOneRun = /(Scan|Transfer(In|Out)?|Changes|Span|Linker|Handle|Advice|Job|Records|Cursor)(Impl)?$/;

/** What a class is, its last word says: a `RequestHit` is no request. */
const kindOf = (owner: string) => wordsOf(owner).at(-1) ?? '';

/** By its name, does the method put together what the program is made of, or look up what it knows already? */
const isSetUp = (name: string) =>
  /^_*(register|subscribe|new|prepare|check|join|add[A-Z]\w*|bind|install|configure|init\w*|load|setup|set|with|define|declare|create|build|make|get|find|resolve|lookup|compute|parse|import|attach|listen|main|test|put|open|start|restore|recover|replay)(?![a-z])/.test(
    name,
  );

/** Methods that are called for each thing that comes or goes. */
const perItem =
  /^(on|handle|receive|process|deliver|accept|consume|publish|emit|send|store|log|record|report|track|notify|dispatch|visit)(?![a-z])|(Received|Arrived|Happened|Occurred)$/;

/** Does every call make it longer: is it no table, or one under keys that are made up as they are needed? */
const growsAnyway = (type: string, put: string, answered: boolean) =>
  !answered && (!/(Map|Set)$/.test(type) || everNew.test(put));

/** What somebody waits for. */
const awaited =
  /,\s*[\w.]*(Future|Promise|Deferred|Callback|Continuation|Invocation|Request|Call|Response)\w*(<[^;]*>)?\s*>$/;

/** Keys that are made as they are needed. */
const everNew =
  /^\s*\.\s*\w+\([^,]*(next\w*Id|[iI]ncrementAndGet|getAndIncrement|randomUUID|nextLong|currentTimeMillis|nanoTime)/;

/** Keys of which ever new ones come. */
const limitless =
  /^\s*\.\s*put(IfAbsent)?\(\s*[\w.]*(ip|user|token|session|uuid|guid|nonce|correlation|transaction|message|request|remote|peer|client|visitor)\w*(\(\))?\s*,/i;

/** What is added under a name of its own is a setting or a part, and `next` walks through something that ends. */
const ofSettings = /^add[A-Z]|^next$/;

/** So much of what is put in is read for its names. Characters. */
const longestItem = 160;

/** Kinds for several threads, and locks that are held for them. */
const sharing = /Concurrent|[sS]ynchronized|CopyOnWrite|\bstatic\b/;
const ofThreads = /Concurrent|[sS]ynchronized|CopyOnWrite/;
const locking = /\bsynchronized\b|[lL]ock(\(\))?\.lock\(/;

/** Words of files in which something is kept of what each item brings. */
export const remembers: Words = { test: (text) => rememberedIn(text).length > 0 };

function usesOf(name: string, text: string): Uses {
  const uses: Uses = { puts: [], removes: [], clears: [], sizes: [], others: 0 };
  for (const at of wordsNamed(text, name)) {
    done.lastIndex = at + name.length;
    const call = done.exec(text)?.[1];
    if (call === undefined) continue;
    if (/^(put|add)/.test(call)) uses.puts.push(at);
    else if (call === 'remove' && !/^\s*0\s*\)/.test(text.slice(done.lastIndex, done.lastIndex + 8)))
      uses.removes.push(at);
    else if (call === 'clear') uses.clears.push(at);
    else if (call === 'size') uses.sizes.push(at);
    else uses.others++;
  }
  return uses;
}

/** So far back from a bracket it is looked what stands before it. Characters. */
const longestName = 90;

function onlyGrows(field: string, parameters: string, uses: Uses, text: string): boolean {
  const { puts, removes, clears, sizes, others } = uses;
  if (puts.length === 0 || others > 0 || isReplaced(field, text) || isHandedOn(field, text)) return false;
  if (sizes.some((at) => isCompared(text.slice(Math.max(0, at - 40), at + 80)))) return false;
  if (clears.some((at) => !ends.test(headAt(text, at)?.name ?? ''))) return false;
  return removes.length === 0 || waitsForAnswer(field, parameters, uses, text);
}

/** Is another put in its place somewhere? */
const isReplaced = (field: string, text: string) =>
  [...text.matchAll(new RegExp(`(?<!\\w\\.)(?<!\\w)${field}\\s*=[^=]|\\bthis\\.${field}\\s*=[^=]`, 'g'))].length > 1;

/**
 * Does something else get it, that may take from it? Asked backwards from its name: from each bracket of the text on it
 * takes ten times as long.
 */
const isHandedOn = (field: string, text: string): boolean =>
  wordsNamed(text, field).some((at) => {
    const bracket = text.lastIndexOf('(', at);
    return (
      /^\s*[,)]/.test(text.slice(at + field.length)) &&
      /^(?:[^)]*,\s*)?(?:this\.)?$/.test(text.slice(bracket + 1, at)) &&
      bracket >= 0 &&
      !ofStatement.test(text.slice(Math.max(0, bracket - longestName), bracket))
    );
  });

/** Before a bracket whose contents nothing is handed. */
const ofStatement = /(?:\b(?:for|while|if|synchronized)\s?|>|new \w+)$/;

const isCompared = (around: string) =>
  /size\(\)\s*(?:[-+]\s*\w+\s*)?(?:[<>]=?|[=!]=)\s*(?![01]\b)|[<>]=?\s*(?:this\.)?\w+\s*\.\s*(?:\w+\(\)\.)?size\(\)|=\s*(?:this\.)?\w+\.size\(\);/.test(
    around,
  );

/** Is an entry only taken out when an answer comes: does nothing look how old it is, and does no call take out its own? */
function waitsForAnswer(field: string, parameters: string, { puts, removes }: Uses, text: string): boolean {
  const fillers = puts.map((at) => headAt(text, at)?.at);
  const takers = removes.map((at) => headAt(text, at));
  return (
    (awaitsAnswer(field) ||
      awaited.test(parameters) ||
      takers.some((head) => head !== null && answers.test(head.name))) &&
    !takers.some((head) => fillers.includes(head?.at)) &&
    ![...puts, ...removes].some((at) => runsOut.test(text.slice(Math.max(0, at - 600), at + 400)))
  );
}

const answers = /answer|response|repl(y|ie)|receiv|ack(?!s)|result|complet|confirm/i;
