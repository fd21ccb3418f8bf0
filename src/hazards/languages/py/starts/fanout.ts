import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, placeOf } from '../../../syntax';
import { argumentsOf, assignedAbove, calleeName, positional, type PythonFile } from '../file';
import { callsOf } from '../../../words';
import { spawning } from '../names';

/** Awaited calls whose answer is as long as the data is: listings, queries, scans. */
const asked =
  /^(list_\w+|scan\w*|find_\w+|find|fetch\w*|query\w*|search\w*|select\w*|get_all(_\w+)?|get_many|get_(items|members|messages|users|jobs|records|rows|files|events)|\w+_(list|search|members|users|contacts|channels|rooms|devices|keys|ids)|execute|all|scalars|json|keys|hkeys|hvals|hgetall|smembers|lrange|zrange\w*|xrange|getmany|receive_messages|aggregate|to_list)$/;

/** The same, where nothing needs to be awaited: files, rows, lines. */
const read =
  /^(glob|rglob|iglob|iterdir|listdir|scandir|walk|fetchall|splitlines|readlines|iterrows|itertuples|scan_iter|findall|finditer|get_json|DictReader)$/;

/** Words without which nothing here is as long as the data. */
export const listing = callsOf(asked, read);

/** Calls that only pass their first argument, or what they are called on, along. */
const passing =
  /^(list|tuple|set|sorted|reversed|enumerate|zip|filter|iter|dict|values|items|copy|tqdm|unique|chain|from_iterable)$/;

/** Cut into pieces of a fixed size: as many at once as a piece holds. */
const piecewise = /^(batched|chunked|chunks?|\w*_chunks?|\w*_batch(es)?|islice|grouper|batch\w*)$/;

/** `fetch(batch=size)` */
const pieceOf = /^(batch(_size)?|limit|count|max_\w+|page_size|num\w*)\s*=(?!\s*(None|0)$)/;

/** `gather(*[f(x) for x in rows])`: starts all elements of a collection that is as long as the data. */
export function fanoutOf(place: Node, file: PythonFile): Growth | null {
  const started = startedBy(place, file);
  const over = started && collectionOf(started);
  if (!started || !over || !startsWork(started)) return null;
  const listed = isWalked(started) ? over : listedBy(over, place, file, 5);
  if (!listed) return null;
  return {
    unit: 'element',
    source: oneLine(over),
    evidence: [
      `\`${oneLine(over)}\` is as long as what ${placeOf(listed)} gives`,
      `\`${calleeName(place)}\` on line ${lineOf(place)} starts all of it at once`,
    ],
    turns: [{ place: started, repeated: started }],
    settledEarly: null,
    ...(/discover/i.test(listed.text + over.text) ? { doubt: 'how many there are on the network' } : {}),
  };
}

/** The comprehension, generator or `map(…)` whose elements are started; through one variable where there is one. */
function startedBy(call: Node, file: PythonFile): Node | null {
  const name = calleeName(call);
  const given =
    name === 'gather' ? argumentsOf(call).filter(({ type }) => type === 'list_splat') : positional(call).slice(0, 1);
  for (const each of given) {
    const [value] = each.type === 'list_splat' ? partsOf(each) : [each];
    const found = value && (asIteration(value) ?? fromVariable(value, call, file));
    if (found) return found;
  }
  return null;
}

const asIteration = (value: Node): Node | null => {
  if (/^(list_comprehension|generator_expression|set_comprehension)$/.test(value.type)) return value;
  return value.type === 'call' && calleeName(value) === 'map' ? value : null;
};

/** `tasks = [f(x) for x in rows]`, or `for x in rows: tasks.append(f(x))`. */
function fromVariable(name: Node, call: Node, file: PythonFile): Node | null {
  if (name.type !== 'identifier') return null;
  const made = assignedAbove(name.text, call);
  const direct = made && asIteration(made);
  if (direct) return direct;
  const scope = file.functionAround(call)?.node ?? file.root;
  const added = scope
    .descendantsOfType('augmented_assignment')
    .filter((each) => each.endIndex < call.startIndex && each.childForFieldName('left')?.text === name.text)
    .map((each) => each.childForFieldName('right'))
    .find((each) => each !== null && asIteration(each) !== null);
  if (added) return added;
  const append = scope
    .descendantsOfType('call')
    .find(
      (each) => each.endIndex < call.startIndex && each.childForFieldName('function')?.text === `${name.text}.append`,
    );
  const loop =
    append && [...ancestorsOf(append)].find(({ type }) => type === 'for_statement' || type === 'function_definition');
  return loop?.type === 'for_statement' && (!loop.text.includes('await ') || isWalked(loop)) ? loop : null;
}

/** `async for entry in folder.scan(): started.append(…)`: as many as there are. */
const isWalked = (started: Node): boolean =>
  started.type === 'for_statement' &&
  started.children.some(({ type }) => type === 'async') &&
  started.childForFieldName('right')?.type === 'call';

function collectionOf(started: Node): Node | null {
  if (started.type === 'call') return positional(started)[1] ?? null;
  if (started.type === 'for_statement') return started.childForFieldName('right');
  return started.descendantsOfType('for_in_clause')[0]?.childForFieldName('right') ?? null;
}

/** A call for each element, rather than a test or a name. */
function startsWork(started: Node): boolean {
  if (started.type === 'call') return true;
  const body = started.childForFieldName('body');
  const calls = body?.descendantsOfType('call') ?? [];
  return (
    body?.type === 'call' || calls.some((call) => spawning.test(calleeName(call)) || calleeName(call) === 'append')
  );
}

/** The call that makes the collection as long as the data; null: nothing shows it. */
function listedBy(over: Node, place: Node, file: PythonFile, depth: number): Node | null {
  const value = over.type === 'await' ? (partsOf(over)[0] ?? over) : over;
  if (value.type === 'identifier' && depth > 0) {
    const right = assignedAbove(value.text, place);
    return right ? listedBy(right, place, file, depth - 1) : null;
  }
  if (/^(list|set)_comprehension$|^generator_expression$/.test(value.type)) {
    const inner = value.descendantsOfType('for_in_clause')[0]?.childForFieldName('right');
    return inner && depth > 0 ? listedBy(inner, place, file, depth - 1) : null;
  }
  // `answer['items']`
  const whole = value.type === 'subscript' ? value.childForFieldName('value') : null;
  if (whole && depth > 0 && !value.descendantsOfType('slice').length) return listedBy(whole, place, file, depth - 1);
  if (value.type !== 'call') return null;
  const name = calleeName(value);
  if (passing.test(name)) {
    const passed = positional(value)[0] ?? value.childForFieldName('function')?.childForFieldName('object');
    return passed && depth > 0 ? listedBy(passed, place, file, depth - 1) : null;
  }
  if (piecewise.test(name) || argumentsOf(value).some(({ text }) => pieceOf.test(text))) return null;
  return read.test(name) || (over.type === 'await' && asked.test(name)) ? value : null;
}
