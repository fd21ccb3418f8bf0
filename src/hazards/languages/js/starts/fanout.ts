import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, contains, lineOf, oneLine, partsOf, placeOf } from '../../../syntax';
import { allOf, anyOf, callsOf } from '../../../words';
import { eachAtOnce, mayEachAtOnce } from './eachAtOnce';
import { argumentsOf, calleeName, callTaking, isAsync, isFunction, receiverOf, type SourceFile } from '../file';
import { handedMany, isFew, isMany, mayStartHanded } from './handedMany';

/** Awaited calls whose answer is as long as the data is: listings, queries, scans, decoded bodies. */
const asked =
  /^(list\w*|find|findAll|findMany|getAll\w*|fetchAll\w*|query\w*|search\w*|scan\w*|select\w*|readdir|glob|globby|toArray|json|get[A-Z]\w*(?<!Setting|Option|Statu|Stat|Arg|Param|Prop|Detail|Addres|Credential|Permission|Header|Acces|Proces|Clas)s|keys|smembers|sMembers|lrange|lRange|hgetall|hGetAll|xrange|xRange|execute|loadAsync)$/;

/** The same, where nothing needs to be awaited. */
const read = /^(readdirSync|globSync|parse)$/;

/** What a store gives by a key. */
const stored = /^(get|hget|findOne|findById|load)$/;

/** `jobs.push(…)` before `Promise.all(jobs)`. */
const gathers = {
  test: (text: string) =>
    [...text.matchAll(/\bPromise\.(?:all|allSettled)\(\s*([\w$]+)\s*[),]/g)].some(([, name = '']) =>
      text.includes(`${name}.push(`),
    ),
};

const answers = callsOf(asked, stored).source;

/** A listing, and all of it started at once. */
const ofListing = allOf(
  /\bPromise\.(all|allSettled)\(\s*[^\s[\]]/,
  anyOf(
    new RegExp(`\\bawait\\b[^;]{0,200}?(${answers})|(${answers})[^;]{0,200}?\\.then\\(`),
    callsOf(read),
    /\breq(uest)?\.body\b|\bnew Glob(Sync)?\(/,
  ),
  anyOf(
    // Its argument begins with a collection and its steps: `rows.filter(isOpen).map(…`.
    /\bPromise\.(all|allSettled)\(\s*[^\s[\]]*(\s*\.\s*[\w$]+(\([^()]*(\([^()]*\))?[^()]*\))?)*\.map\(/,
    /\bPromise\.(all|allSettled)\(\s*(Object|Array|[\w$.]+\()/,
    gathers,
  ),
);

/** Words of a file in which all of something that is as long as the data may be started at once. */
export const mayFanOut = anyOf(ofListing, mayStartHanded, mayEachAtOnce);

/** Calls that only pass what they are called on along. */
const passing = /^(filter|slice|splice|sort|toSorted|reverse|flat|flatMap|map|concat|values|keys|entries|from)$/;

/** `Promise.all(rows.map(async …))`: starts all elements of a collection that is as long as the data. */
export function fanoutOf(place: Node, file: SourceFile): Growth | null {
  const [given] = argumentsOf(place);
  if (receiverOf(place)?.text !== 'Promise') return eachAtOnce(place, file);
  const over = given && (mappedOver(given) ?? gatheredOver(given, place, file));
  const listed = over && listedBy(over, over, file, 7);
  if (over && !listed) return handedMany(over, place, file);
  if (!over || !listed || isFew(over)) return null;
  const call = listed.type === 'call_expression' ? listed : null;
  // The caches of a browser have one for each version of a page.
  if (call && /^caches\s*\.keys\(\)$/.test(call.text)) return null;
  if (call && /^get[A-Z]/.test(calleeName(call)) && !isMany(calleeName(call))) return null;
  const ofOwn = call && (receiverOf(call)?.type === 'this' || isStored(call) || /^get[A-Z]/.test(calleeName(call)));
  return {
    unit: 'element',
    source: oneLine(over),
    evidence: [
      `\`${oneLine(over)}\` is as long as what ${placeOf(listed)} gives`,
      `\`${oneLine(place.childForFieldName('function') ?? place)}\` on line ${lineOf(place)} starts all of it at once`,
    ],
    turns: [{ place, repeated: place }],
    settledEarly: null,
    ...(ofOwn ? { doubt: `how much \`${oneLine(listed)}\` gives` } : {}),
  };
}

/** `rows` of `rows.map(work)` and `map(rows, work)`; null: it is no such call, or its work is done when it returns. */
function mappedOver(mapped: Node): Node | null {
  if (mapped.type !== 'call_expression' || calleeName(mapped) !== 'map') return null;
  const [first, second] = argumentsOf(mapped);
  // `map(rows, work)` of lodash.
  if (first && second && isFunction(second)) return startsWork(second) ? first : null;
  return first && startsWork(first) ? receiverOf(mapped) : null;
}

/** `rows` of `for (const row of rows) jobs.push(save(row))`, for the array `jobs`. */
function gatheredOver(array: Node, place: Node, file: SourceFile): Node | null {
  if (array.type !== 'identifier') return null;
  const around = file.functionAround(place) ?? file.root;
  for (const push of file.callsOn(array.text)) {
    const [job] = argumentsOf(push);
    if (calleeName(push) !== 'push' || !job || push.endIndex > place.startIndex || !contains(around, push)) continue;
    if (job.type === 'spread_element') {
      const over = mappedOver(partsOf(job)[0] ?? job);
      if (over) return over;
    } else if (job.type === 'call_expression' || job.text.startsWith('new Promise(')) {
      const over = loopedOver(push, around, place);
      if (over) return over;
    }
  }
  return null;
}

/** What the nearest loop around the place goes through. */
function loopedOver(push: Node, around: Node, waited: Node): Node | null {
  for (const outer of ancestorsOf(push)) {
    // What is gathered and waited for in one turn is as long as the turn.
    if (outer.id === around.id || contains(outer, waited)) return null;
    if (outer.type === 'for_in_statement') return outer.childForFieldName('right');
    const taking = isFunction(outer) ? callTaking(outer) : null;
    if (taking && calleeName(taking) === 'forEach') return receiverOf(taking);
  }
  return null;
}

/** `rows.slice(0, 10)`, `for (const batch of chunks(rows, 10))`. */
export function piecewise(place: Node): string | null {
  const piece = /\.(slice|splice)\(|\b(chunk|batch)\w*/i.exec(
    receiverOf(argumentsOf(place)[0] ?? place)?.text ?? '',
  )?.[0];
  if (piece !== undefined) return `pieces of a fixed size (\`${piece}\`)`;
  for (const outer of ancestorsOf(place)) {
    if (isFunction(outer)) return null;
    const loop = /^(for_statement|for_in_statement|while_statement)$/.test(outer.type) ? oneLine(outer) : '';
    if (/chunk|batch|page|cursor|i \+= |splice|slice/i.test(loop))
      return `pieces of a fixed size (line ${lineOf(outer)})`;
  }
  return null;
}

/** What a database keeps under a key is as long as it has become. */
const isStored = (call: Node): boolean =>
  stored.test(calleeName(call)) &&
  /(^|[._])(db|store|storage|redis|database|cache|\w*[rR]epo(sitory)?|collection)(\(\))?$/.test(
    receiverOf(call)?.text ?? '',
  );

/** A function that waits or calls, rather than one that only makes a value. */
const startsWork = (work: Node): boolean =>
  !isFunction(work) || isAsync(work) || work.childForFieldName('body')?.type === 'call_expression';

/** The code that makes the collection as long as the data; null: nothing shows it. */
function listedBy(over: Node, place: Node, file: SourceFile, depth: number): Node | null {
  if (depth === 0) return null;
  const next = (node: Node | null | undefined) => (node ? listedBy(node, place, file, depth - 1) : null);
  if (over.type === 'parenthesized_expression') return next(partsOf(over)[0]);
  if (over.type === 'member_expression')
    return /^(req|request|ctx\.request)\.body\b/.test(over.text) ? over : next(over.childForFieldName('object'));
  if (over.type === 'identifier')
    return (
      answerHanded(over.text, place) ??
      next(valueAbove(over.text, place, file)) ??
      handedByCaller(over.text, place, file, depth)
    );
  if (over.type === 'new_expression') return /^Glob(Sync)?$/.test(calleeName(over)) ? over : null;
  if (over.type === 'await_expression') {
    const [call] = partsOf(over);
    if (call?.type !== 'call_expression') return null;
    return asked.test(calleeName(call)) || isStored(call) ? call : null;
  }
  if (over.type === 'ternary_expression')
    return next(over.childForFieldName('consequence')) ?? next(over.childForFieldName('alternative'));
  if (over.type === 'binary_expression') return next(over.childForFieldName('left'));
  if (over.type !== 'call_expression') return null;
  const name = calleeName(over);
  const decodes = name !== 'parse' || receiverOf(over)?.text === 'JSON';
  if (read.test(name) && decodes) return over;
  if (!passing.test(name)) return null;
  const receiver = receiverOf(over);
  return next(!receiver || /^(Object|Array)$/.test(receiver.text) ? argumentsOf(over)[0] : receiver);
}

/** `list().then((rows) => …)`: the call whose answer the function around the place is handed by that name. */
function answerHanded(name: string, place: Node): Node | null {
  for (const outer of ancestorsOf(place)) {
    if (!isFunction(outer)) continue;
    const [given] = partsOf(outer.childForFieldName('parameters') ?? outer);
    const then = callTaking(outer);
    const call = then && calleeName(then) === 'then' ? receiverOf(then) : null;
    if (given?.text !== name && outer.childForFieldName('parameter')?.text !== name) return null;
    return call?.type === 'call_expression' && asked.test(calleeName(call)) ? call : null;
  }
  return null;
}

/** The body of a request that a call in the file hands to the function around the place under the name. */
function handedByCaller(name: string, place: Node, file: SourceFile, depth: number): Node | null {
  const around = file.functionAround(place);
  const at = partsOf(around?.childForFieldName('parameters') ?? place).findIndex(({ text }) => text === name);
  if (!around || at < 0) return null;
  for (const use of file.usesOf(around)) {
    const call = use.parent?.childForFieldName('function')?.id === use.id ? use.parent : null;
    const given = call && !contains(around, call) ? argumentsOf(call)[at] : undefined;
    const listed = given && listedBy(given, given, file, depth - 1);
    if (listed?.type === 'member_expression') return listed;
  }
  return null;
}

/** The value last given to the name above the place, in its function or in the module. */
function valueAbove(name: string, place: Node, file: SourceFile): Node | null {
  const scope = file.functionAround(place) ?? file.root;
  const declared = scope
    .descendantsOfType('variable_declarator')
    .filter((each) => each.endIndex <= place.startIndex && names(each).includes(name))
    .at(-1);
  return declared?.childForFieldName('value') ?? null;
}

/** `rows`, and also that of `{ rows }` and `[rows]`. */
function names(declarator: Node): string[] {
  const name = declarator.childForFieldName('name');
  if (name?.type === 'identifier') return [name.text];
  return name?.descendantsOfType(['shorthand_property_identifier_pattern', 'identifier']).map(({ text }) => text) ?? [];
}
