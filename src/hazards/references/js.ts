import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, receiverOf, stringOf } from '../languages/js/file';
import { ancestorsOf, partsOf, textIn } from '../syntax';
import { LazyCall, type CallSite } from './callSite';
import { Bindings, broughtInto } from './elsewhere/js';
import { fromEnvironment } from './placeholders';
import { farthest, joined, named, NamedValues, orDefault, unresolved, type Imported, type Value } from './reference';

/** Reads calls and constants of a TypeScript or JavaScript file. */
export class JavascriptReader extends NamedValues {
  #bindings: Bindings | null = null;

  protected override *readCalls(): Generator<CallSite> {
    for (const node of this.root.descendantsOfType(['call_expression', 'new_expression'])) yield callAt(node);
  }

  valuesOf(expression: Node): Value[] {
    const inner = unwrapped(expression);
    if (inner.type === 'array') return partsOf(inner).flatMap((each) => this.valuesOf(each));
    const held = isName(inner) ? this.givenTo(nameIn(inner), inner) : undefined;
    const list = held && unwrapped(held);
    if (list?.type === 'array') return this.valuesOf(list).map(named);
    const known = this.#valueOf(inner, farthest);
    return known.text === null && isName(inner) ? (this.elsewhere(nameIn(inner), inner) ?? [known]) : [known];
  }

  makerOf(receiver: string, at: Node): CallSite | null {
    const value = this.givenTo(receiver.replace(/[!?]/g, ''), at);
    const call = value && unwrapped(value);
    return call && /^(call|new)_expression$/.test(call.type) ? callAt(call) : null;
  }

  broughtIn(name: string): Imported[] {
    this.#bindings ??= new Bindings(this.root);
    return this.place ? broughtInto(this.#bindings, name, this.place) : [];
  }

  /** `ORDERS`, `module.exports.ORDERS`, what `export { topic as ORDERS }` and `export default` say. */
  protected override exportedAs(name: string): string[] {
    this.#bindings ??= new Bindings(this.root);
    const whole = name.replace(/^default\.?/, '');
    const own = this.#bindings.ownNameOf(name);
    return [own, name, ...[name, whole].flatMap((each) => [`module.exports.${each}`, `exports.${each}`])];
  }

  #valueOf(node: Node, depth: number): Value {
    const inner = unwrapped(node);
    const text = stringOf(inner);
    if (text !== null) return { text, confidence: 'literal' };
    if (inner.type === 'template_string') return joined(this.#templateParts(inner, depth));
    if (inner.type === 'binary_expression') return this.#combined(inner, depth);
    if (isName(inner)) return this.#followed(inner, depth);
    return inner.type === 'call_expression' ? this.#called(inner, depth) : unresolved;
  }

  #combined(node: Node, depth: number): Value {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return unresolved;
    const operator = textIn(node, 'operator');
    const values = [this.#valueOf(left, depth), this.#valueOf(right, depth)] as const;
    if (operator === '??' || operator === '||') return orDefault(...values);
    return operator === '+' ? joined(values) : unresolved;
  }

  #templateParts(template: Node, depth: number): Value[] {
    return partsOf(template).map((part) => {
      if (part.type !== 'template_substitution') return { text: part.text, confidence: 'literal' };
      const [expression] = partsOf(part);
      return expression ? this.#valueOf(expression, depth) : unresolved;
    });
  }

  /** What `assertQueue('orders')` gives is called so; `['orders', region].join('.')`. */
  #called(call: Node, depth: number): Value {
    const { name, args } = callAt(call);
    if (/^(assertQueue|assertExchange|checkQueue)$/.test(name) && args[0]) return this.#valueOf(args[0], depth);
    return unresolved;
  }

  #followed(name: Node, depth: number): Value {
    const variable = /^process\.env\.(\w+)$|^process\.env\[['"](\w+)['"]\]$/.exec(name.text);
    if (variable) return fromEnvironment(this.environment, variable[1] ?? variable[2]);
    if (depth === 0) return unresolved;
    const declared = /^(\w+)\.(queue|exchange)$/.exec(name.text)?.[1];
    const value =
      this.givenTo(nameIn(name), name) ??
      (declared === undefined ? undefined : this.givenTo(declared, name)) ??
      (name.text === 'queue' ? declaredFor(name) : undefined);
    return value ? named(this.#valueOf(value, depth - 1)) : this.oneElsewhere(nameIn(name), name);
  }

  /** What each name of the file is given: constants, enum members, properties of constant objects, fields. */
  protected override *given(): Generator<[string, Node]> {
    for (const node of this.root.descendantsOfType('export_statement')) {
      const value = node.childForFieldName('value');
      if (value) yield* [['default', value] as [string, Node], ...propertiesOf('default', unwrapped(value))];
    }
    const types = [
      'variable_declarator',
      'assignment_expression',
      'public_field_definition',
      'field_definition',
      'enum_declaration',
    ];
    for (const node of this.root.descendantsOfType(types)) {
      const name = (
        node.childForFieldName('name') ??
        node.childForFieldName('property') ??
        node.childForFieldName('left')
      )?.text;
      const value = node.childForFieldName('value') ?? node.childForFieldName('right');
      if (name === undefined) continue;
      if (node.firstNamedChild?.type === 'object_pattern') yield* unpacked(node.firstNamedChild, value);
      if (node.type === 'enum_declaration') yield* membersOf(name, node.childForFieldName('body'));
      else if (value) {
        yield [node.type.endsWith('field_definition') ? `this.${name}` : name, value];
        yield* propertiesOf(name, unwrapped(value));
      }
    }
  }
}

/** `await x`, `x as const`, `(x)`, `x!`, `Object.freeze(x)`: the same value. */
function unwrapped(node: Node): Node {
  const wraps = /^(await|as|satisfies|parenthesized|non_null)_expression$/.test(node.type);
  const isFrozen = node.type === 'call_expression' && node.childForFieldName('function')?.text === 'Object.freeze';
  const [inner] = wraps ? partsOf(node) : isFrozen ? argumentsOf(node) : [];
  return inner ? unwrapped(inner) : node;
}

const isName = ({ type }: Node) =>
  /^(identifier|shorthand_property_identifier|(member|subscript)_expression)$/.test(type);

/** `topics.ORDERS` of `topics['ORDERS']` and `topics?.ORDERS`. */
const nameIn = ({ text }: Node) => text.replace(/\[['"](\w+)['"]\]/g, '.$1').replace(/[!?](?=\.)/g, '');

/** What `queue` is in `channel.assertQueue('orders', (error, { queue }) => …)`. */
function declaredFor(name: Node): Node | undefined {
  for (const around of ancestorsOf(name)) {
    const call = around.parent?.type === 'arguments' ? around.parent.parent : null;
    const isHanded = /\{[^}]*\bqueue\b[^}:]*\}/.test(textIn(around, 'parameters'));
    if (isHanded) return call && /^(assert|check)Queue$/.test(calleeName(call)) ? argumentsOf(call)[0] : undefined;
  }
  return undefined;
}

function* propertiesOf(name: string, object: Node): Generator<[string, Node]> {
  if (object.type !== 'object') return;
  for (const pair of partsOf(object)) {
    const key = pair.childForFieldName('key')?.text.replace(/^['"]|['"]$/g, '');
    const value = pair.childForFieldName('value');
    if (pair.type === 'shorthand_property_identifier') yield [`${name}.${pair.text}`, pair];
    if (pair.type !== 'pair' || key === undefined || !value) continue;
    yield [`${name}.${key}`, value];
    yield* propertiesOf(`${name}.${key}`, unwrapped(value));
  }
}

/** `const { queue, exchange: name } = …`: of what a call gives, or of an object. */
function* unpacked(pattern: Node, value: Node | null): Generator<[string, Node]> {
  const from = value && unwrapped(value);
  if (!from) return;
  const held = new Map([...propertiesOf('', from)].map(([name, each]) => [name.slice(1), each]));
  for (const part of partsOf(pattern)) {
    const key = part.childForFieldName('key')?.text ?? part.text;
    const name = part.childForFieldName('value')?.text ?? part.text;
    const given = held.get(key) ?? (/^(queue|exchange)$/.test(key) && from.type === 'call_expression' ? from : null);
    if (given) yield [name, given];
  }
}

function* membersOf(name: string, body: Node | null): Generator<[string, Node]> {
  for (const member of body ? partsOf(body) : []) {
    const value = member.childForFieldName('value');
    if (member.type === 'enum_assignment' && value) yield [`${name}.${textIn(member, 'name')}`, value];
  }
}

const callAt = (node: Node): CallSite => {
  const args = () => argumentsOf(node);
  const receiver = () => receiverOf(node)?.text ?? '';
  return new LazyCall(node, calleeName(node), { receiver, args, named: () => namedIn(args()) });
};

/** Properties of objects among the arguments; those further in count where no outer one has the name. */
function* namedIn(args: readonly Node[]): Generator<[string, Node]> {
  const pairs = args.filter(({ type }) => type === 'object').flatMap((object) => object.descendantsOfType('pair'));
  for (const pair of pairs.reverse()) {
    const key = pair.childForFieldName('key')?.text.replace(/^['"]|['"]$/g, '');
    const value = pair.childForFieldName('value');
    if (key !== undefined && value) yield [key, value];
  }
  for (const each of args.flatMap((object) => (object.type === 'object' ? partsOf(object) : [])))
    if (each.type === 'shorthand_property_identifier') yield [each.text, each];
}
