import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, receiverText } from '../languages/py/file';
import { partsOf, textIn } from '../syntax';
import { LazyCall, type CallSite } from './callSite';
import { bindingsIn, broughtInto } from './elsewhere/py';
import { fromEnvironment } from './placeholders';
import { farthest, joined, named, NamedValues, orDefault, unresolved, type Imported, type Value } from './reference';

/** Reads calls and constants of a Python file. */
export class PythonReader extends NamedValues {
  #bindings: ReturnType<typeof bindingsIn> | null = null;

  protected override *readCalls(): Generator<CallSite> {
    for (const node of this.root.descendantsOfType('call')) yield callAt(node);
    for (const decorator of this.root.descendantsOfType('decorator')) {
      const [node] = partsOf(decorator);
      if (node && /^(identifier|attribute)$/.test(node.type)) yield decoratorAt(node);
    }
  }

  valuesOf(expression: Node): Value[] {
    const inner = unwrapped(expression);
    if (/^(list|tuple|set)$/.test(inner.type)) return partsOf(inner).flatMap((each) => this.valuesOf(each));
    if (inner.type === 'dictionary')
      return partsOf(inner).flatMap((pair) => this.valuesOf(pair.childForFieldName('key') ?? pair));
    const held = inner.type === 'identifier' ? this.givenTo(inner.text, inner) : undefined;
    if (held && /^(list|tuple|set)$/.test(held.type)) return this.valuesOf(held).map(named);
    const known = this.#valueOf(inner, farthest);
    return known.text === null && isName(inner) ? (this.elsewhere(nameIn(inner), inner) ?? [known]) : [known];
  }

  makerOf(receiver: string, at: Node): CallSite | null {
    const value = this.givenTo(receiver, at);
    const call = value && unwrapped(value);
    return call?.type === 'call' ? callAt(call) : null;
  }

  broughtIn(name: string): Imported[] {
    this.#bindings ??= bindingsIn(this.root);
    return this.place ? broughtInto(this.#bindings, name, this.place) : [];
  }

  /** `settings.topic` after `settings = Settings()`. */
  protected override exportedAs(name: string): string[] {
    return [name, ...this.#memberOf(name, this.root)];
  }

  #memberOf(name: string, at: Node): string[] {
    const [, object, member] = /^(\w+)\.(\w+)$/.exec(name) ?? [];
    const made = object === undefined ? null : this.makerOf(object, at);
    return made && member !== undefined ? [`${made.name}.${member}`] : [];
  }

  #valueOf(node: Node, depth: number): Value {
    const inner = unwrapped(node);
    if (inner.type === 'string') return joined(this.#stringParts(inner, depth));
    if (inner.type === 'call') return this.#looked(inner, depth);
    if (inner.type === 'subscript' && inner.childForFieldName('value')?.text.endsWith('environ'))
      return this.#environ(inner);
    if (isName(inner)) return this.#followed(inner, depth);
    const [left, right] = partsOf(inner);
    if (!left || !right) return unresolved;
    const values = [this.#valueOf(left, depth), this.#valueOf(right, depth)] as const;
    if (inner.type === 'boolean_operator') return orDefault(...values);
    return inner.type === 'binary_operator' && inner.childForFieldName('operator')?.text === '+'
      ? joined(values)
      : unresolved;
  }

  /** `"orders"`, `f"orders.{region}"`. */
  #stringParts(string: Node, depth: number): Value[] {
    const content = partsOf(string).filter(({ type }) => type === 'string_content' || type === 'interpolation');
    if (content.length === 0) return [{ text: '', confidence: 'literal' }];
    return content.map((part) => {
      if (part.type === 'string_content') return { text: part.text, confidence: 'literal' };
      const [expression] = partsOf(part);
      return expression ? this.#valueOf(expression, depth) : unresolved;
    });
  }

  /** `Queue("orders")` of kombu, `os.getenv("X", "orders")`, `os.environ.get("X", "orders")`, `"orders.{}".format(region)`. */
  #looked(call: Node, depth: number): Value {
    const [first, fallback] = argumentsOf(call);
    const { name, named: parts } = callAt(call);
    const declared = /^(Queue|Exchange)$/.test(name) ? (parts.get('name') ?? first) : undefined;
    if (declared) return this.#valueOf(declared, depth);
    const isLookup = /(^|\.)getenv$|environ\.get$/.test(textIn(call, 'function'));
    if (!isLookup || !first) return unresolved;
    const set = fromEnvironment(this.environment, this.#valueOf(first, depth).text ?? undefined);
    return orDefault(set, fallback ? this.#valueOf(fallback, depth) : unresolved);
  }

  /** `os.environ["X"]` */
  #environ(subscript: Node): Value {
    const key = subscript.childForFieldName('subscript');
    return key ? fromEnvironment(this.environment, this.#valueOf(key, 0).text ?? undefined) : unresolved;
  }

  #followed(name: Node, depth: number): Value {
    if (depth === 0) return unresolved;
    const value = this.givenTo(nameIn(name), name);
    if (value) return named(this.#valueOf(value, depth - 1));
    const [, owner, member = ''] = /^(\w+)\.(?:method\.)?(\w+)$/.exec(name.text) ?? [];
    const declared = /^(queue|name)$/.test(member) && owner !== undefined ? this.makerOf(owner, name) : null;
    const queue = declared && /^(queue_declare|declare_queue)$/.test(declared.name) ? declaredIn(declared) : undefined;
    if (queue) return named(this.#valueOf(queue, depth - 1));
    const option = this.givenTo(`--${member}`);
    if (option) return orDefault(unresolved, this.#valueOf(option, depth - 1));
    const [settings] = this.#memberOf(name.text, name).flatMap((each) => this.givenTo(each) ?? []);
    return settings ? named(this.#valueOf(settings, depth - 1)) : this.oneElsewhere(nameIn(name), name);
  }

  /** What each name of the file is given: variables, attributes, members of classes and enums, options with a default. */
  protected override *given(): Generator<[string, Node]> {
    for (const item of this.root.descendantsOfType('as_pattern')) {
      const [value, target] = partsOf(item);
      if (value && target) yield [target.text, value];
    }
    for (const { args, named: parts } of this.calls().filter(({ name }) => name === 'add_argument')) {
      const option = args.at(-1)?.text.replace(/^['"]--|['"]$/g, '');
      const value = parts.get('default');
      if (option !== undefined && value) yield [`--${option.replaceAll('-', '_')}`, value];
    }
    for (const node of this.root.descendantsOfType(['assignment', 'default_parameter', 'typed_default_parameter'])) {
      const left =
        node.childForFieldName('left') ?? (node.type === 'assignment' ? null : node.childForFieldName('name'));
      const value = node.childForFieldName('right') ?? node.childForFieldName('value');
      if (!left || !value) continue;
      yield [left.text, value];
      yield* entriesOf(left.text, value);
      const owner = node.parent?.parent?.parent;
      const member = owner?.type === 'class_definition' ? owner.childForFieldName('name')?.text : undefined;
      if (member === undefined) continue;
      for (const name of [
        `${member}.${left.text}`,
        `${member}.${left.text}.value`,
        `self.${left.text}`,
        `cls.${left.text}`,
      ])
        yield [name, value];
    }
  }
}

const isName = ({ type }: Node) => /^(identifier|attribute|subscript)$/.test(type);

/** `TOPICS.orders` of `TOPICS["orders"]`. */
const nameIn = ({ text }: Node) => text.replace(/\[['"](\w+)['"]\]/g, '.$1');

/** `TOPICS = {"orders": "shop.orders"}` */
function* entriesOf(name: string, dictionary: Node): Generator<[string, Node]> {
  for (const pair of dictionary.type === 'dictionary' ? partsOf(dictionary) : []) {
    const key = /^['"](\w+)['"]$/.exec(textIn(pair, 'key'))?.[1];
    const value = pair.childForFieldName('value');
    if (key === undefined || !value) continue;
    yield [`${name}.${key}`, value];
    yield* entriesOf(`${name}.${key}`, value);
  }
}

/** The queue that a declaration names. */
const declaredIn = ({ args, named: parts }: CallSite): Node | undefined =>
  parts.get('queue') ?? parts.get('name') ?? args[0];

function unwrapped(node: Node): Node {
  const [inner] = /^(await|parenthesized_expression)$/.test(node.type) ? partsOf(node) : [];
  return inner ? unwrapped(inner) : node;
}

const callAt = (node: Node): CallSite =>
  new LazyCall(node, calleeName(node), {
    receiver: () => receiverText(node),
    args: () => argumentsOf(node).filter(({ type }) => type !== 'keyword_argument' && type !== 'dictionary_splat'),
    named: () => namedIn(argumentsOf(node)),
  });

/** `@app.task` is as good as `@app.task()`. */
const decoratorAt = (node: Node): CallSite => {
  const [, receiver = '', name = ''] = /^(?:(.*)\.)?(\w+)$/s.exec(node.text) ?? [];
  return new LazyCall(node, name, { receiver: () => receiver });
};

/** Keyword arguments, and the entries of a dictionary that is the first argument: `Consumer({"group.id": "billing"})`. */
function* namedIn(all: readonly Node[]): Generator<[string, Node]> {
  for (const each of all.flatMap((given) => (given.type === 'dictionary' ? partsOf(given) : [given]))) {
    const name = each.childForFieldName(each.type === 'pair' ? 'key' : 'name')?.text.replace(/^['"]|['"]$/g, '');
    const value = each.childForFieldName('value');
    if (name !== undefined && value) yield [name, value];
  }
}
