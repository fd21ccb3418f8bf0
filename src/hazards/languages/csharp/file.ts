import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn, wholeText } from '../../syntax';
import { walkedIn } from '../../walked';
import { plainName } from './calls';

/** A method, constructor or local function that the file declares. */
export interface DeclaredFunction {
  node: Node;
  name: string;
}

const functionTypes = ['method_declaration', 'local_function_statement', 'constructor_declaration'];

/** Types whose body is code of its own. */
export const isFunction = ({ type }: Node) =>
  functionTypes.includes(type) || type === 'lambda_expression' || type === 'anonymous_method_expression';

const isAsync = (node: Node) => node.children.some(({ type, text }) => type === 'modifier' && text === 'async');

/** Is the place in asynchronous code, so that it can wait? Statements of a program without a class may. */
export function canAwait(place: Node): boolean {
  const around = [...ancestorsOf(place)].find(isFunction);
  return around ? isAsync(around) : [...ancestorsOf(place)].some(({ type }) => type === 'global_statement');
}

/** `async` stands before it. */
export const isAsynchronous = isAsync;

export const walkedTypes = ['using_directive', ...functionTypes];

/** What a C# file imports and declares, read once for all rules. */
export class CsharpFile {
  readonly text: string;
  /** Namespaces: `Confluent.Kafka`. */
  readonly imports: readonly string[];
  readonly functions: readonly DeclaredFunction[];
  readonly #byNode: ReadonlyMap<number, DeclaredFunction>;
  readonly #byName = new Map<string, DeclaredFunction[]>();
  readonly #uses = new Map<number, Node[]>();

  constructor(
    readonly root: Node,
    walked = walkedIn(root, walkedTypes),
  ) {
    this.text = wholeText(root);
    this.imports = walked.of('using_directive').flatMap((each) => partsOf(each).at(-1)?.text ?? []);
    this.functions = walked.of(...functionTypes).map((node) => ({ node, name: textIn(node, 'name') }));
    this.#byNode = new Map(this.functions.map((each) => [each.node.id, each]));
    for (const each of this.functions) this.#byName.set(each.name, [...(this.#byName.get(each.name) ?? []), each]);
  }

  importsAny(pattern: RegExp): boolean {
    return this.imports.some((name) => pattern.test(name));
  }

  functionAround(node: Node): DeclaredFunction | null {
    for (const outer of ancestorsOf(node)) {
      const found = this.#byNode.get(outer.id);
      if (found) return found;
    }
    return null;
  }

  classAround(node: Node): Node | null {
    return [...ancestorsOf(node)].find(({ type }) => /^(class|record|struct)_declaration$/.test(type)) ?? null;
  }

  /** The declared function that `F` or `this.F` means, as far as names in this file tell. */
  functionMeant(expression: Node | null): DeclaredFunction | null {
    if (!expression) return null;
    const name = /^(?:this\.)?(\w+)$/.exec(plainName(expression))?.[1] ?? '';
    const named = this.#byName.get(name) ?? [];
    if (named.length === 0) return null;
    const owner = this.classAround(expression)?.id;
    return named.find(({ node }) => this.classAround(node)?.id === owner) ?? null;
  }

  /** Where the file calls the function or hands it on, without its declaration. */
  usesOf(declared: DeclaredFunction): Node[] {
    const known = this.#uses.get(declared.node.id) ?? this.#findUses(declared);
    this.#uses.set(declared.node.id, known);
    return known;
  }

  #findUses({ name, node }: DeclaredFunction): Node[] {
    return [...this.text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].flatMap(({ index }) => {
      const leaf = this.root.descendantForIndex(index, index + name.length);
      if (!leaf || leaf.parent?.id === node.id) return [];
      const use = leaf.parent?.type === 'member_access_expression' ? leaf.parent : leaf;
      return this.functionMeant(use)?.node.id === node.id ? [use] : [];
    });
  }

  /** The value last given to a local variable above the place; null: none is. */
  assignedAbove(name: string, place: Node): Node | null {
    const scope = this.functionAround(place)?.node ?? this.root;
    return (
      scope
        .descendantsOfType(['variable_declarator', 'assignment_expression'])
        .filter((each) => each.endIndex <= place.startIndex && nameOf(each) === name)
        .map(valueOf)
        .at(-1) ?? null
    );
  }
}

const nameOf = (given: Node) => (given.childForFieldName('name') ?? given.childForFieldName('left'))?.text;

/** What a variable or field is given where it is declared or assigned; null: nothing. */
export function valueOf(given: Node): Node | null {
  const right = given.childForFieldName('right') ?? given.childForFieldName('value');
  const last = partsOf(given).at(-1) ?? null;
  return right ?? (last?.id === given.childForFieldName('name')?.id ? null : last);
}
