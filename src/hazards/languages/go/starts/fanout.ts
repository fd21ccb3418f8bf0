import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { growing } from '../growing';
import { lineOf, oneLine, partsOf, placeOf } from '../../../syntax';
import { argumentsOf, calleeName, loopAround } from '../calls';
import type { Declarations } from '../declarations';
import { parametersOf } from '../arrivals/items';

/** Calls whose answer is as long as the data is: listings, queries, scans, folders. */
const listing =
  /^(List(?!en)\w*|FindAll\w*|FindMany\w*|Query\w*|Select\w*|Search\w*|FetchAll\w*|GetAll\w*|LoadAll\w*|ReadDir|ReadDirNames|Readdir|Readdirnames|Glob|SMembers|LRange|HGetAll|ZRange\w*)$/;

/** Calls that fill what their pointer argument names from a body, a file or a table. */
const filling = /^(Unmarshal|Decode|Bind|BindJSON|ShouldBind|ShouldBindJSON|ReadJSON|Select|SelectContext|Find|All)$/;

/** What a program does as it starts. */
const opening = /^([oO]pen|[sS]tart|[iI]nit|[lL]oad|[rR]estore|[rR]ecover|[rR]eplay)$/;

/** A listing of what the settings of the program name. */
const configured = /config|setting/i;

/** Types of parameters that hold as many messages as came. */
const batchType = /(Batch|\[\]\*?[\w.]*(Message|MessageExt|Msg|Event|Record|Delivery|Envelope)s?)$/;

/** `for _, row := range rows { go … }` where a listing, a query or a decoded body made `rows`. */
export function fanoutOf(place: Node, file: Declarations): Growth | null {
  const loop = loopAround(place);
  const over = loop && walkedBy(loop);
  if (!loop || !over) return null;
  const listed = listedBy(over, place, file);
  const handed = listed ? null : batchOf(over, place, file);
  if ((!listed && !handed) || opening.test(file.functionAround(place)?.name ?? '')) return null;
  const source = oneLine(over);
  const length = listed ? `what ${placeOf(listed)} gives` : 'the batch that it is handed';
  const steps = [`\`${source}\` is as long as ${length}`, `the loop on line ${lineOf(loop)} starts all of it at once`];
  return growing('element', source, steps, { place, repeated: loop }, handed ? `how long \`${source}\` is` : undefined);
}

/** `rows` of `range rows`, and of `i < len(rows)`. */
function walkedBy(loop: Node): Node | null {
  const [head] = partsOf(loop);
  if (head?.type === 'range_clause') return head.childForFieldName('right');
  const condition = head?.type === 'for_clause' ? head.childForFieldName('condition') : null;
  const [length] = condition?.descendantsOfType('call_expression') ?? [];
  return length && calleeName(length) === 'len' ? (argumentsOf(length)[0] ?? null) : null;
}

/** The parameter of messages that the loop walks. Who is waited for below was started together; else each is one of its own. */
function batchOf(over: Node, place: Node, file: Declarations): Node | null {
  const around = file.functionAround(place)?.node;
  const type =
    around &&
    parametersOf(around)
      .find(({ name }) => name === over.text)
      ?.node.childForFieldName('type');
  return type && batchType.test(type.text) && around.text.includes('.Wait()') ? type : null;
}

/** The call that makes the collection as long as the data; null: nothing in the function shows it. */
function listedBy(over: Node, place: Node, file: Declarations): Node | null {
  if (over.type === 'call_expression') return lists(over) ? over : null;
  const held = over.type === 'selector_expression' ? over.childForFieldName('operand') : over;
  if (held?.type !== 'identifier') return null;
  const scope = file.functionAround(place)?.node;
  const above = (scope?.descendantsOfType(['short_var_declaration', 'assignment_statement', 'call_expression']) ?? [])
    .filter((node) => node.endIndex <= place.startIndex)
    .reverse();
  for (const node of above) {
    if (node.type === 'call_expression') {
      const given = argumentsOf(node).map(({ text }) => text);
      const filled = given.includes(`&${held.text}`);
      if (filled && (filling.test(calleeName(node)) || given.some((text) => /\bBody$/.test(text)))) return node;
      continue;
    }
    const names = partsOf(node.childForFieldName('left') ?? node).map(({ text }) => text);
    if (names[0] !== held.text) continue;
    const [value] = partsOf(node.childForFieldName('right') ?? node);
    return value?.type === 'call_expression' && lists(value) ? value : null;
  }
  return null;
}

const lists = (call: Node) => listing.test(calleeName(call)) && !configured.test(call.text);
