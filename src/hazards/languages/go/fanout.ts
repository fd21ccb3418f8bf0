import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../rule';
import { lineOf, oneLine, partsOf } from '../../syntax';
import { argumentsOf, calleeName, loopAround } from './calls';
import type { Declarations } from './declarations';

/** Calls whose answer is as long as the data is: listings, queries, scans, folders. */
const listing =
  /^(List\w*|FindAll\w*|FindMany\w*|Query\w*|Select\w*|Search\w*|FetchAll\w*|GetAll\w*|LoadAll\w*|ReadDir|ReadDirNames|Readdir|Readdirnames|Glob|SMembers|LRange|HGetAll|ZRange\w*)$/;

/** Calls that fill what their pointer argument names from a body, a file or a table. */
const filling = /^(Unmarshal|Decode|Bind|BindJSON|ShouldBind|ShouldBindJSON|ReadJSON|Select|SelectContext|Find|All)$/;

/** `for _, row := range rows { go … }` where a listing, a query or a decoded body made `rows`. */
export function fanoutOf(place: Node, file: Declarations): Growth | null {
  const loop = loopAround(place);
  const [head] = loop ? partsOf(loop) : [];
  const over = head?.type === 'range_clause' ? head.childForFieldName('right') : null;
  const listed = over && listedBy(over, place, file);
  if (!loop || !over || !listed) return null;
  return {
    unit: 'element',
    source: oneLine(over),
    evidence: [
      `\`${oneLine(over)}\` is as long as what \`${oneLine(listed)}\` on line ${lineOf(listed)} gives`,
      `the loop on line ${lineOf(loop)} starts all of it at once`,
    ],
    turns: [{ place, repeated: loop }],
    settledEarly: null,
  };
}

/** The call that makes the collection as long as the data; null: nothing in the function shows it. */
function listedBy(over: Node, place: Node, file: Declarations): Node | null {
  if (over.type === 'call_expression') return listing.test(calleeName(over)) ? over : null;
  const held = over.type === 'selector_expression' ? over.childForFieldName('operand') : over;
  if (held?.type !== 'identifier') return null;
  const scope = file.functionAround(place)?.node;
  const above = (scope?.descendantsOfType(['short_var_declaration', 'assignment_statement', 'call_expression']) ?? [])
    .filter((node) => node.endIndex <= place.startIndex)
    .reverse();
  for (const node of above) {
    if (node.type === 'call_expression') {
      const filled = argumentsOf(node).some(({ text }) => text === `&${held.text}`);
      if (filled && filling.test(calleeName(node))) return node;
      continue;
    }
    const names = partsOf(node.childForFieldName('left') ?? node).map(({ text }) => text);
    if (names[0] !== held.text) continue;
    const [value] = partsOf(node.childForFieldName('right') ?? node);
    return value?.type === 'call_expression' && listing.test(calleeName(value)) ? value : null;
  }
  return null;
}
