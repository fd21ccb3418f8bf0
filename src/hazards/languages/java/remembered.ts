import { awaitsAnswer, isKeptPerItem, mayBeKept } from '../../longLived';
import type { Words } from '../../rule';
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

/** What is done with a collection. It begins with the dot: there are fewer of them than of words in a text. */
const done =
  /\.\s*(put|putIfAbsent|add|addAll|addLast|addFirst|addElement|remove\w*|clear|poll\w*|pop|take\w*|drain\w*|retainAll|iterator|listIterator|size|computeIfPresent|replaceAll|subList)\(/g;

/** The collection that it is done with: `pending` of `pending.values().iterator()`. */
const collection = /\b(\w+)\s*(?:\.\s*(?:keySet|values|entrySet)\(\)\s*)?$/;

/** Keys and entries of which a program has a few. */
const few =
  /<\s*[\w.]*\b(?:Class|Type|Method|Field|Constructor|ClassLoader|Locale|Charset|Thread|Integer|Short|Byte|Character|TimeUnit|\w*(?:Type|Kind|Enum|Level|Listener|Handler|Callback|Observer|Filter|Interceptor|Factory|Provider|Plugin|Converter|Descriptor|Definition|Config|Configuration|Closeable|Module|Extension|Hook|Strategy|Mode|State|Status|Feature|Property|Option|Codec))\b/;

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

/** Collections in fields that each item makes longer, and that nothing in the file makes shorter. */
export function rememberedIn(text: string): Remembered[] {
  const fields = [...text.matchAll(declared)].filter(
    ({ index, 2: type = '', 3: parameters = '', 4: field = '', 5: value = '' }) =>
      (text.includes(`${field}.add`) || text.includes(`${field}.put`)) &&
      mayBeKept(ownerAt(text, index), field) &&
      !few.test(parameters) &&
      !settled.test(type + value),
  );
  if (fields.length === 0 || ages.test(text)) return [];
  const uses = usesIn(text, new Set(fields.map(([, , , , name = '']) => name)));
  return fields.flatMap(({ 0: declaration, 2: type = '', 3: parameters = '', 4: field = '', index }) => {
    const used = uses.get(field);
    if (!used || !onlyGrows(field, used, text)) return [];
    const owner = ownerAt(text, index);
    for (const at of used.puts) {
      const head = headAt(text, at);
      if (!head || head.name === owner || ofSettings.test(head.name)) continue;
      const put = text.slice(at + field.length, text.indexOf(';', at)).slice(0, longestItem);
      const item = `${put} ${head.parameters} ${parameters}`;
      const answered = used.removes.length > 0;
      // A table of parts is as long as the program has parts.
      if (type.endsWith('Map') && !answered && !limitless.test(put)) continue;
      const shared = sharing.test(declaration) || locking.test(text.slice(Math.max(0, head.at - 60), at));
      const kept = isKeptPerItem({ owner, method: head.name, field, item, shared, least: shared ? 4 : 6 });
      if (kept) return [{ field, at, method: head.name, answered }];
    }
    return [];
  });
}

/** Keys of which ever new ones come. */
const limitless =
  /^\s*\.\s*put(IfAbsent)?\(\s*[\w.]*(ip|user|token|session|ur[il]|uuid|guid|nonce|correlation|transaction|message|request|remote|peer|client|visitor)\w*(\(\))?\s*,/i;

/** What is added under a name of its own is a setting or a part, and `next` walks through something that ends. */
const ofSettings = /^add[A-Z]|^next$/;

/** So much of what is put in is read for its names. Characters. */
const longestItem = 160;

/** Kinds for several threads, and locks that are held for them. */
const sharing = /Concurrent|[sS]ynchronized|CopyOnWrite|\bstatic\b/;
const locking = /\bsynchronized\b|[lL]ock(\(\))?\.lock\(/;

/** Words of files in which something is kept of what each item brings. */
export const remembers: Words = { test: (text) => rememberedIn(text).length > 0 };

function usesIn(text: string, names: ReadonlySet<string>): Map<string, Uses> {
  const uses = new Map<string, Uses>();
  for (const { index, 1: call = '' } of text.matchAll(done)) {
    const named = collection.exec(text.slice(Math.max(0, index - longestName), index));
    const name = named?.[1] ?? '';
    if (!named || !names.has(name)) continue;
    const at = index - named[0].length;
    const known = uses.get(name) ?? { puts: [], removes: [], clears: [], sizes: [], others: 0 };
    uses.set(name, known);
    if (/^(put|add)/.test(call)) known.puts.push(at);
    else if (call === 'remove') known.removes.push(at);
    else if (call === 'clear') known.clears.push(at);
    else if (call === 'size') known.sizes.push(at);
    else known.others++;
  }
  return uses;
}

/** So far back from a dot the name of the collection is looked for. Characters. */
const longestName = 90;

function onlyGrows(field: string, { puts, removes, clears, sizes, others }: Uses, text: string): boolean {
  if (puts.length === 0 || others > 0 || isReplaced(field, text) || isHandedOn(field, text)) return false;
  if (sizes.some((at) => isCompared(text.slice(Math.max(0, at - 40), at + 80)))) return false;
  if (clears.some((at) => !ends.test(headAt(text, at)?.name ?? ''))) return false;
  return removes.length === 0 || waitsForAnswer(field, puts, removes, text);
}

/** Is another put in its place somewhere? */
const isReplaced = (field: string, text: string) =>
  [...text.matchAll(new RegExp(`(?<!\\w\\.)(?<!\\w)${field}\\s*=[^=]|\\bthis\\.${field}\\s*=[^=]`, 'g'))].length > 1;

/** Does something else get it, that may take from it? */
const isHandedOn = (field: string, text: string) =>
  new RegExp(`(?<!for|while|if|synchronized|>|new \\w+)\\s*\\((?:[^()]*,\\s*)?(?:this\\.)?${field}\\s*[,)]`).test(text);

const isCompared = (around: string) =>
  /size\(\)\s*(?:[-+]\s*\w+\s*)?(?:[<>]=?|[=!]=)\s*(?![01]\b)|[<>]=?\s*(?:this\.)?\w+\s*\.\s*(?:\w+\(\)\.)?size\(\)|=\s*(?:this\.)?\w+\.size\(\);/.test(
    around,
  );

/** Is an entry only taken out when an answer comes: does nothing look how old it is, and does no call take out its own? */
function waitsForAnswer(field: string, puts: readonly number[], removes: readonly number[], text: string): boolean {
  const fillers = puts.map((at) => headAt(text, at)?.at);
  const takers = removes.map((at) => headAt(text, at));
  return (
    (awaitsAnswer(field) || takers.some((head) => head !== null && answers.test(head.name))) &&
    !takers.some((head) => fillers.includes(head?.at)) &&
    ![...puts, ...removes].some((at) => runsOut.test(text.slice(Math.max(0, at - 600), at + 400)))
  );
}

const answers = /answer|response|repl(y|ie)|receiv|ack(?!s)|result|complet|confirm/i;
