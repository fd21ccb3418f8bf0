import type { Node } from 'web-tree-sitter';
import { ancestorsOf, descendantsOf, Nested, partsOf, textIn, wholeText } from '../../syntax';
import { walkedIn } from '../../walked';
import { wordsNamed } from '../../words';

/** A function or method that the file declares. */
export interface DeclaredFunction {
  node: Node;
  name: string;
  /** The class it is a method of; null: none. */
  readonly owner: Node | null;
}

/** `put` of `self.queue.put(…)`, `f` of `f(…)`; empty for other callees. */
export function calleeName(call: Node): string {
  const callee = call.childForFieldName('function');
  if (callee?.type === 'identifier') return callee.text;
  return callee?.type === 'attribute' ? textIn(callee, 'attribute') : '';
}

/** `self.queue` of `self.queue.put(…)`; empty: it is no method. */
export function receiverText(call: Node): string {
  const callee = call.childForFieldName('function');
  return callee?.type === 'attribute' ? textIn(callee, 'object') : '';
}

/** Positional arguments, without `*rest`. */
export const positional = (call: Node): Node[] =>
  argumentsOf(call).filter(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat');

/** All arguments, without comments; a generator that is the only argument stands for itself. */
export function argumentsOf(call: Node): Node[] {
  const list = call.childForFieldName('arguments');
  if (!list) return [];
  return list.type === 'argument_list' ? partsOf(list) : [list];
}

/** The value of `name=value`; null: it is not given. */
export const keyword = (call: Node, ...names: string[]): Node | null =>
  argumentsOf(call)
    .find((each) => each.type === 'keyword_argument' && names.includes(textIn(each, 'name')))
    ?.childForFieldName('value') ?? null;

/** The value last given to the name above the place in its function; null: none is. */
export function assignedAbove(name: string, place: Node): Node | null {
  const around = [...ancestorsOf(place)];
  const scope = around.find(({ type }) => type === 'function_definition') ?? around.at(-1) ?? place;
  return (
    descendantsOf(scope, 'assignment')
      .filter((each) => each.endIndex <= place.startIndex && each.childForFieldName('left')?.text === name)
      .at(-1)
      ?.childForFieldName('right') ?? null
  );
}

/** Is the place in an asynchronous function, so that it can wait? */
export function canAwait(place: Node): boolean {
  const around = [...ancestorsOf(place)].find(({ type }) => type === 'function_definition' || type === 'lambda');
  return around?.children.some(({ type }) => type === 'async') ?? false;
}

/** Of most functions nobody asks whose they are. */
class Declared implements DeclaredFunction {
  readonly name: string;
  #owner: Node | null | undefined;

  constructor(readonly node: Node) {
    this.name = textIn(node, 'name');
  }

  get owner(): Node | null {
    return this.#owner === undefined ? (this.#owner = ownerOf(this.node)) : this.#owner;
  }
}

export const loopTypes = ['for_statement', 'while_statement'];
export const walkedTypes = [
  'import_statement',
  'import_from_statement',
  'function_definition',
  'class_definition',
  ...loopTypes,
];

/** What a Python file imports and declares, read once for all rules. */
export class PythonFile {
  readonly text: string;
  /** Modules as they are written: `aio_pika`, `.worker`. */
  readonly imports: readonly string[];
  readonly functions: readonly DeclaredFunction[];
  readonly classes: readonly Node[];
  readonly #full = new Map<string, string>();
  readonly #modules = new Map<string, string>();
  readonly #nested: Nested;
  #nestedClasses: Nested | null = null;
  readonly #uses = new Map<number, Node[]>();

  constructor(
    readonly root: Node,
    readonly walked = walkedIn(root, walkedTypes),
  ) {
    this.text = wholeText(root);
    this.imports = [...this.#readImports(walked.of('import_statement', 'import_from_statement'))];
    this.functions = walked.of('function_definition').map((node) => new Declared(node));
    this.classes = walked.of('class_definition');
    this.#nested = new Nested(this.functions.map(({ node }) => node));
  }

  importsAny(pattern: RegExp): boolean {
    return this.imports.some((name) => pattern.test(name));
  }

  /** `asyncio.Queue` of `Queue()` after `from asyncio import Queue`; the callee as it stands where nothing is known. */
  fullName(callee: Node | null): string {
    const text = callee?.type === 'subscript' ? textIn(callee, 'value') : (callee?.text ?? '');
    const [head = '', ...rest] = text.split('.');
    return [this.#full.get(head) ?? head, ...rest].join('.');
  }

  /** The module that a name is imported from, as it is written; null: it is not imported. */
  moduleOf(name: string): string | null {
    return this.#modules.get(name) ?? null;
  }

  /** The declared function that `f`, `self.f` or `cls.f` means, as far as names in this file tell. */
  functionMeant(expression: Node | null): DeclaredFunction | null {
    const text = expression?.text ?? '';
    if (expression?.type === 'identifier')
      return this.functions.find(({ owner, name }) => name === text && owner === null) ?? null;
    const own = /^(self|cls)\.(\w+)$/.exec(text)?.[2];
    if (!expression || own === undefined) return null;
    const owner = this.classAround(expression);
    return this.functions.find((each) => each.name === own && each.owner?.id === owner?.id) ?? null;
  }

  functionAround(node: Node): DeclaredFunction | null {
    return this.functions[this.#nested.around(node)] ?? null;
  }

  classAround(node: Node): Node | null {
    return this.classes[(this.#nestedClasses ??= new Nested(this.classes)).around(node)] ?? null;
  }

  /** Where the file calls the function or hands it on, without its declaration. */
  usesOf(declared: DeclaredFunction): Node[] {
    const known = this.#uses.get(declared.node.id) ?? this.#findUses(declared);
    this.#uses.set(declared.node.id, known);
    return known;
  }

  #findUses(declared: DeclaredFunction): Node[] {
    return wordsNamed(this.text, declared.name).flatMap((index) => {
      const leaf = this.root.descendantForIndex(index, index + declared.name.length);
      if (leaf?.parent?.id === declared.node.id) return [];
      const use = leaf?.parent?.type === 'attribute' ? leaf.parent : leaf;
      return use && this.functionMeant(use)?.node.id === declared.node.id ? [use] : [];
    });
  }

  *#readImports(statements: readonly Node[]): Generator<string> {
    for (const statement of statements) {
      const from = statement.childForFieldName('module_name')?.text;
      if (from !== undefined) yield from;
      for (const each of statement.childrenForFieldName('name')) {
        const name = each.childForFieldName('name')?.text ?? each.text;
        const alias = each.childForFieldName('alias')?.text;
        if (from === undefined) yield name;
        // Of `from . import worker` the module is what is imported.
        this.#modules.set(alias ?? name, from === undefined || /^\.*$/.test(from) ? name : from);
        if (from !== undefined) this.#full.set(alias ?? name, `${from}.${name}`);
        else if (alias !== undefined) this.#full.set(alias, name);
      }
    }
  }
}

/** The class whose body holds the definition itself, decorated or not. */
function ownerOf(definition: Node): Node | null {
  const outer = definition.parent?.type === 'decorated_definition' ? definition.parent.parent : definition.parent;
  return outer?.parent?.type === 'class_definition' ? outer.parent : null;
}
