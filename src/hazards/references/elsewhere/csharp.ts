import type { Node } from 'web-tree-sitter';
import { foldersAbove } from '../../../model/filesBelow';
import { partsOf } from '../../syntax';
import type { Place } from '../neighbourhood';
import type { Imported } from '../reference';

/**
 * The files that a name comes from: `Topics.Orders` of a class in the file's folder, in one above, or in that of a
 * namespace which the file uses; `Orders` after `using static Shop.Topics`.
 */
export function broughtInto(name: string, root: Node, place: Place): Imported[] {
  const used = root.descendantsOfType('using_directive').map((each) => ({
    path: partsOf(each).at(-1)?.text ?? '',
    alias: /^(?:global\s+)?using\s+(\w+)\s*=/.exec(each.text)?.[1],
    isStatic: /^(global\s+)?using\s+static\b/.test(each.text),
  }));
  const parts = name.split('.');
  if (parts.length === 1)
    return used
      .filter(({ isStatic }) => isStatic)
      .flatMap(({ path }) => {
        const type = path.split('.').at(-1) ?? '';
        return filesOfType(type, [path.split('.').slice(0, -1).join('.')], place).map((file) => ({
          path: file,
          name: `${type}.${name}`,
        }));
      });
  const aliased = used.find(({ alias }) => alias === parts[0])?.path;
  const type = aliased?.split('.').at(-1) ?? parts[0] ?? '';
  const namespaces = used.map(({ path }) => path).concat(namespacesIn(root));
  const own = [type, ...parts.slice(1)].slice(-2).join('.');
  return filesOfType(type, namespaces, place).map((path) => ({ path, name: own }));
}

/** The file that is called as the class, else those that declare it, in the first folder that has any. */
function filesOfType(type: string, namespaces: readonly string[], { path, around }: Place): string[] {
  if (!/^[A-Z]\w*$/.test(type)) return [];
  const declared = new RegExp(`\\b(class|struct|record|interface|enum)\\s+${type}\\b`);
  for (const folder of foldersFor(namespaces, path)) {
    const named = folder === '' ? `${type}.cs` : `${folder}/${type}.cs`;
    const found = declared.test(around.read(named) ?? '')
      ? [named]
      : around.list(folder, '.cs').filter((file) => file !== path && declared.test(around.read(file) ?? ''));
    if (found.length > 0) return found;
  }
  return [];
}

/** The folders above, nearest first; in each of them those that a namespace is laid out in, whole or by its last parts. */
function foldersFor(namespaces: readonly string[], path: string): string[] {
  const below = namespaces.flatMap((namespace) => {
    const parts = namespace.split('.');
    return [namespace, ...parts.map((_, index) => parts.slice(index).join('/'))];
  });
  const folders = foldersAbove(path).flatMap((folder) => [
    folder,
    ...below.map((each) => (folder === '' ? each : `${folder}/${each}`)),
  ]);
  return [...new Set(folders)];
}

const namespacesIn = (root: Node) =>
  root
    .descendantsOfType(['namespace_declaration', 'file_scoped_namespace_declaration'])
    .flatMap((each) => each.childForFieldName('name')?.text ?? []);
