import type { Node } from 'web-tree-sitter';
import { folderOf } from '../../../model/filesBelow';
import { partsOf } from '../../syntax';
import type { Place } from '../neighbourhood';
import type { Imported } from '../reference';

const isTypeName = (name: string) => /^[A-Z]\w*$/.test(name);

/**
 * The files that a name comes from: `Topics.ORDERS` of a class of the same package or an imported one, `ORDERS` of a static
 * import or of what a class of the file extends.
 */
export function broughtInto(name: string, root: Node, place: Place): Imported[] {
  const [head = '', ...rest] = name.split('.');
  if (rest.length === 0) return inherited(name, root, place);
  if (!isTypeName(head)) return [];
  // Names of a file are told by the class that holds them.
  const own = rest.length === 1 ? name : rest.slice(-2).join('.');
  return fileOfType(head, root, place).map((path) => ({ path, name: own }));
}

/** Files of the package that make an object of the class. */
export const makersOf = (type: string, { path, around }: Place): string[] =>
  isTypeName(type)
    ? around
        .list(folderOf(path), '.java')
        .filter((file) => file !== path && new RegExp(`\\bnew\\s+${type}\\s*[<(]`).test(around.read(file) ?? ''))
    : [];

function inherited(name: string, root: Node, place: Place): Imported[] {
  const statics = importsOf(root).flatMap(({ isStatic, path, isAll }) => {
    const parts = path.split('.');
    if (!isStatic || (!isAll && parts.at(-1) !== name)) return [];
    const type = (isAll ? parts : parts.slice(0, -1)).join('.');
    const file = fileOfPath(type, root, place);
    return file === null ? [] : [{ path: file, name: `${type.split('.').at(-1) ?? ''}.${name}` }];
  });
  const above = root
    .descendantsOfType(['superclass', 'super_interfaces'])
    .flatMap((each) => each.descendantsOfType('type_identifier'))
    .flatMap(({ text }) => fileOfType(text, root, place).map((path) => ({ path, name: `${text}.${name}` })));
  return [...statics, ...above];
}

/** Of the same package, or imported: a class that is imported by its name counts first. */
function fileOfType(type: string, root: Node, place: Place): string[] {
  const imports = importsOf(root).filter(({ isStatic }) => !isStatic);
  const named = imports.filter(({ path, isAll }) => !isAll && path.split('.').at(-1) === type).map(({ path }) => path);
  const all = imports.filter(({ isAll }) => isAll).map(({ path }) => `${path}.${type}`);
  const beside = [folderOf(place.path), `${type}.java`].filter((part) => part !== '').join('/');
  const found = named.length > 0 ? named.map((path) => fileOfPath(path, root, place)) : [place.around.first([beside])];
  const known = found.filter((file) => file !== null);
  return known.length > 0 ? known : all.flatMap((path) => fileOfPath(path, root, place) ?? []);
}

/** The file of `com.shop.Topics`, or of the nested `com.shop.Topics.Orders`, below the folder that packages begin in. */
function fileOfPath(type: string, root: Node, { path, around }: Place): string | null {
  const own = packageOf(root).replaceAll('.', '/');
  const folder = folderOf(path);
  if (own !== '' && folder !== own && !folder.endsWith(`/${own}`)) return null;
  const sources = folder.slice(0, folder.length - own.length);
  const parts = type.split('.');
  const outer = parts.slice(0, -1);
  return around.first(
    [parts, ...(isTypeName(outer.at(-1) ?? '') ? [outer] : [])].flatMap((each) =>
      rootsLike(sources, around).map((start) => `${start}${each.join('/')}.java`),
    ),
  );
}

/** Of `orders/src/main/java/` also those of the modules beside it. */
function rootsLike(sources: string, around: Place['around']): string[] {
  const [, above, , below] = /^(.*\/)?([^/]+)(\/src\/main\/java\/)$/.exec(`/${sources}`) ?? [];
  if (above === undefined || below === undefined) return [sources];
  const folder = above.slice(1, -1);
  return [sources, ...around.list(folder).map((module) => module + below)];
}

const packageOf = (root: Node): string => {
  const declared = root.namedChildren.find(({ type }) => type === 'package_declaration');
  return declared ? (partsOf(declared).at(-1)?.text ?? '') : '';
};

const importsOf = (root: Node) =>
  root.namedChildren
    .filter(({ type }) => type === 'import_declaration')
    .map((each) => ({
      path: partsOf(each)[0]?.text ?? '',
      isStatic: /^import\s+static\b/.test(each.text),
      isAll: /\*\s*;$/.test(each.text),
    }));
