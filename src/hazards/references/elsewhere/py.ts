import type { Node } from 'web-tree-sitter';
import { folderOf, foldersAbove } from '../../../model/filesBelow';
import type { Place } from '../neighbourhood';
import type { Imported } from '../reference';

/** What a name of a file is: `name` of `module`; without a name the module itself; `*` whatever the module has. */
interface Binding {
  local: string;
  module: string;
  name: string;
}

/** What a Python file imports, also inside of functions. */
export function bindingsIn(root: Node): Binding[] {
  return root.descendantsOfType(['import_statement', 'import_from_statement']).flatMap((statement): Binding[] => {
    const from = statement.childForFieldName('module_name')?.text;
    if (from !== undefined && statement.namedChildren.some(({ type }) => type === 'wildcard_import'))
      return [{ local: '*', module: from, name: '*' }];
    return statement.childrenForFieldName('name').map((each) => {
      const name = each.childForFieldName('name')?.text ?? each.text;
      const local = each.childForFieldName('alias')?.text ?? name;
      return from === undefined ? { local, module: name, name: '' } : { local, module: from, name };
    });
  });
}

/** The files that a name comes from: `ORDERS`, `topics.ORDERS`, `app.topics.Topics.ORDERS`. */
export function broughtInto(bindings: readonly Binding[], name: string, place: Place): Imported[] {
  const named = bindings.flatMap((binding) => {
    const { local, module } = binding;
    if (local === name && binding.name === '') return [];
    if (local === name || name.startsWith(`${local}.`))
      return inModule(module, binding.name, name.slice(local.length + 1));
    return [];
  });
  const all = bindings.filter(({ local }) => local === '*').map(({ module }) => ({ module, name }));
  for (const wanted of [named, all]) {
    const found = wanted.flatMap((each) => {
      const path = moduleFile(each.module, place);
      return path === null || path === place.path ? [] : [{ path, name: each.name }];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** `from app import topics` may name a module, or what the module has: a module of that name counts first. */
function inModule(module: string, name: string, rest: string): { module: string; name: string }[] {
  if (name === '') return [{ module, name: rest }];
  const below = module.endsWith('.') ? module + name : `${module}.${name}`;
  const inside = { module, name: rest === '' ? name : `${name}.${rest}` };
  return rest === '' ? [inside] : [{ module: below, name: rest }, inside];
}

/** The file of a module: relative to the file, or to the nearest folder above that has it. */
function moduleFile(module: string, { path, around }: Place): string | null {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/s.exec(module) ?? [];
  const inside = rest.split('.').filter((part) => part !== '');
  const folders = dots === '' ? foldersAbove(path).flatMap(withSources) : [upwards(folderOf(path), dots.length - 1)];
  return around.first(
    folders.flatMap((folder) => {
      const file = [folder, ...inside].filter((part) => part !== '').join('/');
      return file === '' ? ['__init__.py'] : [`${file}.py`, `${file}/__init__.py`];
    }),
  );
}

/** Packages often lie in `src`. */
const withSources = (folder: string) => [folder, folder === '' ? 'src' : `${folder}/src`];

const upwards = (folder: string, levels: number): string =>
  levels <= 0 ? folder : upwards(folderOf(folder), levels - 1);
