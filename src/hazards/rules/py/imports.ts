import type { Node } from 'web-tree-sitter';
import { newlineOf, type Edit } from '../../fixes/edits';
import { ancestorsOf } from '../../syntax';

/** `import module` above the first import of the file, unless it is there; null: the file imports nothing. */
export function importing(place: Node, text: string, module: string): Edit[] | null {
  if (new RegExp(`^import ${module}$`, 'm').test(text)) return [];
  const root = [...ancestorsOf(place)].at(-1);
  const first = root?.namedChildren.find(({ type }) => /^import_(from_)?statement$/.test(type));
  return first
    ? [{ start: first.startIndex, end: first.startIndex, text: `import ${module}${newlineOf(text)}` }]
    : null;
}
