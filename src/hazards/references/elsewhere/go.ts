import type { Node } from 'web-tree-sitter';
import { folderOf } from '../../../model/filesBelow';
import type { Place } from '../neighbourhood';
import type { Imported } from '../reference';
import { functionAround } from '../scopes';
import { textIn } from '../../syntax';

const isTest = (path: string) => path.endsWith('_test.go');

/** Files of a package that a pattern is found in. A test's own names do not count elsewhere. */
const filesWith = (folder: string, pattern: RegExp, { path, around }: Place): string[] =>
  around.list(folder, '.go').filter((file) => file !== path && !isTest(file) && pattern.test(around.read(file) ?? ''));

/** `ORDERS` of a file of the same package; `topics.Orders` of a package of the same module. */
export function broughtInto(name: string, imports: readonly Node[], place: Place): Imported[] {
  const [head = '', ...rest] = name.split('.');
  const imported = imports.find((spec) => packageName(spec) === head);
  const folder = imported ? folderOfPackage(pathOf(imported), place) : folderOf(place.path);
  const own = imported ? rest : [head, ...rest];
  const [declared] = own;
  if (folder === null || declared === undefined || !/^\w+$/.test(declared)) return [];
  const pattern = new RegExp(`^\\s*((const|var)\\s+)?${declared}\\b[^\\n:(]*=`, 'm');
  return filesWith(folder, pattern, place).map((path) => ({ path, name: own.join('.') }));
}

/** Files of the package that call a function. */
export const callersOf = (name: string, place: Place): string[] =>
  /^\w+$/.test(name) ? filesWith(folderOf(place.path), new RegExp(`(?<!func )(?<![\\w.])${name}\\(`), place) : [];

/** Does the function around declare the name as its own, with a value or without? */
export function isLocal(name: Node): boolean {
  const [head = ''] = name.text.split('.', 1);
  const own = new RegExp(`\\b${head}\\b(\\s*,\\s*\\w+)*\\s*:=|\\bvar\\s+(\\w+\\s*,\\s*)*${head}\\b`);
  for (let around = functionAround(name); around; around = functionAround(around)) {
    const returned = textIn(around, 'result');
    if (own.test(around.text) || new RegExp(`[(,]\\s*${head}\\b`).test(returned)) return true;
  }
  return false;
}

const pathOf = (spec: Node) => spec.childForFieldName('path')?.text.slice(1, -1) ?? '';

/** A package is called by the last part of its path that is no version, unless the import says otherwise. */
const packageName = (spec: Node) =>
  spec.childForFieldName('name')?.text ??
  pathOf(spec)
    .replace(/(\/|\.)v\d+$/, '')
    .split('/')
    .at(-1);

/** The folder of a package of the module that a file belongs to (`go.mod` of the folder above); null: of another module. */
function folderOfPackage(imported: string, { path, around }: Place): string | null {
  const manifest = around.above(path, 'go.mod');
  const module = /^module\s+"?([^\s"]+)/m.exec(manifest?.text ?? '')?.[1];
  if (!manifest || module === undefined || (imported !== module && !imported.startsWith(`${module}/`))) return null;
  return [manifest.folder, imported.slice(module.length + 1)].filter((part) => part !== '').join('/');
}
