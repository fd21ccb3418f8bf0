import type { Node } from 'web-tree-sitter';
import { annotationName, annotationsOf, argumentsOf, typeName } from '../languages/java/file';
import { ancestorsOf, textIn } from '../syntax';

/** What each name of a Java file is given: variables, fields, constants by their class, members of enums, settings. */
export function* givenIn(root: Node): Generator<[string, Node]> {
  const types = ['variable_declarator', 'assignment_expression', 'enum_constant', 'field_declaration'];
  for (const node of root.descendantsOfType(types)) {
    const owner = [...ancestorsOf(node)].find(({ type }) => /^(class|interface|enum|record)_declaration$/.test(type));
    const name = textIn(owner, 'name');
    if (node.type === 'field_declaration') yield* configured(node, name);
    else if (node.type === 'enum_constant') yield* memberOf(node, name);
    else yield* assigned(node, name);
  }
}

/** `ORDERS`, `this.topic` and `Topics.ORDERS` for what is assigned. */
function* assigned(node: Node, owner: string): Generator<[string, Node]> {
  const left = (node.childForFieldName('name') ?? node.childForFieldName('left'))?.text.replace(/^this\./, '');
  const value = node.childForFieldName('value') ?? node.childForFieldName('right');
  if (left === undefined || !value) return;
  for (const name of [left, `this.${left}`, `${owner}.${left}`]) yield [name, value];
}

/** `@Value("${orders.topic:orders}") private String topic;` */
function* configured(field: Node, owner: string): Generator<[string, Node]> {
  const setting = valueAnnotation(field);
  for (const declared of setting ? field.childrenForFieldName('declarator') : []) {
    const name = textIn(declared, 'name');
    for (const each of [name, `this.${name}`, `${owner}.${name}`]) if (setting) yield [each, setting];
  }
}

/** `Topic.ORDERS()` stands for any method without arguments of `ORDERS("orders")`. */
function* memberOf(constant: Node, owner: string): Generator<[string, Node]> {
  const [only, ...more] = argumentsOf(constant);
  const name = textIn(constant, 'name');
  if (only && more.length === 0) yield [`${owner}.${name}()`, only];
}

/** The text of `@Value("…")`, or of a configuration property of MicroProfile. */
function valueAnnotation(declared: Node): Node | null {
  const annotation = annotationsOf(declared).find((each) => annotationName(each) === 'Value');
  const [text] = annotation ? argumentsOf(annotation) : [];
  return text?.type === 'string_literal' ? text : null;
}

/** The setting that a parameter of that name around the place is given. */
export function annotatedParameter(name: Node): Node | null {
  const parameter = methodAround(name)
    ?.childForFieldName('parameters')
    ?.namedChildren.find((each) => each.childForFieldName('name')?.text === name.text);
  return parameter ? valueAnnotation(parameter) : null;
}

/** The method or constructor around a node. */
export const methodAround = (node: Node): Node | undefined =>
  [...ancestorsOf(node)].find(({ type }) => /^(method|constructor)_declaration$/.test(type));

/** The type that a name is declared with, and the id of the method that declares it; absent: it is a field. */
export interface DeclaredType {
  type: string;
  around: number | undefined;
}

/** Types by the names that are declared with them. */
export function declaredTypes(root: Node): Map<string, DeclaredType[]> {
  const types = new Map<string, DeclaredType[]>();
  for (const node of root.descendantsOfType(['formal_parameter', 'local_variable_declaration', 'field_declaration'])) {
    const type = typeName(node.childForFieldName('type'));
    const around = node.type === 'field_declaration' ? undefined : methodAround(node)?.id;
    for (const each of node.type === 'formal_parameter' ? [node] : node.childrenForFieldName('declarator')) {
      const name = textIn(each, 'name');
      if (type !== 'var') types.set(name, [...(types.get(name) ?? []), { type, around }]);
    }
  }
  return types;
}
