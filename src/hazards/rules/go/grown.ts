import type { Node } from 'web-tree-sitter';
import { calleeName } from '../../languages/go/calls';
import { partsOf } from '../../syntax';

/** A slice or list that a statement makes longer. */
export interface Grown {
  name: string;
  /** How its length is asked. */
  length: string;
  isList: boolean;
}

/** What `s.items = append(s.items, x)` or `s.items.PushBack(x)` makes longer; null: no plain name. */
export function grownIn(place: Node): Grown | null {
  const given = place.childForFieldName('right');
  if (given && !given.text.startsWith('append(')) return null;
  const [first] = partsOf(place);
  const isList = first?.type === 'call_expression';
  if (isList && !/^Push(Back|Front)$/.test(calleeName(first))) return null;
  const held = isList ? first.childForFieldName('function')?.childForFieldName('operand') : first;
  const name = held?.text ?? '';
  if (!/^\w+(\.\w+)*$/.test(name) || place.parent?.type !== 'statement_list') return null;
  return { name, length: isList ? `${name}.Len()` : `len(${name})`, isList };
}
