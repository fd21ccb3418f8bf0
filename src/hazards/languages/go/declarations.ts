import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf } from '../../syntax';
import { argumentsOf, calleeName } from './calls';
import { channelCalls } from './names';

/** A function or method that the file declares. */
export interface DeclaredFunction {
  node: Node;
  name: string;
  /** `Server` of `func (s *Server) …`; null: no method. */
  receiverType: string | null;
  /** `s` of `func (s *Server) …`. */
  receiverName: string | null;
}

/** What a Go file declares and imports, read once for all rules. */
export class Declarations {
  readonly text: string;
  readonly imports: readonly string[];
  readonly functions: readonly DeclaredFunction[];
  readonly #byNode: ReadonlyMap<number, DeclaredFunction>;
  readonly #channelFields: ReadonlySet<string>;

  constructor(readonly root: Node) {
    this.text = root.text;
    this.imports = root
      .descendantsOfType('import_spec')
      .map((spec) => spec.childForFieldName('path')?.text.slice(1, -1) ?? '');
    this.functions = root.descendantsOfType(['function_declaration', 'method_declaration']).map(declared);
    this.#byNode = new Map(this.functions.map((each) => [each.node.id, each]));
    this.#channelFields = new Set(
      root
        .descendantsOfType('field_declaration')
        .filter((field) => field.childForFieldName('type')?.type === 'channel_type')
        .flatMap((field) => field.childrenForFieldName('name').map(({ text }) => text)),
    );
  }

  importsAny(pattern: RegExp): boolean {
    return this.imports.some((path) => pattern.test(path));
  }

  /** The declared function that a call or a function value means, as far as names in this file tell. */
  functionMeant(expression: Node): DeclaredFunction | null {
    if (expression.type === 'identifier')
      return this.functions.find((f) => f.receiverType === null && f.name === expression.text) ?? null;
    if (expression.type !== 'selector_expression') return null;
    const owner = this.functionAround(expression);
    const onReceiver = owner?.receiverName && expression.childForFieldName('operand')?.text === owner.receiverName;
    const field = expression.childForFieldName('field')?.text;
    if (!onReceiver) return null;
    return this.functions.find((f) => f.receiverType === owner.receiverType && f.name === field) ?? null;
  }

  functionAround(node: Node): DeclaredFunction | null {
    for (const outer of ancestorsOf(node)) {
      const found = this.#byNode.get(outer.id);
      if (found) return found;
    }
    return null;
  }

  /** Where the file calls the function or hands it on, without its declaration. */
  usesOf(declared: DeclaredFunction): Node[] {
    if (declared.name === '') return [];
    return [...this.text.matchAll(new RegExp(`\\b${declared.name}\\b`, 'g'))].flatMap(({ index }) => {
      const word = this.root.descendantForIndex(index, index + declared.name.length);
      const use = word?.parent?.type === 'selector_expression' ? word.parent : word;
      return use && this.functionMeant(use)?.node.id === declared.node.id ? [use] : [];
    });
  }

  /** Does the expression give a channel? 'outside': one that a library fills with messages; null: no, or unknown. */
  channelKind(expression: Node): 'inside' | 'outside' | null {
    if (expression.type === 'selector_expression')
      return this.#channelFields.has(expression.childForFieldName('field')?.text ?? '') ? 'inside' : null;
    if (expression.type === 'call_expression') return this.#callKind(expression);
    return expression.type === 'identifier' ? this.#variableKind(expression) : null;
  }

  #callKind(call: Node): 'inside' | 'outside' | null {
    const name = calleeName(call);
    if (name === 'make') return argumentsOf(call)[0]?.type === 'channel_type' ? 'inside' : null;
    const library = Object.hasOwn(channelCalls, name) ? channelCalls[name] : undefined;
    if (library && this.importsAny(library)) return 'outside';
    const callee = call.childForFieldName('function');
    const meant = callee ? this.functionMeant(callee) : null;
    return meant?.node.childForFieldName('result')?.type === 'channel_type' ? 'inside' : null;
  }

  /** By the last declaration of the name above its use, in the outermost enclosing function, or in the file. */
  #variableKind(use: Node): 'inside' | 'outside' | null {
    const scope = this.functionAround(use)?.node ?? this.root;
    const found =
      this.#declarationIn(scope, use) ??
      this.#declarationIn(this.root, use, (node) => node.type === 'var_spec' && this.functionAround(node) === null);
    if (!found) return null;
    const type = found.childForFieldName('type');
    if (type) return type.type === 'channel_type' ? 'inside' : null;
    const left = partsOf(found.childForFieldName('left') ?? found);
    const right = partsOf(found.childForFieldName('right') ?? found.childForFieldName('value') ?? found);
    const value = right[right.length === 1 ? 0 : left.findIndex(({ text }) => text === use.text)];
    return value?.type === 'call_expression' ? this.#callKind(value) : null;
  }

  #declarationIn(scope: Node, use: Node, wanted: (node: Node) => boolean = () => true): Node | undefined {
    return scope
      .descendantsOfType(['parameter_declaration', 'var_spec', 'short_var_declaration', 'assignment_statement'])
      .filter((node) => node.startIndex < use.startIndex || scope.id === this.root.id)
      .filter((node) => namesOf(node).includes(use.text) && wanted(node))
      .at(-1);
  }
}

const namesOf = (declaration: Node) => {
  const left = declaration.childForFieldName('left');
  return (left ? partsOf(left) : declaration.childrenForFieldName('name')).map(({ text }) => text);
};

function declared(node: Node): DeclaredFunction {
  const receiver = node.childForFieldName('receiver')?.descendantsOfType('parameter_declaration')[0];
  return {
    node,
    name: node.childForFieldName('name')?.text ?? '',
    receiverType: receiver?.childForFieldName('type')?.text.replace(/^\*|\[.*$/g, '') ?? null,
    receiverName: receiver?.childForFieldName('name')?.text ?? null,
  };
}
