import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { ancestorsOf, textIn } from '../../../syntax';
import { importing } from '../imports';

/** An atomic counter of the package, named after its function so that no other file has it, added to where the item is dropped. */
export function counted(select: Node, _growth: Growth, text: string): Fix | null {
  const way = select.namedChildren.find(({ type }) => type === 'default_case');
  const declared = [...ancestorsOf(select)].find(({ type }) => /^(function|method)_declaration$/.test(type));
  const root = [...ancestorsOf(select)].at(-1);
  const added = root && importing(root, text, 'sync/atomic');
  if (!way || !declared || !added || !text.startsWith('default:', way.startIndex)) return null;
  const name = counterOf(declared);
  const line = newlineOf(text);
  const made = `var ${name} atomic.Int64`;
  const isMade = text.includes(made);
  if (!isMade && new RegExp(`\\b${name}\\b`).test(text)) return null;
  const counter = `${line}${line}// ${name} counts the items that found no room.${line}${made}`;
  const at = way.startIndex + 'default:'.length;
  return {
    id: 'go/silent-drop/count',
    title: 'Count what is dropped',
    edits: [
      ...added,
      { start: at, end: at, text: `${line}${indentOf(way, text)}\t${name}.Add(1)` },
      ...(isMade ? [] : [{ start: declared.endIndex, end: declared.endIndex, text: counter }]),
    ],
  };
}

/** `droppedByHubSend` for `func (h *Hub) Send`. */
function counterOf(declared: Node): string {
  const owner = /(\w+)(\[[^\]]*\])?\)$/.exec(textIn(declared, 'receiver'))?.[1] ?? '';
  const words = [owner, textIn(declared, 'name')];
  return `droppedBy${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
