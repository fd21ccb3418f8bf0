import type { Node } from 'web-tree-sitter';
import { partsOf } from '../../../syntax';

const plain = /^(err|ok|_|ctx|cancel)$/;

/**
 * Names of what is made of an item on the way to a place, in the order of the text: `order := parse(message.Data)`.
 * @param item names of the item
 * @param within what is read
 */
export function madeOf(item: readonly string[], within: Node, place: Node): ReadonlySet<string> {
  const made = new Set(item);
  const ways = within.descendantsOfType(['short_var_declaration', 'assignment_statement', 'range_clause', 'var_spec']);
  for (const each of ways) {
    if (each.startIndex >= place.startIndex) break;
    const right = each.childForFieldName('right') ?? each.childForFieldName('value');
    if (!right || !mentionsAny(right, made)) continue;
    const left = each.childForFieldName('left');
    for (const { text, type } of left ? partsOf(left) : each.childrenForFieldName('name'))
      if (type === 'identifier' && !plain.test(text)) made.add(text);
  }
  return made;
}

export const mentionsAny = (node: Node, names: ReadonlySet<string>): boolean =>
  (node.type === 'identifier' && names.has(node.text)) ||
  node.descendantsOfType('identifier').some(({ text }) => names.has(text));
