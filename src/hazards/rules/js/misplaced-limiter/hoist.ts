import type { Node } from 'web-tree-sitter';
import { lineOfItsOwn, newlineOf, type Fix } from '../../../fixes/edits';
import { escaped } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { ancestorsOf, isComment, textIn } from '../../../syntax';

/** `const limit = pLimit(4)` above the function, one for all of its calls. */
export function hoist(call: Node, _growth: Growth, text: string): Fix | null {
  const statement = call.parent?.parent;
  const name = textIn(call.parent, 'name');
  const outer = [...ancestorsOf(call)].find(({ parent }) => parent?.type === 'program');
  const inner =
    call.childForFieldName('arguments')?.descendantsOfType(['identifier', 'shorthand_property_identifier', 'this']) ??
    [];
  if (statement?.type !== 'lexical_declaration' || !outer || inner.length > 0) return null;
  const own = lineOfItsOwn(statement, text);
  const outside = text.slice(0, outer.startIndex) + text.slice(outer.endIndex);
  if (!own || new RegExp(`(?<![\\w$/-])${escaped(name)}(?![\\w$/-])`).test(outside)) return null;
  const above = outer.previousSibling && isComment(outer.previousSibling) ? outer.previousSibling : outer;
  return {
    id: 'js/misplaced-limiter/hoist',
    title: 'Make it once, outside of the function',
    edits: [
      { start: above.startIndex, end: above.startIndex, text: `${own.line}${newlineOf(text).repeat(2)}` },
      { start: own.start, end: own.end, text: '' },
    ],
  };
}
