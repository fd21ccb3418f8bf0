import type { Node } from 'web-tree-sitter';
import { contains } from '../../syntax';
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

/** Calls of such methods on what the holder holds, also on a field of another object: `client.queue.add(…)`. */
export const callsOn = (holder: Holder, method: RegExp): Node[] => [
  ...holder.scope
    .descendantsOfType('method_invocation')
    .filter((call) => method.test(calleeName(call)) && receiverText(call).replace(/^this\./, '') === holder.name),
  ...callsThrough(holder).filter((call) => method.test(calleeName(call))),
];

/** Calls in the file on the field of a variable whose type is the class of the field. */
function callsThrough({ name, field, scope }: Holder): Node[] {
  const owner = scope.childForFieldName('name')?.text;
  const root = field && owner !== undefined ? scope.tree.rootNode : null;
  if (!root || !new RegExp(`\\w\\.${name}\\.`).test(root.text)) return [];
  const known = new Set(
    [...root.text.matchAll(new RegExp(`\\b${owner ?? ''}(?:<[^;=()]*>)?\\s+(\\w+)\\b`, 'g'))].map(([, each]) => each),
  );
  known.add(owner);
  return root.descendantsOfType('method_invocation').filter((call) => {
    const [variable, field, ...more] = receiverText(call)
      .replace(/^this\./, '')
      .split('.');
    return field === name && more.length === 0 && known.has(variable) && !contains(scope, call);
  });
}

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
