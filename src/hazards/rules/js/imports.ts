import type { Node } from 'web-tree-sitter';
import { newlineOf, type Edit } from '../../fixes/edits';
import { ancestorsOf } from '../../syntax';

/** Adds `import name from 'path'` below the imports, in their style, unless it is there; null: the file imports nothing that way, or the name is taken. */
export function importing(place: Node, text: string, name: string, path: string): Edit[] | null {
  const root = [...ancestorsOf(place)].at(-1);
  const imports = root?.namedChildren.filter(({ type }) => type === 'import_statement') ?? [];
  if (imports.some((each) => new RegExp(`^import ${name} from ['"]${path}['"]`).test(each.text))) return [];
  const last = imports.at(-1);
  if (!last || new RegExp(`\\b${name}\\b`).test(text)) return null;
  const quote = last.text.includes('"') ? '"' : "'";
  const end = last.text.endsWith(';') ? ';' : '';
  return [
    {
      start: last.endIndex,
      end: last.endIndex,
      text: `${newlineOf(text)}import ${name} from ${quote}${path}${quote}${end}`,
    },
  ];
}
