import type { Node } from 'web-tree-sitter';
import { calleeName } from '../../languages/go/calls';
import { partsOf } from '../../syntax';

/** A slice, list or buffer that a statement makes longer. */
export interface Grown {
  name: string;
  /** How its length is asked. */
  length: string;
  kind: 'slice' | 'list' | 'buffer';
}

/** What `s.items = append(s.items, x)`, `s.items.PushBack(x)` or `buffer.Write(x)` makes longer; null: no plain name. */
export function grownIn(place: Node): Grown | null {
  const given = place.childForFieldName('right');
  if (given && !given.text.startsWith('append(')) return null;
  const [first] = partsOf(place);
  const called = first?.type === 'call_expression' ? first : null;
  const kind = called ? kindOf(calleeName(called)) : 'slice';
  const held = called ? called.childForFieldName('function')?.childForFieldName('operand') : first;
  const name = held?.text ?? '';
  if (!kind || !/^\w+(\.\w+)*$/.test(name) || place.parent?.type !== 'statement_list') return null;
  return { name, length: kind === 'slice' ? `len(${name})` : `${name}.Len()`, kind };
}

const kindOf = (method: string) =>
  /^Push(Back|Front)$/.test(method) ? 'list' : /^Write(String)?$/.test(method) ? 'buffer' : null;
