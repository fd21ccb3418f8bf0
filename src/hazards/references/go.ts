import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName } from '../languages/go/calls';
import { ancestorsOf, partsOf, textIn } from '../syntax';
import { LazyCall, type CallSite } from './callSite';
import { broughtInto, callersOf, isLocal } from './elsewhere/go';
import { fromEnvironment } from './placeholders';
import { farthest, joined, named, NamedValues, orDefault, unresolved, type Imported, type Value } from './reference';
import type { Parameter } from './scopes';

/** Reads calls, filled-in structs and constants of a Go file. */
export class GoReader extends NamedValues {
  /** A package has its names in common: whoever asks one of its files has asked the others. */
  protected override readonly passesOn = false;

  protected override *readCalls(): Generator<CallSite> {
    for (const node of this.root.descendantsOfType(['call_expression', 'composite_literal'])) {
      yield this.#callAt(node);
      if (isList(node)) yield* structsIn(node);
    }
  }

  valuesOf(expression: Node): Value[] {
    const inner = unwrapped(expression);
    const held = inner.type === 'identifier' ? this.givenTo(inner.text, inner) : undefined;
    if (held && isList(held)) return this.valuesOf(held).map(named);
    if (!isList(inner)) {
      const known = this.#valueOf(inner, farthest);
      return known.text === null && isName(inner) && !isLocal(inner)
        ? (this.elsewhere(inner.text, inner) ?? [known])
        : [known];
    }
    const body = inner.childForFieldName('body');
    return (body ? partsOf(body) : []).flatMap((element) => {
      const [value] = partsOf(element);
      return value ? this.valuesOf(value) : [];
    });
  }

  makerOf(receiver: string, at: Node): CallSite | null {
    const value = this.givenTo(receiver, at);
    const call = value && unwrapped(value);
    return call && /^(call_expression|composite_literal)$/.test(call.type) ? this.#callAt(call) : null;
  }

  broughtIn(name: string): Imported[] {
    return this.place ? broughtInto(name, this.root.descendantsOfType('import_spec'), this.place) : [];
  }

  protected override callersAround({ function: name, isMethod }: Parameter): string[] {
    return this.place && !isMethod ? callersOf(name, this.place) : [];
  }

  #valueOf(node: Node, depth: number): Value {
    const inner = unwrapped(node);
    if (/^(interpreted|raw)_string_literal$/.test(inner.type))
      return { text: inner.text.slice(1, -1), confidence: 'literal' };
    if (isName(inner)) {
      const value = depth > 0 ? this.#givenFor(inner) : undefined;
      if (value) return named(this.#valueOf(value, depth - 1));
      return isLocal(inner) ? unresolved : this.oneElsewhere(inner.text, inner);
    }
    if (inner.type === 'call_expression') return this.#called(inner, depth);
    const left = inner.childForFieldName('left');
    const right = inner.childForFieldName('right');
    const isSum = inner.type === 'binary_expression' && inner.childForFieldName('operator')?.text === '+';
    return isSum && left && right ? joined([this.#valueOf(left, depth), this.#valueOf(right, depth)]) : unresolved;
  }

  #callAt(node: Node): CallSite {
    if (node.type === 'composite_literal') {
      const name = lastPart(node.childForFieldName('type'));
      return new LazyCall(node, name, { named: () => fieldsOf(node) });
    }
    const args = () => argumentsOf(node);
    return new LazyCall(node, calleeName(node), {
      args,
      receiver: () => {
        const callee = node.childForFieldName('function');
        return callee?.type === 'selector_expression' ? textIn(callee, 'operand') : '';
      },
      named: () =>
        args()
          .map(unwrapped)
          .map((each) => (each.type === 'identifier' ? this.#held(each) : each))
          .flatMap((each) => [...fieldsOf(each)]),
    });
  }

  /** `config` of `config := &kafka.ConfigMap{…}`. */
  #held(name: Node): Node {
    const value = this.givenTo(name.text, name);
    return value ? unwrapped(value) : name;
  }

  /** `topic`; `s.topic`, which a struct was filled in with; `q.Name` of what `QueueDeclare` gave. */
  #givenFor(name: Node): Node | undefined {
    const given = this.givenTo(name.text, name);
    const field = name.childForFieldName('field')?.text;
    if (given ?? field === undefined) return given;
    const operand = name.childForFieldName('operand');
    const declared = field === 'Name' && operand ? this.makerOf(operand.text, name) : null;
    return declared?.name.startsWith('QueueDeclare')
      ? declared.args[0]
      : this.givenTo(`${typeOf(operand)}.${field}`, name);
  }

  /** `os.Getenv("X")`, `flag.String("topic", "orders", "…")`, `fmt.Sprintf("orders.%s", region)`, `aws.String("https://…")`. */
  #called(call: Node, depth: number): Value {
    const [first, second] = argumentsOf(call);
    const callee = textIn(call, 'function');
    if (/^p?flag\.String$/.test(callee) && second) return orDefault(unresolved, this.#valueOf(second, depth));
    const value = first ? this.#valueOf(first, depth) : unresolved;
    if (/^os\.(Getenv|LookupEnv)$/.test(callee)) return fromEnvironment(this.environment, value.text ?? undefined);
    if (/^(aws|sdk)\.String$/.test(callee)) return value;
    if (callee !== 'fmt.Sprintf' || value.text === null) return unresolved;
    const holes = value.text.split(/%[-+# 0-9.]*[a-zA-Z]/);
    return joined(
      holes.flatMap((text, index) => (index === 0 ? [{ ...value, text }] : [unresolved, { ...value, text }])),
    );
  }

  /** What each name of the file is given: constants, variables, fields of structs where they are filled in. */
  protected override *given(): Generator<[string, Node]> {
    const types = ['const_spec', 'var_spec', 'short_var_declaration', 'assignment_statement'];
    for (const node of this.root.descendantsOfType(types)) {
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right') ?? node.childForFieldName('value');
      const names = left ? partsOf(left) : node.childrenForFieldName('name');
      const values = right ? partsOf(right) : [];
      // `reader, err := kafka.NewConsumer(…)`: one call gives several.
      for (const [index, name] of names.entries()) {
        const value = values[index] ?? (index === 0 ? values[0] : undefined);
        if (!value) continue;
        yield [name.text, value];
        for (const [field, each] of fieldsOf(unwrapped(value))) yield [`${name.text}.${field}`, each];
      }
    }
    yield* this.#fields();
  }

  /** `Client.queue` of a struct of this file, where every one that is filled in is given the same. */
  *#fields(): Generator<[string, Node]> {
    const own = new Set(this.root.descendantsOfType('type_spec').map((type) => type.childForFieldName('name')?.text));
    const given = new Map<string, Node | null>();
    for (const literal of this.root.descendantsOfType('composite_literal')) {
      const type = textIn(literal, 'type');
      for (const [key, value] of own.has(type) ? fieldsOf(literal) : []) {
        const field = `${type}.${key}`;
        given.set(field, given.has(field) && given.get(field)?.text !== value.text ? null : value);
      }
    }
    for (const [field, value] of given) if (value) yield [field, value];
  }
}

/** `Client` of a parameter or receiver `client *Client` of the functions around; empty: it is none. */
function typeOf(name: Node | null): string {
  for (const around of name ? ancestorsOf(name) : []) {
    const lists = [around.childForFieldName('receiver'), around.childForFieldName('parameters')];
    const found = lists
      .flatMap((list) => (list ? partsOf(list) : []))
      .find((each) => each.childrenForFieldName('name').some(({ text }) => text === name?.text));
    if (found) return found.childForFieldName('type')?.text.replace(/^\*/, '') ?? '';
  }
  return '';
}

const isName = ({ type }: Node) => type === 'identifier' || type === 'selector_expression';

const isList = (node: Node) =>
  node.type === 'composite_literal' && /^(slice|array)_type$/.test(node.childForFieldName('type')?.type ?? '');

/** `&topic`, `*topic`, `(topic)`: the same name. */
function unwrapped(node: Node): Node {
  const wraps =
    node.type === 'parenthesized_expression' ||
    (node.type === 'unary_expression' && /^[&*]$/.test(textIn(node, 'operator')));
  const [inner] = wraps ? partsOf(node) : [];
  return inner ? unwrapped(inner) : node;
}

const lastPart = (type: Node | null | undefined) => type?.text.split('.').at(-1) ?? '';

/** `[]TopicSpecification` for each of `[]kafka.TopicSpecification{{Topic: "orders"}}`, at the call that takes them. */
function* structsIn(list: Node): Generator<CallSite> {
  const around = list.parent?.type === 'argument_list' ? list.parent.parent : null;
  const node = around ?? list;
  const name = `[]${lastPart(list.childForFieldName('type')?.childForFieldName('element'))}`;
  const body = list.childForFieldName('body');
  for (const element of body ? partsOf(body) : []) {
    const [value] = partsOf(element);
    if (value?.type === 'literal_value') yield new LazyCall(node, name, { named: () => fieldsOf(value) });
  }
}

/** `Topic: "orders"` of a struct, `"group.id": "billing"` of a map. */
function* fieldsOf(literal: Node): Generator<[string, Node]> {
  const isBody = literal.type === 'literal_value';
  const body = literal.type === 'composite_literal' ? literal.childForFieldName('body') : isBody ? literal : null;
  for (const element of body ? partsOf(body) : []) {
    const [key, value] = element.type === 'keyed_element' ? partsOf(element) : [];
    const inner = value && partsOf(value)[0];
    if (key && inner) yield [key.text.replace(/^"|"$/g, ''), inner];
  }
}
