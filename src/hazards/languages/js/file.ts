import type { Node } from 'web-tree-sitter';
import { ancestorsOf, contains, partsOf, textIn, wholeText } from '../../syntax';
import { walkedIn, type Walked } from '../../walked';
import { fieldsCalled } from './fields';

/** Nodes that are functions in TypeScript and JavaScript. */
export const functionTypes = [
  'arrow_function',
  'function_expression',
  'function_declaration',
  'generator_function',
  'generator_function_declaration',
  'method_definition',
];

export const isFunction = (node: Node) => functionTypes.includes(node.type);
export const isAsync = (node: Node) => node.children.some(({ type }) => type === 'async');

/** `on` of `a.b.on(…)`, `f` of `f(…)`; empty for other callees. */
export function calleeName(call: Node): string {
  const callee = call.childForFieldName('function') ?? call.childForFieldName('constructor');
  if (callee?.type === 'identifier') return callee.text;
  return callee?.type === 'member_expression' ? textIn(callee, 'property') : '';
}

/** `a.b` of `a.b.on(…)`; null: it is no method. */
export function receiverOf(call: Node): Node | null {
  const callee = call.childForFieldName('function');
  return callee?.type === 'member_expression' ? callee.childForFieldName('object') : null;
}

export const argumentsOf = (call: Node): Node[] => {
  const list = call.childForFieldName('arguments');
  return list ? partsOf(list) : [];
};

/** The text between the quotes; null: no plain string. */
export const stringOf = (node: Node | undefined): string | null =>
  node?.type === 'string' ? node.text.slice(1, -1) : null;

/** `this.handle` of `this.handle.bind(this)`, with which it is handed on. */
export function boundTo(use: Node): Node {
  const call = use.parent?.type === 'member_expression' ? use.parent.parent : null;
  return call?.type === 'call_expression' && calleeName(call) === 'bind' && contains(use, receiverOf(call) ?? call)
    ? call
    : use;
}

/** `f` of `f.bind(this)`, and of anything else itself. */
export const unbound = (node: Node): Node =>
  node.type === 'call_expression' && calleeName(node) === 'bind' ? (receiverOf(node) ?? node) : node;

/** The call that a function, or the name of one, is handed to; null: it is not handed to a call. */
export function callTaking(handler: Node): Node | null {
  const list = boundTo(handler).parent;
  const call = list?.type === 'arguments' ? list.parent : null;
  return call && /^(call|new)_expression$/.test(call.type) ? call : null;
}

/** The array that `array.push(…)` grows. */
export function arrayOf(place: Node): string {
  const [call] = place.descendantsOfType('call_expression');
  return (call && receiverOf(call)?.text) ?? '';
}

/** A method or field, or a function that is assigned to one: what `this.f` can mean. */
const isMember = (node: Node): boolean =>
  node.type === 'method_definition' ||
  /^(public_field_definition|field_definition)$/.test(node.parent?.type ?? '') ||
  node.parent?.childForFieldName('left')?.type === 'member_expression';

export const isClass = ({ type }: Node): boolean => /^(abstract_)?class(_declaration)?$/.test(type);

/** What holds a value under a name. */
const holders = ['variable_declarator', 'public_field_definition', 'field_definition'];
export const classTypes = ['class_declaration', 'abstract_class_declaration', 'class'];
export const loopTypes = ['for_statement', 'while_statement', 'for_in_statement'];
export const walkedTypes = [
  'import_statement',
  'export_statement',
  ...functionTypes,
  ...holders,
  ...classTypes,
  ...loopTypes,
];

/** What a TypeScript or JavaScript file imports and declares, read once for all rules. */
export class SourceFile {
  readonly text: string;
  readonly imports: readonly string[];
  readonly #functions = new Map<string, Node>();
  readonly #members = new Map<string, Node>();
  readonly #uses = new Map<number, Node[]>();
  readonly #callsOn = new Map<string, Node[]>();
  readonly #said = new Map<string, boolean>();
  #lasting: Set<string> | null = null;
  #fields: ReadonlyMap<string, string> | null = null;
  #local: Map<string, Node[]> | null = null;
  #modules: ReadonlyMap<string, string> | null = null;

  constructor(
    readonly root: Node,
    readonly walked: Walked = walkedIn(root, walkedTypes),
  ) {
    this.text = wholeText(root);
    this.imports = [...importsOf(this, walked)];
    for (const node of walked.of(...functionTypes)) {
      const name = this.nameOf(node);
      if (name !== '') (isMember(node) ? this.#members : this.#functions).set(name, node);
    }
  }

  /** Does a line of the text match? Answered once for each pattern. */
  says(pattern: string): boolean {
    const known = this.#said.get(pattern) ?? new RegExp(pattern, 'm').test(this.text);
    this.#said.set(pattern, known);
    return known;
  }

  importsAny(pattern: RegExp): boolean {
    return this.imports.some((path) => pattern.test(path));
  }

  /** The function that `f`, `this.f` or `self.f` means, as far as names in this file tell. */
  functionMeant(expression: Node | null): Node | null {
    if (expression?.type === 'identifier') return this.#functions.get(expression.text) ?? null;
    const object = expression?.type === 'member_expression' ? expression.childForFieldName('object') : null;
    if (!object || !/^(this|self|that|_this|exports|module\.exports)$/.test(object.text)) return null;
    const name = textIn(expression, 'property');
    return this.#members.get(name) ?? this.#functions.get(name) ?? null;
  }

  /** By its declaration, or the variable, field or property that holds it or that it is assigned to; empty: none. */
  nameOf(node: Node): string {
    const own = node.childForFieldName('name')?.text;
    if (own !== undefined) return own;
    const holder = node.parent;
    if (holder?.type === 'assignment_expression') {
      const left = holder.childForFieldName('left');
      return (left?.type === 'member_expression' ? left.childForFieldName('property') : left)?.text ?? '';
    }
    if (!holder || !/^(variable_declarator|public_field_definition|field_definition)$/.test(holder.type)) return '';
    return (holder.childForFieldName('name') ?? holder.childForFieldName('property'))?.text ?? '';
  }

  /** An array that the module or a class makes, and that no function makes anew: `const waiting = []`, `waiting: Job[] = []`. */
  outlivesCalls(array: string): boolean {
    this.#lasting ??= this.#lastingArrays();
    return this.#lasting.has(array);
  }

  #lastingArrays(): Set<string> {
    const lasting = new Set<string>();
    for (const node of this.walked.of(...holders)) {
      const name = (node.childForFieldName('name') ?? node.childForFieldName('property'))?.text ?? '';
      const field = node.type !== 'variable_declarator';
      const array = node.childForFieldName('value')?.text === '[]';
      if (array && (field || !this.functionAround(node))) lasting.add(field ? `this.${name}` : name);
      else lasting.delete(name);
    }
    return lasting;
  }

  /** An array that a function makes around the one that uses it: `const pending = []`, for functions that it gives out. */
  isShared(array: string, user: Node): boolean {
    this.#local ??= this.#localArrays();
    const made = this.#local.get(array) ?? [];
    return made.some((outer) => outer.id !== user.id && contains(outer, user));
  }

  /** The functions that make arrays, by the names of these. */
  #localArrays(): Map<string, Node[]> {
    const local = new Map<string, Node[]>();
    for (const node of this.walked.of('variable_declarator')) {
      if (node.childForFieldName('value')?.text !== '[]') continue;
      const name = textIn(node, 'name');
      const around = this.functionAround(node);
      if (around) local.set(name, [...(local.get(name) ?? []), around]);
    }
    return local;
  }

  /** The name of the class around the node, or of the function whose prototype it stands in; null: none, or one without a name. */
  classAround(node: Node): string | null {
    for (const around of ancestorsOf(node)) {
      if (isClass(around)) return around.childForFieldName('name')?.text ?? null;
      const left = around.type === 'assignment_expression' ? around.childForFieldName('left') : null;
      const owner = left && /^([\w$]+)\.prototype(\.[\w$]+)?$/.exec(left.text)?.[1];
      if (owner) return owner;
    }
    return null;
  }

  /** The text of the class around the node; of the file where there is none. */
  classText(node: Node): string {
    return [...ancestorsOf(node)].find(isClass)?.text ?? this.text;
  }

  /** The field that a local name stands for: `const cache = this._cache`. */
  fieldCalled(name: string): string | undefined {
    this.#fields ??= fieldsCalled(this.text);
    return this.#fields.get(name);
  }

  /** The module that a name is imported from, as it is written; null: it is not imported. */
  moduleOf(name: string): string | null {
    this.#modules ??= new Map(importedNames(this.walked));
    return this.#modules.get(name) ?? null;
  }

  /** Names of the functions that the file declares, with their classes. */
  declaredNames(): string[] {
    return [...this.#functions, ...this.#members].map(([name, node]) => {
      const owner = this.classAround(node);
      return owner === null ? name : `${owner}.${name}`;
    });
  }

  functionAround(node: Node): Node | null {
    return [...ancestorsOf(node)].find(isFunction) ?? null;
  }

  /** Calls of methods of what is called by the name: `this.name.shift()`, `name[id].forEach(…)`, `this[name].shift()`. */
  callsOn(name: string): Node[] {
    const known = this.#callsOn.get(name) ?? this.#findCallsOn(name);
    this.#callsOn.set(name, known);
    return known;
  }

  #findCallsOn(name: string): Node[] {
    const word = new RegExp(`(?<![\\w$])${escaped(name)}\\]?(\\[[^\\]\\n]*\\])?[?!]?\\s*\\.\\s*([\\w$]+)\\(`, 'dg');
    return [...this.text.matchAll(word)].flatMap(({ indices }) => {
      const [start, end] = indices?.[2] ?? [0, 0];
      const call = this.root.descendantForIndex(start, end)?.parent?.parent;
      return call?.type === 'call_expression' ? [call] : [];
    });
  }

  /** Where the file calls the function or hands it on. */
  usesOf(declared: Node): Node[] {
    const known = this.#uses.get(declared.id) ?? this.#findUses(declared);
    this.#uses.set(declared.id, known);
    return known;
  }

  #findUses(declared: Node): Node[] {
    const name = this.nameOf(declared);
    if (!/^[\w$]+$/.test(name)) return [];
    const word = new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, 'g');
    return [...this.text.matchAll(word)].flatMap(({ index }) => {
      const leaf = this.root.descendantForIndex(index, index + name.length);
      const use = leaf?.parent?.type === 'member_expression' ? leaf.parent : leaf;
      return use && this.functionMeant(use)?.id === declared.id ? [use] : [];
    });
  }
}

/** As a part of a regular expression. */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\#]/g, '\\$&');

/** Each imported name with its module: `import { f } from './f'`, `const { f } = require('./f')`. */
function* importedNames(walked: Walked): Generator<[string, string]> {
  for (const statement of walked.of('import_statement')) {
    const path = stringOf(statement.childForFieldName('source') ?? undefined);
    for (const name of path === null ? [] : statement.descendantsOfType('identifier')) yield [name.text, path ?? ''];
  }
  for (const declared of walked.of('variable_declarator')) {
    const value = declared.childForFieldName('value');
    const path =
      value?.type === 'call_expression' && calleeName(value) === 'require' ? stringOf(argumentsOf(value)[0]) : null;
    const names = declared
      .childForFieldName('name')
      ?.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']);
    for (const name of path === null ? [] : (names ?? [])) yield [name.text, path ?? ''];
  }
}

function* importsOf({ root, text }: SourceFile, walked: Walked): Generator<string> {
  for (const statement of walked.of('import_statement', 'export_statement')) {
    const path = stringOf(statement.childForFieldName('source') ?? undefined);
    if (path !== null) yield path;
  }
  // Looked for as words: there are many calls, and few are these.
  for (const { index } of text.matchAll(/\b(require|import)\s*\(/g)) {
    const call = root.descendantForIndex(index)?.parent;
    const isCallee = call?.type === 'call_expression' && call.childForFieldName('function')?.startIndex === index;
    const path = isCallee ? stringOf(argumentsOf(call)[0]) : null;
    if (path !== null) yield path;
  }
}
