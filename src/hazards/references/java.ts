import type { Node } from 'web-tree-sitter';
import { annotationName, argumentsOf, calleeName, callTaking, receiverText } from '../languages/java/file';
import { ancestorsOf, partsOf } from '../syntax';
import { LazyCall, type CallSite } from './callSite';
import { broughtInto, makersOf } from './elsewhere/java';
import { annotatedParameter, declaredTypes, givenIn, methodAround, type DeclaredType } from './javaNames';
import { filledIn, fromEnvironment } from './placeholders';
import { farthest, joined, named, NamedValues, orDefault, unresolved, type Imported, type Value } from './reference';
import type { Parameter } from './scopes';

/** `List.of("orders")`, also imported by itself: `singleton("orders")`. */
const listMakers = /^((List|Set)\.(of|copyOf)|(Arrays\.)?asList|(Collections\.)?singleton(List)?|Pattern\.compile)$/;
const mapMakers = /^(Map\.(of|entry)|(Collections\.)?singletonMap)$/;

/** `List.of` of `List.of(…)`. */
const madeBy = (call: Node) => call.text.slice(0, call.text.indexOf('('));

/** Reads calls, constructions, annotations and constants of a Java file. */
export class JavaReader extends NamedValues {
  #types: Map<string, DeclaredType[]> | null = null;

  protected override *readCalls(): Generator<CallSite> {
    const types = ['method_invocation', 'object_creation_expression', 'annotation'];
    for (const node of this.root.descendantsOfType(types)) yield this.#callAt(node);
  }

  valuesOf(expression: Node): Value[] {
    const inner = unwrapped(expression);
    if (/^(element_value_)?array_initializer$/.test(inner.type))
      return partsOf(inner).flatMap((each) => this.valuesOf(each));
    if (inner.type === 'array_creation_expression')
      return partsOf(inner.childForFieldName('value') ?? inner).flatMap((each) => this.valuesOf(each));
    if (inner.type === 'annotation') return this.#annotated(inner);
    if (inner.type === 'method_invocation' && mapMakers.test(madeBy(inner)))
      return argumentsOf(inner).flatMap((each, index) => (index % 2 === 0 ? this.valuesOf(each) : []));
    if (inner.type === 'method_invocation' && listMakers.test(madeBy(inner)))
      return argumentsOf(inner).flatMap((each) => this.valuesOf(each));
    const list = isName(inner) ? this.givenTo(inner.text, inner) : undefined;
    if (list && isList(unwrapped(list))) return this.valuesOf(list).map(named);
    const known = isName(inner) ? this.#valueOf(inner, farthest) : null;
    if (known?.text === null) return this.elsewhere(nameIn(inner), inner) ?? [known];
    return this.#split(inner).map((value) => this.#bound(value, inner));
  }

  makerOf(receiver: string, at: Node): CallSite | null {
    const value = this.givenTo(receiver.replace(/^.* /, '').replace(/^this\./, ''), at);
    const call = value && unwrapped(value);
    return call && /^(method_invocation|object_creation_expression)$/.test(call.type) ? this.#callAt(call) : null;
  }

  broughtIn(name: string): Imported[] {
    return this.place ? broughtInto(name, this.root, this.place) : [];
  }

  protected override callersAround({ function: name, isMethod }: Parameter): string[] {
    return this.place && !isMethod ? makersOf(name, this.place) : [];
  }

  #callAt(node: Node): CallSite {
    const all = () => argumentsOf(node);
    if (node.type !== 'annotation')
      return new LazyCall(node, calleeName(node), {
        receiver: () => this.#receiverOf(node),
        args: all,
        named: () => all().flatMap((each) => [...this.#settingsOf(each)]),
      });
    const name = annotationName(node);
    return new LazyCall(node, name, {
      receiver: () => `@${name}`,
      args: () => all().filter(({ type }) => type !== 'element_value_pair'),
      named: () => all().flatMap(pairOf),
    });
  }

  /** `KafkaTemplate template`: with its type, where the file declares it. */
  #receiverOf(call: Node): string {
    const receiver = receiverText(call);
    const name = receiver.replace(/^this\./, '');
    this.#types ??= declaredTypes(this.root);
    const types = this.#types.get(name) ?? [];
    const scope = methodAround(call)?.id;
    const own = types.find(({ around }) => around === scope) ?? types.find(({ around }) => around === undefined);
    return own ? `${own.type} ${receiver}` : receiver;
  }

  /** `properties.put(ConsumerConfig.GROUP_ID_CONFIG, "billing")` for `new KafkaConsumer<>(properties)`. */
  *#settingsOf(argument: Node): Generator<[string, Node]> {
    if (argument.type !== 'identifier') return;
    const scope = [...ancestorsOf(argument)].find(({ type }) => /^(method|constructor)_declaration$/.test(type));
    for (const call of (scope ?? this.root).descendantsOfType('method_invocation')) {
      if (!/^(put|setProperty)$/.test(calleeName(call)) || receiverText(call) !== argument.text) continue;
      const [key, value] = argumentsOf(call);
      if (key && value) yield [settingName(key), value];
    }
  }

  /** `@Queue("orders")` inside of `@QueueBinding(…)`; `@TopicPartition(topic = "orders", …)`. */
  #annotated(annotation: Node): Value[] {
    const { args, named: parts } = this.#callAt(annotation);
    const name = parts.get('value') ?? parts.get('name') ?? parts.get('topic') ?? args[0];
    return name ? this.valuesOf(name) : [unresolved];
  }

  /** `#{'${app.topics}'.split(',')}` of Spring: a list in one setting. */
  #split(node: Node): Value[] {
    const list = /^"#\{'([^']+)'\.split\('(.)'\)\}"$/.exec(node.text);
    if (!list) return [this.#valueOf(node, farthest)];
    const all = filledIn(this.environment, list[1] ?? '');
    return all.text === null ? [all] : all.text.split(list[2] ?? ',').map((text) => ({ ...all, text: text.trim() }));
  }

  /** A bridge of Spring is handed the name of a binding, whose destination is configured. */
  #bound(value: Value, node: Node): Value {
    const call = callTaking(node);
    if (value.text === null || !call || calleeName(call) !== 'send' || !/bridge$/i.test(receiverText(call)))
      return value;
    return orDefault(
      fromEnvironment(this.environment, `spring.cloud.stream.bindings.${value.text}.destination`),
      value,
    );
  }

  #valueOf(node: Node, depth: number): Value {
    const inner = unwrapped(node);
    if (inner.type === 'string_literal')
      return this.#text(
        partsOf(inner)
          .map(({ text }) => text)
          .join(''),
      );
    if (isName(inner)) return this.#followed(inner, depth);
    if (inner.type === 'method_invocation') return this.#called(inner, depth);
    const [left, right] = [inner.childForFieldName('left'), inner.childForFieldName('right')];
    return inner.type === 'binary_expression' && left && right && inner.childForFieldName('operator')?.text === '+'
      ? joined([this.#valueOf(left, depth), this.#valueOf(right, depth)])
      : unresolved;
  }

  /** A text, its placeholders filled in; an expression of Spring's language is not resolved. */
  #text(text: string): Value {
    return text.includes('#{') ? unresolved : filledIn(this.environment, text);
  }

  /** `System.getenv("X")`, `environment.getProperty("x", "orders")`, `String.format("orders.%s", region)`, `Topic.ORDERS.name()`. */
  #called(call: Node, depth: number): Value {
    const name = calleeName(call);
    const receiver = receiverText(call);
    const [first, second] = argumentsOf(call);
    const fallback = second ? this.#valueOf(second, depth) : unresolved;
    if (/^(getenv|getProperty|getRequiredProperty|getOrDefault)$/.test(name) && first) {
      const set = fromEnvironment(this.environment, this.#valueOf(first, depth).text ?? undefined);
      return orDefault(set, fallback);
    }
    if (name === 'orElse' && first) return orDefault(this.#calledOn(call, depth), this.#valueOf(first, depth));
    if (/^(ofNullable|requireNonNull|requireNonNullElse|valueOf)$/.test(name) && first)
      return orDefault(this.#valueOf(first, depth), fallback);
    if (receiver === 'String' && name === 'format' && first) return formatted(this.#valueOf(first, depth));
    if (argumentsOf(call).length > 0 || depth === 0) return unresolved;
    const member = this.givenTo(`${receiver}()`);
    return member ? named(this.#valueOf(member, depth - 1)) : this.oneElsewhere(`${receiver}()`, call);
  }

  #calledOn(call: Node, depth: number): Value {
    const object = call.childForFieldName('object');
    return object ? this.#valueOf(object, depth) : unresolved;
  }

  #followed(name: Node, depth: number): Value {
    const annotated = name.type === 'identifier' ? annotatedParameter(name) : null;
    if (depth === 0) return unresolved;
    const value = annotated ?? this.givenTo(name.text, name);
    return value ? named(this.#valueOf(value, depth - 1)) : this.oneElsewhere(nameIn(name), name);
  }

  /** What each name of the file is given: variables, fields, constants by their class, members of enums, settings. */
  protected override given(): Iterable<[string, Node]> {
    return givenIn(this.root);
  }
}

/** `topics = "orders"` of an annotation. */
function pairOf(part: Node): [string, Node][] {
  const [key, value] = [part.childForFieldName('key'), part.childForFieldName('value')];
  return part.type === 'element_value_pair' && key && value ? [[key.text, value]] : [];
}

/** `group.id` of `"group.id"` and of `ConsumerConfig.GROUP_ID_CONFIG`. */
const settingName = (key: Node): string =>
  key.type === 'string_literal'
    ? key.text.slice(1, -1)
    : key.text
        .replace(/^.*\./, '')
        .replace(/_CONFIG$/, '')
        .toLowerCase()
        .replaceAll('_', '.');

const isName = ({ type }: Node) => type === 'identifier' || type === 'field_access';

const nameIn = ({ text }: Node) => text.replace(/^this\./, '');

const isList = (node: Node) =>
  /^array_(creation_expression|initializer)$/.test(node.type) ||
  (node.type === 'method_invocation' && listMakers.test(madeBy(node)));

/** `orders.%s` with a hole for each value. */
const formatted = (value: Value): Value =>
  value.text === null
    ? unresolved
    : joined(
        value.text
          .split(/%[-+# 0-9.]*[a-zA-Z]/)
          .flatMap((text, index) => (index === 0 ? [{ ...value, text }] : [unresolved, { ...value, text }])),
      );

/** `(String) topic`, `(topic)`: the same value. */
function unwrapped(node: Node): Node {
  if (node.type === 'cast_expression') return unwrapped(node.childForFieldName('value') ?? node);
  const [inner] = node.type === 'parenthesized_expression' ? partsOf(node) : [];
  return inner ? unwrapped(inner) : node;
}
