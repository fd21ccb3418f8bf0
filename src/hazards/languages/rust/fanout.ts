import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, placeOf } from '../../syntax';
import { argumentsOf, calleeName, receiverOf } from './calls';
import { assignedAbove, type RustFile } from './file';
import * as names from './names';
import { startsTask } from './starts';

/** Awaited calls whose answer is as long as the data is: listings, queries, scans. */
const asked =
  /^(list_\w+|scan\w*|find_\w+|find|fetch_all|fetch_many|query\w*|search\w*|select_\w+|get_all\w*|get_many\w*|load\w*|all|get_results|keys|hkeys|hvals|hgetall|smembers|lrange|zrange\w*|json|try_collect|fetch|fetch_metadata)$/;

/** The same, where nothing needs to be awaited: files, rows, lines. */
const read = /^(read_dir|glob|lines|records|deserialize|query_map|load|get_results)$/;

/** Cut into pieces of a fixed size: as many at once as a piece holds. */
const piecewise = /^(chunks|chunks_exact|array_chunks|take|ready_chunks|tuples|rchunks|drain)$/;

/** `join_all(rows.iter().map(f))`: starts all elements of a collection that is as long as the data. */
export function fanoutOf(place: Node, file: RustFile, perItem: (node: Node) => Growth | null): Growth | null {
  const name = calleeName(place);
  if (names.spawning.test(name)) return startedInLoop(place, file);
  const isLimit = /concurrent$|^buffer/.test(name);
  if (isLimit && !isEndless(argumentsOf(place)[0])) return null;
  const over = /join_all$|from_iter$/.test(name) ? argumentsOf(place)[0] : receiverOf(place);
  if (!over || (name === 'collect' && !/FuturesUnordered|FuturesOrdered/.test(place.text.slice(over.text.length))))
    return null;
  const listed = listedBy(over, place, 4);
  if (listed) return fromListing(over, listed, place);
  return isLimit ? fromStream(over, place, file, perItem) : null;
}

/** `None` and `usize::MAX` mean no limit. */
const isEndless = (limit: Node | undefined) =>
  limit !== undefined && /^(None|(\w+::)*usize::MAX|usize::max_value\(\))$/.test(limit.text);

/** `for row in rows { tokio::spawn(…) }` */
function startedInLoop(place: Node, file: RustFile): Growth | null {
  if (!startsTask(place, file)) return null;
  const loop = [...ancestorsOf(place)].find(({ type }) =>
    /^(for|loop|while)_expression$|^(function_item|closure_expression|async_block)$/.test(type),
  );
  const over = loop?.type === 'for_expression' ? loop.childForFieldName('value') : null;
  const listed = over && listedBy(over, place, 4);
  return loop && over && listed ? { ...fromListing(over, listed, place), turns: [{ place, repeated: loop }] } : null;
}

function fromListing(over: Node, listed: Node, place: Node): Growth {
  const collection = rootOf(over);
  return {
    unit: 'element',
    source: oneLine(collection),
    evidence: [
      `\`${oneLine(collection)}\` is as long as what ${placeOf(listed)} gives`,
      `\`${calleeName(place)}\` on line ${lineOf(place)} starts all of it at once`,
    ],
    turns: [{ place: over, repeated: over }],
    settledEarly: null,
  };
}

/** `consumer.stream().for_each_concurrent(None, …)`: the stream says how many there are. */
function fromStream(over: Node, place: Node, file: RustFile, perItem: (node: Node) => Growth | null): Growth | null {
  const text = oneLine(over);
  if (
    !/stream|consumer|subscri|messages|deliver/i.test(text) ||
    over.text.includes('stream::iter(') ||
    !file.importsAny(names.either)
  )
    return perItem(place);
  return {
    unit: 'message',
    source: text,
    evidence: [`\`${calleeName(place)}\` on line ${lineOf(place)} takes every message of \`${text}\` that has arrived`],
    turns: [{ place, repeated: place }],
    settledEarly: null,
  };
}

const through = /^(await|try|reference|parenthesized)_expression$/;

/** What a chain of calls begins with: `rows` of `rows.iter().map(f)`, also of `stream::iter(rows)`. */
function rootOf(node: Node): Node {
  if (through.test(node.type)) return rootOf(partsOf(node).at(-1) ?? node);
  if (node.type !== 'call_expression') return node;
  const receiver = receiverOf(node);
  const [first] = argumentsOf(node);
  if (receiver) return rootOf(receiver);
  return first && /^(iter|from_iter|join_all)$/.test(calleeName(node)) ? rootOf(first) : node;
}

/** The call that makes the collection as long as the data; null: nothing shows it. */
function listedBy(node: Node, place: Node, depth: number): Node | null {
  if (through.test(node.type)) {
    const inner = partsOf(node).at(-1);
    const call = node.type === 'await_expression' && inner ? askedIn(inner) : null;
    return call ?? (inner ? listedBy(inner, place, depth) : null);
  }
  if (node.type === 'identifier') {
    const value = depth > 0 ? assignedAbove(node.text, place) : null;
    return value && listedBy(value, place, depth - 1);
  }
  if (node.type !== 'call_expression') return null;
  const name = calleeName(node);
  if (piecewise.test(name)) return null;
  if (read.test(name)) return node;
  const from = receiverOf(node) ?? (/^iter$|^from_iter$/.test(name) ? argumentsOf(node)[0] : undefined);
  return from ? listedBy(from, place, depth) : null;
}

/** `client.list_objects()` of `client.list_objects().send()`, which is awaited. */
function askedIn(call: Node): Node | null {
  for (let each: Node | null = call; each?.type === 'call_expression'; each = receiverOf(each)) {
    if (piecewise.test(calleeName(each)) || /^(one|first|fetch_one|fetch_optional|limit)$/.test(calleeName(each)))
      return null;
    if (asked.test(calleeName(each))) return each;
  }
  return null;
}
