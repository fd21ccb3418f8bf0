import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn, wholeText } from '../../syntax';
import { walkedIn } from '../../walked';
import { calledAt } from './calls';

/** A function or method that the file declares. */
export interface DeclaredFunction {
  node: Node;
  name: string;
  /** `Server` of a method in `impl Server`; null: no method. */
  owner: string | null;
}

/** The value last given to the name above the place in its function; null: none is. */
export function assignedAbove(name: string, place: Node): Node | null {
  const around = [...ancestorsOf(place)];
  const scope = around.find(({ type }) => type === 'function_item') ?? around.at(-1) ?? place;
  return (
    scope
      .descendantsOfType('let_declaration')
      .filter((each) => each.endIndex <= place.startIndex && each.childForFieldName('pattern')?.text === name)
      .at(-1)
      ?.childForFieldName('value') ?? null
  );
}

/** Is the place in asynchronous code, so that it can wait? */
export function canAwait(place: Node): boolean {
  const around = [...ancestorsOf(place)].find(({ type }) =>
    /^(function_item|closure_expression|async_block|token_tree)$/.test(type),
  );
  if (around?.type === 'async_block') return true;
  return around?.type === 'function_item' ? isAsync(around) : false;
}

const isAsync = (definition: Node) =>
  definition.namedChildren.some(({ type, text }) => type === 'function_modifiers' && /\basync\b/.test(text));

/** Does the function around the place hand its errors on, so that `?` compiles? */
export function handsErrorsOn(place: Node): boolean {
  const around = [...ancestorsOf(place)].find(({ type }) =>
    /^(function_item|closure_expression|async_block|token_tree)$/.test(type),
  );
  return around?.type === 'function_item' && /\bResult\b/.test(textIn(around, 'return_type'));
}

export const walkedTypes = ['use_declaration', 'function_item'];

/** What a Rust file imports and declares, read once for all rules. */
export class RustFile {
  readonly text: string;
  /** Whole paths of `use`, and the first words of other paths: `tokio::sync::mpsc`, `lapin`. */
  readonly imports: readonly string[];
  readonly functions: readonly DeclaredFunction[];
  readonly #full = new Map<string, string>();
  readonly #byNode: ReadonlyMap<number, DeclaredFunction>;
  readonly #uses = new Map<number, Node[]>();

  constructor(
    readonly root: Node,
    walked = walkedIn(root, walkedTypes),
  ) {
    this.text = wholeText(root);
    const used = walked.of('use_declaration').flatMap((use) => {
      const argument = use.childForFieldName('argument');
      return argument ? [...this.#readUse(argument, '')] : [];
    });
    const first = [...this.text.matchAll(/(?<![\w:])([a-z_]\w*)::/g)].flatMap(([, name]) => name ?? []);
    this.imports = [...new Set([...used, ...first])];
    this.functions = walked.of('function_item').map((node) => ({
      node,
      name: textIn(node, 'name'),
      owner: ownerOf(node),
    }));
    this.#byNode = new Map(this.functions.map((each) => [each.node.id, each]));
  }

  importsAny(pattern: RegExp): boolean {
    return this.imports.some((name) => pattern.test(name));
  }

  /** `tokio::sync::mpsc::channel` of `mpsc::channel` after `use tokio::sync::mpsc`; as it stands where nothing is known. */
  fullName(path: string): string {
    const [head = '', ...rest] = path.split('::');
    return [this.#full.get(head) ?? head, ...rest].join('::');
  }

  /** The declared function that `f`, `self.f`, `Self::f` or `Type::f` means, as far as names in this file tell. */
  functionMeant(name: string, receiver: string, place: Node): DeclaredFunction | null {
    const candidates = this.functions.filter((each) => each.name === name);
    if (receiver === '') return candidates.find(({ owner }) => owner === null) ?? null;
    const own = this.functionAround(place)?.owner ?? null;
    const owner = /^(self|Self|this)$/.test(receiver) ? own : receiver;
    return owner === null ? null : (candidates.find((each) => each.owner === owner) ?? null);
  }

  functionAround(node: Node): DeclaredFunction | null {
    for (const outer of ancestorsOf(node)) {
      const found = this.#byNode.get(outer.id);
      if (found) return found;
    }
    return null;
  }

  /** Where the file calls the function, also inside macros. */
  callsOf(declared: DeclaredFunction): Node[] {
    const known = this.#uses.get(declared.node.id) ?? this.#findCalls(declared);
    this.#uses.set(declared.node.id, known);
    return known;
  }

  #findCalls(declared: DeclaredFunction): Node[] {
    return [...this.text.matchAll(new RegExp(`\\b${declared.name}\\b`, 'g'))].flatMap(({ index }) => {
      const leaf = this.root.descendantForIndex(index, index + declared.name.length);
      const call = [leaf, ...(leaf ? ancestorsOf(leaf) : [])]
        .slice(0, 4)
        .find((each) => each?.type === 'call_expression');
      const called = leaf && (calledAt(leaf) ?? (call ? calledAt(call) : null));
      const meant = called && this.functionMeant(called.name, called.receiver, called.node);
      return called && meant?.node.id === declared.node.id ? [called.node] : [];
    });
  }

  /** Paths of a `use`, kept under the names they get. */
  *#readUse(argument: Node, prefix: string): Generator<string> {
    const path = argument.childForFieldName('path')?.text;
    const list = argument.type === 'use_list' ? argument : argument.childForFieldName('list');
    if (argument.type === 'use_wildcard') yield `${prefix}${partsOf(argument)[0]?.text ?? ''}::*`;
    else if (list)
      for (const part of partsOf(list))
        yield* this.#readUse(part, list === argument || path === undefined ? prefix : `${prefix}${path}::`);
    else yield this.#keep(argument, prefix, path);
  }

  #keep(argument: Node, prefix: string, path: string | undefined): string {
    const alias = argument.childForFieldName('alias')?.text;
    const name = alias === undefined ? argument.text : (path ?? '');
    const full = name === 'self' ? prefix.slice(0, -2) : `${prefix}${name}`;
    this.#full.set(alias ?? full.split('::').at(-1) ?? full, full);
    return full;
  }
}

/** `Server` of the `impl<T> Trait for Server<T>` around the definition. */
function ownerOf(definition: Node): string | null {
  const block = definition.parent?.parent;
  if (block?.type !== 'impl_item' && block?.type !== 'trait_item') return null;
  const type = block.childForFieldName('type') ?? block.childForFieldName('name');
  return type?.text.replace(/<.*$/s, '') ?? null;
}

/** Is the place in a test of the file: `#[cfg(test)] mod tests`, `#[tokio::test]`? */
export function isTest(place: Node): boolean {
  return [...ancestorsOf(place)].some((outer) => {
    if (!/^(mod|function)_item$/.test(outer.type)) return false;
    for (
      let each = outer.previousNamedSibling;
      each && /attribute|comment/.test(each.type);
      each = each.previousNamedSibling
    )
      if (/\btest\b|\bbench\b/.test(each.text) && each.type === 'attribute_item' && !each.text.includes('not(test'))
        return true;
    return false;
  });
}
