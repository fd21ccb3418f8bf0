import type { Node } from 'web-tree-sitter';
import { newlineOf, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { ancestorsOf, isComment } from '../../../syntax';

/** `const limit = pLimit(4)` above the function, one for all of its calls. */
export function hoist(call: Node, _growth: Growth, text: string): Fix | null {
  const statement = call.parent?.parent;
  const name = call.parent?.childForFieldName('name')?.text ?? '';
  const outer = [...ancestorsOf(call)].find(({ parent }) => parent?.type === 'program');
  const inner =
    call.childForFieldName('arguments')?.descendantsOfType(['identifier', 'shorthand_property_identifier', 'this']) ??
    [];
  if (statement?.type !== 'lexical_declaration' || !outer || inner.length > 0) return null;
  const start = text.lastIndexOf('\n', statement.startIndex - 1) + 1;
  const end = text.indexOf('\n', statement.endIndex) + 1;
  const alone = end > 0 && text.slice(start, end).trim() === statement.text;
  const outside = text.slice(0, outer.startIndex) + text.slice(outer.endIndex);
  if (!alone || new RegExp(`(?<![\\w$/-])${name.replaceAll('$', '\\$')}(?![\\w$/-])`).test(outside)) return null;
  const above = outer.previousSibling && isComment(outer.previousSibling) ? outer.previousSibling : outer;
  return {
    id: 'js/misplaced-limiter/hoist',
    title: 'Make it once, outside of the function',
    edits: [
      { start: above.startIndex, end: above.startIndex, text: `${statement.text}${newlineOf(text).repeat(2)}` },
      { start, end, text: '' },
    ],
  };
}
