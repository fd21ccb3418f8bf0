import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn, wholeText } from '../../syntax';
import { walkedIn } from '../../walked';
import { argumentsOf, calleeName } from './calls';
import { joinedIn } from './collections/joined';
import { keptIn } from './collections/kept';
import { leftIn } from './collections/left';
import { channelCalls } from './names';
import type { Put } from './collections/puts';

/** A function or method that the file declares. */
export interface DeclaredFunction {
  node: Node;
  name: string;
  /** `Server` of `func (s *Server) …`; null: no method. */
  receiverType: string | null;
  /** `s` of `func (s *Server) …`. */
  receiverName: string | null;
}

/** A channel, and who puts items into it. */
export interface Channel {
  filledBy: 'program' | 'library';
  /** Type of the items as it stands in the source; empty: not told. */
  item: string;
}

export const walkedTypes = [
  'import_spec',
  'function_declaration',
  'method_declaration',
  'func_literal',
  'field_declaration',
  'for_statement',
];

/** What a Go file declares and imports, read once for all rules. */
export class Declarations {
  readonly text: string;
  readonly imports: readonly string[];
  readonly functions: readonly DeclaredFunction[];
  readonly #byNode: ReadonlyMap<number, DeclaredFunction>;
  readonly #channelFields: ReadonlyMap<string, Channel>;
  readonly #said = new Map<string, boolean>();
  readonly #declared = new Map<number, { node: Node; names: string[] }[]>();
  #variables: ReadonlySet<string> | null = null;
  #types: ReadonlyMap<string, string> | null = null;
  #kept: readonly Put[] | null = null;
  #left: readonly Put[] | null = null;
  #joined: readonly Put[] | null = null;

  constructor(
    readonly root: Node,
    readonly walked = walkedIn(root, walkedTypes),
  ) {
    this.text = wholeText(root);
    this.imports = walked.of('import_spec').map((spec) => spec.childForFieldName('path')?.text.slice(1, -1) ?? '');
    this.functions = walked.of('function_declaration', 'method_declaration').map(declared);
    this.#byNode = new Map(this.functions.map((each) => [each.node.id, each]));
    this.#channelFields = new Map(
      walked.of('field_declaration').flatMap((field) => {
        const channel = channelType(field.childForFieldName('type'));
        return channel ? field.childrenForFieldName('name').map(({ text }): [string, Channel] => [text, channel]) : [];
      }),
    );
  }

  /** Names of variables of the package that have a declaration of their own. */
  get variables(): ReadonlySet<string> {
    return (this.#variables ??= new Set([...this.text.matchAll(/^var (\w+)/gm)].map(([, name]) => name ?? '')));
  }

  /** What a statement puts into a collection that only grows; null: nothing. */
  keptAt(statement: Node): Put | null {
    return putAmong((this.#kept ??= keptIn(this.text)), statement);
  }

  /** What a statement puts into a map and leaves there when no answer comes; null: nothing. */
  leftAt(statement: Node): Put | null {
    return putAmong((this.#left ??= leftIn(this.text)), statement);
  }

  /** Where a statement joins what is read until a mark comes; null: it does not. */
  joinedAt(statement: Node): Put | null {
    return putAmong((this.#joined ??= joinedIn(this.text)), statement);
  }

  /** The type of a field of that name as it stands in the source; null: the file declares none. */
  typeOf(field: string): string | null {
    this.#types ??= new Map(
      this.walked.of('field_declaration').flatMap((each) => {
        const type = textIn(each, 'type');
        return each.childrenForFieldName('name').map(({ text }): [string, string] => [text, type]);
      }),
    );
    return this.#types.get(field) ?? null;
  }

  /** Is there a match in the text? Answered once for each pattern. */
  says(pattern: string): boolean {
    const known = this.#said.get(pattern) ?? new RegExp(pattern).test(this.text);
    this.#said.set(pattern, known);
    return known;
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

  /** The path of the import that a name stands for; null: it is none. */
  moduleOf(name: string): string | null {
    return (
      this.imports.find(
        (path) =>
          path
            .replace(/\/v\d+$/, '')
            .split('/')
            .at(-1) === name,
      ) ?? null
    );
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

  /** The channel that an expression gives; null: none, or not to be told from this file. */
  channelOf(expression: Node): Channel | null {
    if (expression.type === 'selector_expression') return this.#channelFields.get(textIn(expression, 'field')) ?? null;
    if (expression.type === 'call_expression') return this.#channelOfCall(expression);
    return expression.type === 'identifier' ? this.#channelOfVariable(expression) : null;
  }

  #channelOfCall(call: Node): Channel | null {
    const name = calleeName(call);
    if (name === 'make') return channelType(argumentsOf(call)[0]);
    const library = Object.hasOwn(channelCalls, name) ? channelCalls[name] : undefined;
    if (library && this.importsAny(library)) return { filledBy: 'library', item: '' };
    const callee = call.childForFieldName('function');
    // `returns := channel.NotifyReturn(make(chan amqp.Return))`: the library fills what it is handed.
    const handed = /^(Notify|Watch|Subscribe)/.test(name) ? handedChannel(call) : null;
    if (handed && callee?.type === 'selector_expression') return { ...handed, filledBy: 'library' };
    const meant = callee ? this.functionMeant(callee) : null;
    return channelType(meant?.node.childForFieldName('result'));
  }

  /** By the last declaration of the name above its use, in the outermost enclosing function, or in the file. */
  #channelOfVariable(use: Node): Channel | null {
    const scope = this.functionAround(use)?.node ?? this.root;
    const found =
      this.#declarationIn(scope, use) ??
      this.#declarationIn(this.root, use, (node) => node.type === 'var_spec' && this.functionAround(node) === null);
    if (!found) return null;
    const type = found.childForFieldName('type');
    if (type) return channelType(type);
    const left = partsOf(found.childForFieldName('left') ?? found);
    const right = partsOf(found.childForFieldName('right') ?? found.childForFieldName('value') ?? found);
    const value = right[right.length === 1 ? 0 : left.findIndex(({ text }) => text === use.text)];
    if (value?.type === 'call_expression') return this.#channelOfCall(value);
    // `queue := tasks`: the same by another name.
    return value && /^(identifier|selector_expression)$/.test(value.type) && value.text !== use.text
      ? this.channelOf(value)
      : null;
  }

  #declarationIn(scope: Node, use: Node, wanted: (node: Node) => boolean = () => true): Node | undefined {
    const { text, startIndex } = use;
    return this.#declarationsOf(scope).findLast(
      ({ node, names }) =>
        names.includes(text) && (node.startIndex < startIndex || scope.id === this.root.id) && wanted(node),
    )?.node;
  }

  /** Asked again for every channel of a function. */
  #declarationsOf(scope: Node): { node: Node; names: string[] }[] {
    const known = this.#declared.get(scope.id);
    if (known) return known;
    const declared = scope
      .descendantsOfType(['parameter_declaration', 'var_spec', 'short_var_declaration', 'assignment_statement'])
      .map((node) => ({ node, names: namesOf(node) }));
    this.#declared.set(scope.id, declared);
    return declared;
  }
}

const putAmong = (puts: readonly Put[], { startIndex, endIndex }: Node) =>
  puts.find(({ index }) => startIndex <= index && index <= endIndex) ?? null;

const channelType = (type: Node | null | undefined): Channel | null =>
  type?.type === 'channel_type' ? { filledBy: 'program', item: textIn(type, 'value') } : null;

/** The channel that a call is handed where it is made; of errors and signals none. */
const handedChannel = (call: Node): Channel | null =>
  argumentsOf(call)
    .filter((each) => each.type === 'call_expression' && calleeName(each) === 'make')
    .map((made) => channelType(argumentsOf(made)[0]))
    .find((channel) => channel !== null && !/error|struct|bool|signal/i.test(channel.item)) ?? null;

const namesOf = (declaration: Node) => {
  const left = declaration.childForFieldName('left');
  return (left ? partsOf(left) : declaration.childrenForFieldName('name')).map(({ text }) => text);
};

function declared(node: Node): DeclaredFunction {
  const receiver = node.childForFieldName('receiver')?.descendantsOfType('parameter_declaration')[0];
  return {
    node,
    name: textIn(node, 'name'),
    receiverType: receiver?.childForFieldName('type')?.text.replace(/^\*|\[.*$/g, '') ?? null,
    receiverName: receiver?.childForFieldName('name')?.text ?? null,
  };
}
