import type { Node } from 'web-tree-sitter';
import { newlineOf, type Edit } from '../../fixes/edits';

/**
 * Adds a package of the standard library to the imports, in its order, unless it is there.
 * @returns null: no place for it, or something else has its name
 */
export function importing(root: Node, text: string, path: string): Edit[] | null {
  const specs = root.descendantsOfType('import_spec');
  const pathOf = (spec: Node) => spec.childForFieldName('path')?.text.slice(1, -1) ?? '';
  const name = nameOf(path);
  if (specs.some((spec) => pathOf(spec) === path && !spec.childForFieldName('name'))) return [];
  const imported = specs.map((spec) => spec.childForFieldName('name')?.text ?? nameOf(pathOf(spec)));
  const named = root.descendantsOfType(['identifier', 'package_identifier']).map((each) => each.text);
  if (imported.includes(name) || named.includes(name)) return null;
  const end = newlineOf(text);
  const [first] = specs;
  if (!first) {
    const clause = root.descendantsOfType('package_clause')[0];
    return clause ? [{ start: clause.endIndex, end: clause.endIndex, text: `${end}${end}import "${path}"` }] : null;
  }
  const isLater = (spec: Node) => pathOf(spec) > path || pathOf(spec).includes('.');
  if (first.parent?.type !== 'import_spec_list') {
    const above = specs.find(isLater)?.parent;
    const at = above?.startIndex ?? specs.at(-1)?.parent?.endIndex ?? 0;
    return [{ start: at, end: at, text: above ? `import "${path}"${end}` : `${end}import "${path}"` }];
  }
  // The first block of lines is the standard library's, as gofmt keeps it.
  const block = specs.filter((spec, index) => spec.startPosition.row === first.startPosition.row + index);
  const later = block.find((spec) => pathOf(spec) > path);
  const last = block.at(-1) ?? first;
  if (pathOf(first).includes('.'))
    return [{ start: first.startIndex, end: first.startIndex, text: `"${path}"${end}${end}\t` }];
  return later
    ? [{ start: later.startIndex, end: later.startIndex, text: `"${path}"${end}\t` }]
    : [{ start: last.endIndex, end: last.endIndex, text: `${end}\t"${path}"` }];
}

/** How a package is called where it is imported, as far as its path tells. */
const nameOf = (path: string) =>
  path
    .replace(/\/v\d+$/, '')
    .split('/')
    .at(-1) ?? '';
