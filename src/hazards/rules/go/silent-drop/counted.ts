import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { importing } from '../imports';

const names = ['dropped', 'droppedItems', 'itemsDropped'];

/** An atomic counter of the package, added to where the item is dropped. */
export function counted(select: Node, _growth: Growth, text: string): Fix | null {
  const way = select.namedChildren.find(({ type }) => type === 'default_case');
  const declared = [...ancestorsOf(select)].find(({ type }) => /^(function|method)_declaration$/.test(type));
  const root = [...ancestorsOf(select)].at(-1);
  const name = names.find((each) => !new RegExp(`\\b${each}\\b`).test(text));
  const added = root && importing(root, text, 'sync/atomic');
  if (!way || !declared || !added || !name || !text.startsWith('default:', way.startIndex)) return null;
  const line = newlineOf(text);
  const at = way.startIndex + 'default:'.length;
  return {
    id: 'go/silent-drop/count',
    title: 'Count what is dropped',
    edits: [
      ...added,
      { start: at, end: at, text: `${line}${indentOf(way, text)}\t${name}.Add(1)` },
      {
        start: declared.endIndex,
        end: declared.endIndex,
        text: `${line}${line}// ${name} counts the items that found no room.${line}var ${name} atomic.Int64`,
      },
    ],
  };
}
