import type { Node } from 'web-tree-sitter';
import { newlineOf, type Edit } from '../../fixes/edits';
import { ancestorsOf } from '../../syntax';

/**
 * `import module` above the first import of the file, or in its place among sorted ones, unless it is there; null: the
 * file imports nothing.
 */
export function importing(place: Node, text: string, module: string): Edit[] | null {
  if (new RegExp(`^import (.*, *)?${module}\\b(?! as\\b)`, 'm').test(text)) return [];
  const root = [...ancestorsOf(place)].at(-1);
  const first = root?.namedChildren.find(({ type }) => /^import_(from_)?statement$/.test(type));
  if (!first) return null;
  const line = `import ${module}`;
  // Directly below each other, each on its own line.
  const lines = (/^(import [\w.]+\r?\n)*/.exec(text.slice(first.startIndex))?.[0] ?? '').trim().split(/\s*\n/);
  const isSorted = lines.every((each, index) => index === 0 || (lines[index - 1] ?? '') <= each);
  const before = isSorted ? lines.filter((each) => each !== '' && each < line).length : 0;
  const end = newlineOf(text);
  const start = first.startIndex + lines.slice(0, before).reduce((sum, each) => sum + each.length + end.length, 0);
  return [{ start, end: start, text: line + end }];
}
