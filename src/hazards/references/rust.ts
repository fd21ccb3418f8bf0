import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, qualifierOf, receiverOf } from '../languages/rust/calls';
import type { Environment } from '../../model/environment';
import { partsOf, textIn } from '../syntax';
import { LazyCall, type CallSite } from './callSite';
import { broughtInto, type RustImports } from './elsewhere/rust';
import type { Place } from './neighbourhood';
import { fromEnvironment } from './placeholders';
import { farthest, joined, named, NamedValues, orDefault, unresolved, type Imported, type Value } from './reference';

/** Reads calls, filled-in structs and constants of a Rust file. */
export class RustReader extends NamedValues {
  constructor(
    private readonly file: RustImports & { root: Node },
    environment: Environment,
    place: Place | null,
  ) {
    super(file, environment, place);
  }

  protected override *readCalls(): Generator<CallSite> {
    for (const node of this.root.descendantsOfType(['call_expression', 'struct_expression'])) yield this.#callAt(node);
  }

  valuesOf(expression: Node): Value[] {
    const inner = unwrapped(expression);
    if (/^(array|tuple)_expression$/.test(inner.type)) return partsOf(inner).flatMap((each) => this.valuesOf(each));
    if (inner.type === 'macro_invocation' && inner.childForFieldName('macro')?.text === 'vec')
      return partsOf(inner.childForFieldName('token_tree') ?? inner)
        .flatMap(({ namedChildren }) => namedChildren)
        .concat(tokensOf(inner))
        .filter(({ type }) => /string_literal|identifier/.test(type))
        .map((each) => this.#valueOf(each, farthest));
    if (inner.type === 'identifier') {
      const list = this.givenTo(inner.text, inner);
      if (list && /^array_expression$/.test(unwrapped(list).type)) return this.valuesOf(list).map(named);
    }
    const known = this.#valueOf(inner, farthest);
    return known.text === null && isName(inner) ? (this.elsewhere(inner.text, inner) ?? [known]) : [known];
  }

  makerOf(receiver: string, at: Node): CallSite | null {
    const value =
      this.givenTo(receiver.replace(/^self\./, ''), at) ?? this.givenTo(receiver, at) ?? receiverOf(at) ?? undefined;
    const call = value && unwrapped(value);
    return call?.type === 'call_expression' ? this.#callAt(call) : null;
  }

  broughtIn(name: string): Imported[] {
    return this.place ? broughtInto(name, this.file, this.place) : [];
  }

  /** What the call is told by name: fields of structs, and the calls of a chain or builder that is an argument. */
  #callAt(node: Node): CallSite {
    if (node.type === 'struct_expression') {
      const name = node.childForFieldName('name')?.text.split('::').at(-1) ?? '';
      return new LazyCall(node, name, { named: () => fieldsOf(node) });
    }
    const args = () => argumentsOf(node);
    return new LazyCall(node, calleeName(node), {
      receiver: () => qualifierOf(node),
      args,
      named: () => {
        const chain = receiverOf(node);
        const told = [...(chain ? [chain] : []), ...args()].flatMap((each) => [...this.#settingsOf(each, 2)]);
        return [...callsOn(node), ...told];
      },
    });
  }

  /** `.set("group.id", "billing")`, `.group("billing", "me")` of a chain; `durable_name: Some(…)` of a struct. */
  *#settingsOf(expression: Node, depth: number): Generator<[string, Node]> {
    const inner = unwrapped(expression);
    if (inner.type === 'struct_expression') yield* fieldsOf(inner);
    if (inner.type === 'identifier') {
      const value = depth > 0 ? this.givenTo(inner.text, inner) : undefined;
      if (value) yield* this.#settingsOf(value, depth - 1);
    }
    if (inner.type !== 'call_expression') return;
    const receiver = receiverOf(inner);
    if (!receiver) return;
    yield* this.#settingsOf(receiver, depth);
    const [first, second] = argumentsOf(inner);
    const isSet = calleeName(inner) === 'set' && first?.type === 'string_literal';
    if (isSet && second) yield [first.text.slice(1, -1), second];
    else if (first) yield [calleeName(inner), first];
  }

  #valueOf(node: Node, depth: number): Value {
    const inner = unwrapped(node);
    if (/^(raw_)?string_literal$/.test(inner.type))
      return { text: partsOf(inner)[0]?.text ?? '', confidence: 'literal' };
    if (inner.type === 'macro_invocation') return this.#formatted(inner, depth);
    if (inner.type === 'call_expression') return this.#called(inner, depth);
    if (!isName(inner) || depth === 0) return unresolved;
    const held = this.givenTo(inner.text, inner);
    const value = held ?? (inner.type === 'identifier' ? undefined : this.givenTo(lastName(inner)));
    return value ? named(this.#valueOf(value, depth - 1)) : this.oneElsewhere(inner.text, inner);
  }

  /** `std::env::var("X").unwrap_or_else(|_| "orders".into())`, `String::from("orders")`. */
  #called(call: Node, depth: number): Value {
    const [first] = argumentsOf(call);
    const name = calleeName(call);
    const receiver = receiverOf(call);
    if (/^(var|var_os)$/.test(name) && /(^|::)env$/.test(qualifierOf(call)))
      return fromEnvironment(this.environment, first ? (this.#valueOf(first, depth).text ?? undefined) : undefined);
    if (receiver && /^(unwrap_or|unwrap_or_else|or|or_else)$/.test(name) && first) {
      const fallback = first.type === 'closure_expression' ? (first.childForFieldName('body') ?? first) : first;
      return orDefault(this.#valueOf(receiver, depth), this.#valueOf(fallback, depth));
    }
    return /^(from|new)$/.test(name) && qualifierOf(call).endsWith('String') && first
      ? this.#valueOf(first, depth)
      : unresolved;
  }

  /** `format!("orders.{region}")`, `format!("orders.{}", region)`, `env!("X")`, `concat!("a", "b")`. */
  #formatted(macro: Node, depth: number): Value {
    const name = macro.childForFieldName('macro')?.text;
    const [template, ...rest] = tokensOf(macro);
    if (name !== 'format' || template?.type !== 'string_literal') return unresolved;
    const text = partsOf(template)[0]?.text ?? '';
    const given = rest.filter(({ type }) => /identifier|literal/.test(type));
    return joined(
      text.split(/(\{[^}]*\})/).flatMap((part) => {
        if (!part.startsWith('{')) return [{ text: part, confidence: 'literal' as const }];
        const hole = part.slice(1, -1).replace(/:.*$/, '');
        const value = hole === '' ? given.shift() : undefined;
        const held = hole === '' ? undefined : this.givenTo(hole, macro);
        const node = value ?? held;
        return [node ? named(this.#valueOf(node, depth - 1)) : unresolved];
      }),
    );
  }

  /** What each name of the file is given: constants, statics, variables, fields where they are filled in. */
  protected override *given(): Generator<[string, Node]> {
    const types = ['const_item', 'static_item', 'let_declaration', 'field_initializer', 'assignment_expression'];
    for (const node of this.root.descendantsOfType(types)) {
      const left =
        node.childForFieldName('name') ??
        node.childForFieldName('pattern') ??
        node.childForFieldName('field') ??
        node.childForFieldName('left');
      const value = node.childForFieldName('value') ?? node.childForFieldName('right');
      if (left && value) yield [left.text, value];
    }
  }
}

const isName = ({ type }: Node) => /^((scoped_)?identifier|field_expression)$/.test(type);

/** `.with_group("billing")` after the call in its chain. */
function* callsOn(call: Node): Generator<[string, Node]> {
  for (let on: Node | null = call; on; on = on.parent?.type === 'field_expression' ? on.parent.parent : null) {
    const [only, ...others] = on === call ? [] : argumentsOf(on);
    if (only && others.length === 0) yield [calleeName(on), only];
  }
}

/** `TOPIC` of `topics::TOPIC`, `topic` of `self.topic`. */
const lastName = (node: Node) => /(\w+)$/.exec(node.text)?.[1] ?? '';

const tokensOf = (macro: Node): Node[] => partsOf(partsOf(macro).at(-1) ?? macro);

/** Methods that give the same text. */
const same =
  /^(into|to_string|to_owned|as_str|as_ref|as_bytes|clone|unwrap|expect|into_owned|context|map_err|into_bytes)$/;

/** `&x`, `(x)?`, `x.await`, `x.into()`, `Some(x)`: the same value. */
function unwrapped(node: Node): Node {
  if (/^(reference|parenthesized|try|await|type_cast)_expression$/.test(node.type)) {
    const inner = node.childForFieldName('value') ?? partsOf(node).at(-1);
    return inner ? unwrapped(inner) : node;
  }
  if (node.type === 'block') {
    const [only, more] = partsOf(node);
    return only && !more ? unwrapped(only) : node;
  }
  if (node.type !== 'call_expression') return node;
  const receiver = receiverOf(node);
  const [first] = argumentsOf(node);
  if (receiver && same.test(calleeName(node))) return unwrapped(receiver);
  return !receiver && first && /^(Some|Ok)$/.test(textIn(node, 'function')) ? unwrapped(first) : node;
}

/** `topic: "orders"`, and `topic` alone where a variable has the field's name. */
function* fieldsOf(literal: Node): Generator<[string, Node]> {
  const body = literal.childForFieldName('body');
  for (const field of body ? partsOf(body) : []) {
    const name = field.childForFieldName('field') ?? partsOf(field)[0];
    const value = field.childForFieldName('value') ?? partsOf(field)[0];
    if (name && value && field.type.endsWith('field_initializer')) yield [name.text, value];
  }
}
