import type { Node } from 'web-tree-sitter';
import { argumentsOf, calleeName, namedArguments, receiverOf, receiverText } from '../languages/csharp/calls';
import { valueOf } from '../languages/csharp/file';
import { partsOf } from '../syntax';
import { LazyCall, type CallSite } from './callSite';
import { broughtInto } from './elsewhere/csharp';
import { fromEnvironment } from './placeholders';
import { farthest, joined, named, NamedValues, orDefault, unresolved, type Imported, type Value } from './reference';

const callTypes = ['invocation_expression', 'object_creation_expression'];
const listTypes =
  /^(implicit_)?array_creation_expression$|^(implicit_)?object_creation_expression$|^collection_expression$/;
const nameTypes = /^(identifier|member_access_expression)$/;

/** Reads calls, constructions and constants of a C# file. */
export class CsharpReader extends NamedValues {
  protected override *readCalls(): Generator<CallSite> {
    for (const node of this.root.descendantsOfType(callTypes)) yield this.#callAt(node);
  }

  valuesOf(expression: Node): Value[] {
    const inner = unwrapped(expression);
    if (nameTypes.test(inner.type)) {
      const list = this.#given(inner);
      if (list && listTypes.test(list.type)) return this.valuesOf(list).map(named);
    }
    if (listTypes.test(inner.type)) return this.#elementsOf(inner);
    const known = this.#valueOf(inner, farthest);
    return known.text === null && nameTypes.test(inner.type) ? (this.elsewhere(inner.text, inner) ?? [known]) : [known];
  }

  makerOf(receiver: string, at: Node): CallSite | null {
    const value = this.givenTo(receiver, at);
    const call = value && unwrapped(value);
    return call && callTypes.includes(call.type) ? this.#callAt(call) : null;
  }

  broughtIn(name: string): Imported[] {
    return this.place ? broughtInto(name, this.root, this.place) : [];
  }

  /** Of `new[] { "a", "b" }` each, of `new Uri("queue:a")` what it is made of. */
  #elementsOf(list: Node): Value[] {
    const body = partsOf(list).find(({ type }) => type === 'initializer_expression');
    if (body) return partsOf(body).flatMap((each) => this.valuesOf(each));
    if (list.type === 'collection_expression')
      return partsOf(list).flatMap((each) => this.valuesOf(partsOf(each)[0] ?? each));
    return argumentsOf(list)
      .slice(0, 1)
      .flatMap((each) => this.valuesOf(each));
  }

  #callAt(node: Node): CallSite {
    const args = () => argumentsOf(node);
    return new LazyCall(node, calleeName(node), {
      receiver: () => receiverText(node),
      args,
      named: () => {
        const receiver = receiverOf(node);
        const settings = [...(receiver ? [receiver] : []), ...args(), node];
        return [...settings.flatMap((each) => [...this.#settingsOf(each, 2)]), ...namedArguments(node)];
      },
    });
  }

  /** `GroupId = "billing"` of the object that is handed over, or that a variable holds. */
  *#settingsOf(expression: Node, depth: number): Generator<[string, Node]> {
    const inner = unwrapped(expression);
    if (nameTypes.test(inner.type) && depth > 0) {
      const value = this.#given(inner);
      if (value) yield* this.#settingsOf(value, depth - 1);
    }
    if (inner.type === 'invocation_expression') {
      const receiver = receiverOf(inner);
      if (receiver) yield* this.#settingsOf(receiver, depth);
    }
    if (!inner.type.endsWith('object_creation_expression')) return;
    for (const given of argumentsOf(inner)) if (depth > 0) yield* this.#settingsOf(given, depth - 1);
    for (const each of partsOf(inner).find(({ type }) => type === 'initializer_expression')?.namedChildren ?? []) {
      const name = each.childForFieldName('left')?.text;
      const value = each.childForFieldName('right');
      if (name !== undefined && value) yield [name, value];
    }
  }

  #given(name: Node): Node | undefined {
    const text = name.text.replace(/^this\./, '');
    const given = this.givenTo(text, name) ?? this.givenTo(text.split('.').slice(-2).join('.'));
    return given && unwrapped(given);
  }

  #valueOf(node: Node, depth: number): Value {
    const inner = unwrapped(node);
    const text = textOf(inner);
    if (text !== null) return { text, confidence: 'literal' };
    if (inner.type === 'interpolated_string_expression') return joined(this.#interpolated(inner, depth));
    if (inner.type === 'invocation_expression') return this.#called(inner, depth);
    if (inner.type === 'element_access_expression') return this.#configured(inner, depth);
    if (inner.type === 'binary_expression') return this.#combined(inner, depth);
    if (!nameTypes.test(inner.type) || depth === 0) return unresolved;
    const value = this.#given(inner);
    return value ? named(this.#valueOf(value, depth - 1)) : this.oneElsewhere(inner.text, inner);
  }

  #combined(node: Node, depth: number): Value {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return unresolved;
    const values = [this.#valueOf(left, depth), this.#valueOf(right, depth)] as const;
    const operator = node.childForFieldName('operator')?.text;
    if (operator === '??') return orDefault(...values);
    return operator === '+' ? joined(values) : unresolved;
  }

  #interpolated(string: Node, depth: number): Value[] {
    return partsOf(string)
      .filter(({ type }) => type === 'string_content' || type === 'interpolation')
      .map((part) => {
        if (part.type === 'string_content') return { text: part.text, confidence: 'literal' };
        const inner = partsOf(part).find(({ type }) => type !== 'interpolation_brace');
        return inner ? named(this.#valueOf(inner, depth - 1)) : unresolved;
      });
  }

  /** `Environment.GetEnvironmentVariable("X")`, `configuration.GetValue<string>("Kafka:Topic", "orders")`, `nameof(Order)`. */
  #called(call: Node, depth: number): Value {
    const [first, second] = argumentsOf(call);
    const name = calleeName(call);
    if (!first) return unresolved;
    if (name === 'nameof') return { text: first.text.split('.').at(-1) ?? null, confidence: 'constant' };
    const key = this.#valueOf(first, depth).text;
    if (name === 'GetEnvironmentVariable') return fromEnvironment(this.environment, key ?? undefined);
    if (name !== 'GetValue' || key === null) return unresolved;
    const set = fromEnvironment(this.environment, this.#sectionOf(receiverOf(call), depth) + key);
    return second ? orDefault(set, this.#valueOf(second, depth)) : set;
  }

  /** `configuration["Kafka:Topic"]`, `configuration.GetSection("Kafka")["Topic"]`. */
  #configured(access: Node, depth: number): Value {
    const subscript = access.childForFieldName('subscript');
    const [key] = subscript ? partsOf(subscript).flatMap((each) => partsOf(each)) : [];
    const owner = access.childForFieldName('expression');
    const text = key ? this.#valueOf(key, depth).text : null;
    if (text === null || !/config|section|settings/i.test(owner?.text ?? '')) return unresolved;
    return fromEnvironment(this.environment, this.#sectionOf(owner, depth) + text);
  }

  /** `Kafka:` of `configuration.GetSection("Kafka")`; empty: the whole configuration. */
  #sectionOf(owner: Node | null, depth: number): string {
    const inner = owner && nameTypes.test(owner.type) && depth > 0 ? (this.#given(owner) ?? owner) : owner;
    if (inner?.type !== 'invocation_expression' || calleeName(inner) !== 'GetSection') return '';
    const [key] = argumentsOf(inner);
    const text = key ? this.#valueOf(key, depth - 1).text : null;
    return text === null ? '' : `${this.#sectionOf(receiverOf(inner), depth - 1)}${text}:`;
  }

  /** What each name of the file is given: constants, fields, properties, variables; also by `Class.Name`. */
  protected override *given(): Generator<[string, Node]> {
    for (const node of this.root.descendantsOfType([
      'variable_declarator',
      'property_declaration',
      'assignment_expression',
    ])) {
      const name = (node.childForFieldName('name') ?? node.childForFieldName('left'))?.text.replace(/^this\./, '');
      const value = valueOf(node);
      if (name === undefined || !value || value.type.endsWith('_list')) continue;
      yield [name, value];
      const field = node.type === 'property_declaration' ? node : node.parent?.parent;
      const owner = /^(field|property)_declaration$/.test(field?.type ?? '') ? field?.parent?.parent : null;
      const of = owner?.childForFieldName('name')?.text;
      if (of !== undefined) yield [`${of}.${name}`, value];
    }
  }
}

/** What a string says; null: the node is none. */
function textOf(node: Node): string | null {
  if (node.type === 'string_literal' || node.type === 'raw_string_literal')
    return partsOf(node)
      .filter(({ type }) => type.endsWith('content'))
      .map(({ text }) => text)
      .join('');
  return node.type === 'verbatim_string_literal' ? node.text.slice(2, -1) : null;
}

/** `(x)`, `await x`, `x!`, `(string)x`, `x => …`'s argument: the same value. */
function unwrapped(node: Node): Node {
  if (/^(parenthesized|await|cast|postfix_unary)_expression$/.test(node.type)) {
    const inner = partsOf(node).at(-1);
    return inner ? unwrapped(inner) : node;
  }
  return node;
}
