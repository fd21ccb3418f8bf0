import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { ancestorsOf, lineOf, oneLine, partsOf, placeOf, textIn } from '../../syntax';
import { argumentsOf, calleeName, receiverOf, receiverText } from './calls';
import type { CsharpFile } from './file';
import { methodSource } from './sources';

/** Awaited calls whose answer is as long as the data is: listings, queries. */
const asked =
  /^(ToListAsync|ToArrayAsync|GetAll\w*|List\w*Async|Query\w*Async|Search\w*Async|Find\w*Async|Fetch\w*Async|Scan\w*Async|ReadAllLinesAsync|GetFromJsonAsync|HashGetAllAsync|SetMembersAsync|ListRangeAsync|LoadAllAsync)$/;

/** The same, where nothing needs to be awaited: files, rows, lines. */
const read =
  /^(GetFiles|EnumerateFiles|GetDirectories|EnumerateDirectories|EnumerateFileSystemEntries|ReadLines|ReadAllLines|Query|ReadAllLines)$/;

/** Cut into pieces of a fixed size: as many at once as a piece holds. */
const piecewise = /^(Chunk|Take|Batch|TakeLast|Partition|First|FirstOrDefault|Single|SingleOrDefault)$/;

/** `Task.WhenAll(rows.Select(f))`: starts all elements of a collection that is as long as the data. */
export function fanoutOf(place: Node, file: CsharpFile): Growth | null {
  if (!/(^|\.)Task$/.test(receiverText(place))) return null;
  const [given] = argumentsOf(place);
  const started = given && startedBy(given, place, file);
  const over = started && collectionOf(started);
  const listed = over && listedBy(over, place, file, 4);
  if (!started || !over || !listed) return null;
  return {
    unit: 'element',
    source: oneLine(over),
    evidence: [
      `\`${oneLine(over)}\` is as long as what ${placeOf(listed)} gives`,
      `\`Task.${calleeName(place)}\` on line ${lineOf(place)} waits for all of it, started at once`,
    ],
    turns: [{ place: started, repeated: started }],
    settledEarly: null,
  };
}

/** The `Select` whose elements are started, or the loop that collects them; through a variable where there is one. */
function startedBy(given: Node, place: Node, file: CsharpFile): Node | null {
  if (given.type === 'invocation_expression') {
    if (calleeName(given) === 'Select') return given;
    const receiver = receiverOf(given);
    return receiver && /^(ToList|ToArray|AsEnumerable)$/.test(calleeName(given))
      ? startedBy(receiver, place, file)
      : null;
  }
  if (given.type !== 'identifier') return null;
  const value = file.assignedAbove(given.text, place);
  const direct = value?.type === 'invocation_expression' ? startedBy(value, place, file) : null;
  return direct ?? collectingLoop(given.text, place, file);
}

/** `foreach (var row in rows) tasks.Add(Charge(row));`, without a wait in it. */
function collectingLoop(name: string, place: Node, file: CsharpFile): Node | null {
  const scope = file.functionAround(place)?.node ?? file.root;
  const add = scope
    .descendantsOfType('invocation_expression')
    .find((call) => calleeName(call) === 'Add' && receiverText(call) === name && call.endIndex < place.startIndex);
  const loop =
    add && [...ancestorsOf(add)].find(({ type }) => /^(foreach|for|while)_statement$|_declaration$/.test(type));
  return loop?.type === 'foreach_statement' && !/^\s*await /m.test(loop.text) ? loop : null;
}

const collectionOf = (started: Node): Node | null =>
  started.type === 'foreach_statement' ? started.childForFieldName('right') : receiverOf(started);

/** The call or parameter that makes the collection as long as the data; null: nothing shows it. */
function listedBy(node: Node, place: Node, file: CsharpFile, depth: number): Node | null {
  if (node.type === 'await_expression' || node.type === 'parenthesized_expression') {
    const inner = partsOf(node)[0];
    if (inner?.type === 'invocation_expression' && node.type === 'await_expression') return askedIn(inner);
    return inner ? listedBy(inner, place, file, depth) : null;
  }
  if (node.type === 'identifier') {
    const value = depth > 0 ? file.assignedAbove(node.text, place) : null;
    return value ? listedBy(value, place, file, depth - 1) : requestBody(node, place, file);
  }
  if (node.type === 'member_access_expression') {
    const owner = node.childForFieldName('expression');
    return owner && depth > 0 ? listedBy(owner, place, file, depth - 1) : null;
  }
  if (node.type !== 'invocation_expression' || piecewise.test(calleeName(node))) return null;
  if (read.test(calleeName(node))) return node;
  const receiver = receiverOf(node);
  return receiver ? listedBy(receiver, place, file, depth) : null;
}

function askedIn(call: Node): Node | null {
  for (let each: Node | null = call; each?.type === 'invocation_expression'; each = receiverOf(each)) {
    if (piecewise.test(calleeName(each))) return null;
    if (asked.test(calleeName(each))) return each;
  }
  return null;
}

/** A list that a client sends with its request. */
function requestBody(name: Node, place: Node, file: CsharpFile): Node | null {
  const method = file.functionAround(place)?.node;
  const parameter = method
    ?.childForFieldName('parameters')
    ?.namedChildren.find((each) => each.childForFieldName('name')?.text === name.text);
  const isList = /(List|IEnumerable|ICollection)<|\[\]$/.test(textIn(parameter, 'type'));
  return method && parameter && isList && methodSource(method, file)?.unit === 'request' ? parameter : null;
}
