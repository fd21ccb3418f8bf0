import type { Node } from 'web-tree-sitter';
import { ancestorsOf, partsOf, textIn, wholeText } from '../../syntax';
import { walkedIn } from '../../walked';

/** A method or constructor that the file declares. */
export interface DeclaredMethod {
  node: Node;
  name: string;
  /** The class, record, enum or interface it stands in, or the body of an anonymous class. */
  owner: Node | null;
}

/** `put` of `this.queue.put(…)`, `Thread` of `new Thread(…)`; empty for what is no call. */
export function calleeName(call: Node): string {
  if (call.type === 'method_invocation') return textIn(call, 'name');
  return call.type === 'object_creation_expression' ? typeName(call.childForFieldName('type')) : '';
}

/** `LinkedBlockingQueue` of `java.util.concurrent.LinkedBlockingQueue<String>`. */
export const typeName = (type: Node | null): string =>
  (type?.text ?? '')
    .replace(/<[^]*$/, '')
    .trim()
    .split('.')
    .at(-1) ?? '';

/** `this.queue` of `this.queue.put(…)`; empty: the method is the file's own. */
export const receiverText = (call: Node): string => (call.type === 'method_invocation' ? textIn(call, 'object') : '');

/** The arguments of a call or construction, without comments. */
export function argumentsOf(call: Node): Node[] {
  const list = call.childForFieldName('arguments');
  return list ? partsOf(list) : [];
}

/** The call that the node is an argument of; null: none. */
export function callTaking(argument: Node): Node | null {
  const list = argument.parent?.type === 'argument_list' ? argument.parent : null;
  return list?.parent ?? null;
}

/** Annotations of a declaration, as `@KafkaListener(…)` nodes. */
export const annotationsOf = (declaration: Node): Node[] =>
  (declaration.namedChildren.find(({ type }) => type === 'modifiers')?.namedChildren ?? []).filter(({ type }) =>
    type.endsWith('annotation'),
  );

/** `KafkaListener` of `@KafkaListener(…)`. */
export const annotationName = (annotation: Node) => typeName(annotation.childForFieldName('name'));

/** Can only the file itself call the method? */
export const isPrivate = (method: Node): boolean =>
  /\bprivate\b/.test(method.namedChildren.find(({ type }) => type === 'modifiers')?.text ?? '');

const isType = ({ type }: Node) => /^(class|record|enum|interface)_declaration$/.test(type);

/** What declares a type. */
export const typeDeclarations = [
  'class_declaration',
  'interface_declaration',
  'record_declaration',
  'enum_declaration',
] as const;
/** Loops that may take what arrives; one over a collection takes what is there. */
export const loops = ['while_statement', 'do_statement', 'for_statement'] as const;
export const walkedTypes = [
  'method_declaration',
  'constructor_declaration',
  'field_declaration',
  'constant_declaration',
  'object_creation_expression',
  'lambda_expression',
  ...typeDeclarations,
  ...loops,
];

/** Queues that are told how long they may get, also those of JCTools and Agrona. */
const sized =
  /^(Array|Linked)Blocking(Queue|Deque)$|^([MS]p[ms]c(Atomic)?|ManyToOneConcurrent|OneToOneConcurrent|ManyToManyConcurrent|MpscBlockingConsumer)ArrayQueue$/;

/** What a Java file imports and declares, read once for all rules. */
export class JavaFile {
  readonly text: string;
  /** Full names; of `java.util.*` the package. */
  readonly imports: readonly string[];
  readonly methods: readonly DeclaredMethod[];
  readonly #byNode: ReadonlyMap<number, DeclaredMethod>;
  #fields: Map<string, string> | null = null;
  #capacities: Map<string, { made: Node; given: string | null }> | null = null;
  #values: Map<string, { value: string; final: boolean }> | null = null;
  readonly #uses = new Map<number, Node[]>();

  constructor(
    readonly root: Node,
    readonly walked = walkedIn(root, walkedTypes),
  ) {
    this.text = wholeText(root);
    this.imports = root.namedChildren
      .filter(({ type }) => type === 'import_declaration')
      .map((each) => partsOf(each)[0]?.text ?? '');
    this.methods = walked.of('method_declaration', 'constructor_declaration').map((node) => ({
      node,
      name: textIn(node, 'name'),
      owner: this.classAround(node),
    }));
    this.#byNode = new Map(this.methods.map((each) => [each.node.id, each]));
  }

  importsAny(pattern: RegExp): boolean {
    return this.imports.some((name) => pattern.test(name));
  }

  /** The class around the node, or the body of the anonymous class. */
  classAround(node: Node): Node | null {
    return (
      [...ancestorsOf(node)].find(
        (outer) =>
          isType(outer) || (outer.type === 'class_body' && outer.parent?.type === 'object_creation_expression'),
      ) ?? null
    );
  }

  methodAround(node: Node): DeclaredMethod | null {
    for (const outer of ancestorsOf(node)) {
      const found = this.#byNode.get(outer.id);
      if (found) return found;
    }
    return null;
  }

  /** The type of the field of that name, as it is written; null: the file has no such field. */
  typeOfField(name: string): string | null {
    this.#fields ??= new Map(
      this.walked.of('field_declaration', 'constant_declaration').flatMap((field) => {
        const type = textIn(field, 'type');
        return field.childrenForFieldName('declarator').map((each) => [textIn(each, 'name'), type]);
      }),
    );
    return this.#fields.get(name) ?? null;
  }

  /** What is written, or what the constant of this file that it names is set to. */
  valueOf(expression: Node): string {
    const field = expression.type === 'identifier' ? this.#initial(expression.text) : null;
    return field?.final ? field.value : expression.text;
  }

  /** The name of a setting of this file that is `Integer.MAX_VALUE` unless it is set: `limit`, `settings.limit`; null: it is none. */
  endlessSetting(expression: Node): string | null {
    const name = /^(?:\w+\.)*(\w+)$/.exec(expression.text)?.[1] ?? '';
    const field = this.#initial(name);
    return field && !field.final && field.value === 'Integer.MAX_VALUE' ? name : null;
  }

  #initial(name: string): { value: string; final: boolean } | null {
    this.#values ??= new Map(
      this.walked.of('field_declaration').flatMap((field) => {
        const final = field.namedChildren.some(({ type, text }) => type === 'modifiers' && /\bfinal\b/.test(text));
        return field.childrenForFieldName('declarator').map((each): [string, { value: string; final: boolean }] => {
          const value = textIn(each, 'value');
          return [textIn(each, 'name'), { value, final }];
        });
      }),
    );
    return this.#values.get(name) ?? null;
  }

  /**
   * The capacity that the queue in the field of that name is made with; null: none that is given.
   * @param but a construction of it that does not count
   */
  capacityOf(name: string, but: Node | null = null): string | null {
    this.#capacities ??= this.#madeQueues();
    const known = this.#capacities.get(name);
    return known && known.made.id !== but?.id ? known.given : null;
  }

  /** Of a name the first with a capacity counts. */
  #madeQueues(): Map<string, { made: Node; given: string | null }> {
    const capacities = new Map<string, { made: Node; given: string | null }>();
    for (const made of this.walked.of('object_creation_expression')) {
      if (!sized.test(calleeName(made))) continue;
      const around = made.parent?.type === 'ternary_expression' ? made.parent.parent : made.parent;
      const given = around?.childForFieldName('name') ?? around?.childForFieldName('left');
      const name = given?.text.replace(/^this\./, '');
      if (name !== undefined && capacities.get(name)?.given == null)
        capacities.set(name, { made, given: argumentsOf(made)[0]?.text ?? null });
    }
    return capacities;
  }

  /** The declared method that `f(…)`, `this.f(…)` or `this::f` means, as far as names in this file tell. */
  methodMeant(use: Node): DeclaredMethod | null {
    const own = /^(?:this\s*::\s*)?(\w+)$/.exec(
      use.type === 'method_reference' ? use.text : /^(this)?$/.test(receiverText(use)) ? calleeName(use) : '',
    )?.[1];
    if (own === undefined || use.type === 'object_creation_expression') return null;
    const owners = [...ancestorsOf(use)].map(({ id }) => id);
    return this.methods.find(({ name, owner }) => name === own && owner !== null && owners.includes(owner.id)) ?? null;
  }

  /** Where the file calls the method or hands it on, without its declaration. */
  usesOf(declared: DeclaredMethod): Node[] {
    const known = this.#uses.get(declared.node.id) ?? this.#findUses(declared);
    this.#uses.set(declared.node.id, known);
    return known;
  }

  #findUses({ node, name }: DeclaredMethod): Node[] {
    if (node.type === 'constructor_declaration')
      return this.walked.of('object_creation_expression').filter((made) => calleeName(made) === name);
    // Half-typed methods may have no name, and names may hold a `$`.
    if (!/^\w+$/.test(name)) return [];
    return [...this.text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].flatMap(({ index }) => {
      const use = this.root.descendantForIndex(index, index + name.length)?.parent;
      const called = use?.type === 'method_invocation' || use?.type === 'method_reference';
      return called && this.methodMeant(use)?.node.id === node.id ? [use] : [];
    });
  }
}
