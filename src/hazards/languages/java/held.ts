import type { Node } from 'web-tree-sitter';
import { calleeName, callTaking, receiverText, typeName, type JavaFile } from './file';

/** A field or variable that holds what is made at a place. */
export interface Holder {
  name: string;
  field: boolean;
  /** Where its name means it: the class of a field, the method of a variable. */
  scope: Node;
}

/** Calls that hand back what they are given, dressed up. */
const wrapping = /decorat|wrap|instrument|monitor|traced|delegat|unconfigurable|requireNonNull/i;

/** The field or variable that the made object is given to; null: it is used where it stands, or handed on. */
export function holderOf(made: Node, file: JavaFile): Holder | null {
  const call = callTaking(made);
  if (call) return wrapping.test(calleeName(call)) ? holderOf(call, file) : null;
  const { parent } = made;
  if (parent && /^(cast|ternary|parenthesized)_expression$/.test(parent.type)) return holderOf(parent, file);
  const named =
    parent?.type === 'assignment_expression' ? parent.childForFieldName('left') : parent?.childForFieldName('name');
  const holds = parent && /^(variable_declarator|resource|assignment_expression)$/.test(parent.type);
  if (!named || !holds || !/^(this\.)?\w+$/.test(named.text)) return null;
  const name = named.text.replace(/^this\./, '');
  const field =
    named.text !== name ||
    parent.parent?.type === 'field_declaration' ||
    (!isLocal(name, made, file) && isField(name, file));
  const scope = (field ? file.classAround(made) : file.methodAround(made)?.node) ?? file.root;
  return { name, field, scope };
}

const isField = (name: string, file: JavaFile) => file.typeOfField(name) !== null;

const isLocal = (name: string, place: Node, file: JavaFile) =>
  (file.methodAround(place)?.node.descendantsOfType(['variable_declarator', 'formal_parameter']) ?? []).some(
    (each) => each.childForFieldName('name')?.text === name,
  );

/** Calls of such methods on what the holder holds. */
export const callsOn = ({ name, scope }: Holder, method: RegExp): Node[] =>
  scope
    .descendantsOfType('method_invocation')
    .filter((call) => method.test(calleeName(call)) && receiverText(call).replace(/^this\./, '') === name);

/** Calls of such methods that are handed it: `CompletableFuture.runAsync(work, executor)`. */
export const callsTaking = ({ name, scope }: Holder, method: RegExp): Node[] =>
  scope
    .descendantsOfType('identifier')
    .filter((each) => each.text === name)
    .flatMap((each) => callTaking(each.parent?.type === 'field_access' ? each.parent : each) ?? [])
    .filter((call) => method.test(calleeName(call)));

/** `LinkedBlockingQueue` of `new LinkedBlockingQueue<>()`; empty: it is no construction. */
export const madeType = (node: Node | null | undefined): string =>
  node?.type === 'object_creation_expression' ? typeName(node.childForFieldName('type')) : '';
