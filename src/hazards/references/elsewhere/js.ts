import type { Node } from 'web-tree-sitter';
import { folderOf, pathFrom } from '../../../model/filesBelow';
import { argumentsOf, stringOf } from '../../languages/js/file';
import { partsOf } from '../../syntax';
import type { Place } from '../neighbourhood';
import type { Imported } from '../reference';

/** What a module gives a name: one that it exports; `*` all of it under one name. */
interface Binding {
  module: string;
  name: string;
}

/** Names that a module brings in from others, and those that it hands on: `*` stands for all of another. */
export class Bindings {
  readonly #local = new Map<string, Binding>();
  readonly #handedOn: { as: string; from: Binding | string }[] = [];

  constructor(root: Node) {
    for (const statement of root.descendantsOfType('import_statement')) this.#import(statement);
    for (const statement of root.descendantsOfType('export_statement')) this.#export(statement);
    for (const declared of root.descendantsOfType('variable_declarator')) this.#require(declared);
  }

  /** The modules that a name of this one, such as `topics.ORDERS`, may come from, and what they call it. */
  of(name: string): Binding[] {
    const required = /^require\(['"]([^'"]+)['"]\)\.(.+)$/.exec(name);
    if (required) return [{ module: required[1] ?? '', name: required[2] ?? '' }];
    const [head = '', ...rest] = name.split('.');
    const found = this.#local.get(head);
    if (found) return [within(found, rest)];
    return this.#handedOn.flatMap(({ as, from }) => {
      if (typeof from === 'string') return as === head ? this.of([from, ...rest].join('.')) : [];
      if (as === '*') return head === 'default' ? [] : [{ ...from, name }];
      return as === head ? [within(from, rest)] : [];
    });
  }

  /** What this module calls a name that it exports: `Topics` of `export { Topics as default }`. */
  ownNameOf(exported: string): string {
    const [head = '', ...rest] = exported.split('.');
    const own = this.#handedOn.find(({ as, from }) => as === head && typeof from === 'string')?.from;
    return typeof own === 'string' ? [own, ...rest].join('.') : exported;
  }

  #import(statement: Node): void {
    const module = stringOf(statement.childForFieldName('source') ?? undefined);
    const clause = statement.namedChildren.find(({ type }) => type === 'import_clause');
    if (module === null || !clause) return;
    for (const part of partsOf(clause)) {
      if (part.type === 'identifier') this.#local.set(part.text, { module, name: 'default' });
      if (part.type === 'namespace_import') this.#local.set(partsOf(part)[0]?.text ?? '', { module, name: '*' });
      for (const each of part.type === 'named_imports' ? partsOf(part) : []) {
        const [name, as] = renamed(each);
        this.#local.set(as, { module, name });
      }
    }
  }

  #export(statement: Node): void {
    const module = stringOf(statement.childForFieldName('source') ?? undefined);
    const value = statement.childForFieldName('value');
    if (value?.type === 'identifier') this.#handedOn.push({ as: 'default', from: value.text });
    const clause = statement.namedChildren.find(({ type }) => /^(export_clause|namespace_export)$/.test(type));
    if (clause?.type === 'export_clause')
      for (const each of partsOf(clause)) {
        const [name, as] = renamed(each);
        this.#handedOn.push({ as, from: module === null ? name : { module, name } });
      }
    else if (module !== null)
      this.#handedOn.push({ as: (clause && partsOf(clause)[0]?.text) ?? '*', from: { module, name: '*' } });
  }

  /** `const topics = require('./topics')`, `const { ORDERS: topic } = require('./topics')`. */
  #require(declared: Node): void {
    const [value, name] = [declared.childForFieldName('value'), declared.childForFieldName('name')];
    const isRequire = value?.type === 'call_expression' && value.childForFieldName('function')?.text === 'require';
    const module = isRequire ? stringOf(argumentsOf(value)[0]) : null;
    if (module === null || !name) return;
    if (name.type === 'identifier') this.#local.set(name.text, { module, name: '*' });
    for (const part of name.type === 'object_pattern' ? partsOf(name) : []) {
      const key = part.childForFieldName('key')?.text ?? part.text;
      this.#local.set(part.childForFieldName('value')?.text ?? part.text, { module, name: key });
    }
  }
}

const within = ({ module, name }: Binding, rest: readonly string[]): Binding => ({
  module,
  name: (name === '*' ? rest : [name, ...rest]).join('.'),
});

/** `ORDERS`, or `ORDERS as topic`. */
function renamed(specifier: Node): [string, string] {
  const name = specifier.childForFieldName('name')?.text ?? specifier.text;
  return [name, specifier.childForFieldName('alias')?.text ?? name];
}

const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];

/** The file of a module that is named relative to this one, by the rules of Node and TypeScript; none: another package. */
function moduleFile(module: string, { path, around }: Place): string | null {
  const named = /^\.{1,2}(\/|$)/.test(module) ? pathFrom(folderOf(path), module) : null;
  if (named === null) return null;
  const bare = named.replace(/\.([cm]?)jsx?$/, '');
  const exact = endings.some((ending) => named.endsWith(ending)) ? [named] : [];
  const index = named === '' ? 'index' : `${named}/index`;
  return around.first([
    ...exact,
    ...(bare === named ? [] : ['.ts', '.tsx', '.mts', '.cts'].map((ending) => bare + ending)),
    ...endings.map((ending) => named + ending),
    ...endings.map((ending) => index + ending),
  ]);
}

/** The files that a name of a module comes from. */
export const broughtInto = (bindings: Bindings, name: string, place: Place): Imported[] =>
  bindings.of(name).flatMap((binding) => {
    const path = binding.name === '' ? null : moduleFile(binding.module, place);
    return path === null ? [] : [{ path, name: binding.name }];
  });
