import type { Node } from 'web-tree-sitter';
import type { Edit, Fix } from '../../fixes/edits';
import { isAsync, isFunction } from '../../languages/js/file';
import type { Growth } from '../../rule';
import { ancestorsOf, partsOf } from '../../syntax';

/** May the place await, and does whoever hands the next item over then wait? An emitter does not. */
export function canWait(place: Node, { turns, source }: Growth): boolean {
  const around = [...ancestorsOf(place)].find(isFunction);
  const repeated = turns[0]?.repeated;
  if (!repeated || /\.(on|addListener|consume|subscribe)\b/.test(source)) return false;
  if (!isFunction(repeated)) return around ? isAsync(around) : repeated.text.startsWith('for await');
  return around?.id === repeated.id && isAsync(around);
}

/** `await f()` instead of `f()` or `void f()`. */
export const awaiting =
  (id: string, title: string) =>
  (statement: Node, growth: Growth): Fix | null => {
    const [first] = partsOf(statement);
    const dropped = first?.type === 'unary_expression' && first.text.startsWith('void');
    const call = dropped ? first.childForFieldName('argument') : first;
    if (!first || call?.type !== 'call_expression' || !canWait(statement, growth)) return null;
    const edit: Edit = { start: first.startIndex, end: call.startIndex, text: 'await ' };
    return { id, title, edits: [edit] };
  };
