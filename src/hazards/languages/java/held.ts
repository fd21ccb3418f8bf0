import type { Node } from 'web-tree-sitter';
import { contains, identifiersNamed, textIn } from '../../syntax';
import { aliasesOf, variablesOf } from './aliases';
import { argumentsOf, calleeName, callTaking, typeName, type DeclaredMethod, type JavaFile } from './file';

/** A field or variable that holds what is made at a place. */
export interface Holder {
  name: string;
  field: boolean;
  /** Where its name means it: the class of a field, the method of a variable. */
  scope: Node;
  /** Calls of the class that give it: `getExecutor()`. */
  gettings?: readonly string[];
}

/** Calls that hand back what they are given, dressed up. */
const wrapping = /decorat|wrap|instrument|monitor|traced|delegat|unconfigurable|requireNonNull/i;

/** The field or variable that the made object is given to; null: it is used where it stands, or handed on. */
export function holderOf(made: Node, file: JavaFile): Holder | null {
  const call = callTaking(made);
  if (call) return wrapping.test(calleeName(call)) ? holderOf(call, file) : null;
  const { parent } = made;
  if (parent && /^(cast|ternary|parenthesized)_expression$/.test(parent.type)) return holderOf(parent, file);
  // `service = local = new …`: the outermost keeps it.
  if (parent?.type === 'assignment_expression' && parent.parent?.type === parent.type) return holderOf(parent, file);
  const named =
    parent?.type === 'assignment_expression' ? parent.childForFieldName('left') : parent?.childForFieldName('name');
  const holds = parent && /^(variable_declarator|resource|assignment_expression)$/.test(parent.type);
  if (!named || !holds || !/^(this\.)?\w+$/.test(named.text)) return null;
  const name = named.text.replace(/^this\./, '');
  const field =
    named.text !== name ||
    /^(field|constant)_declaration$/.test(parent.parent?.type ?? '') ||
    (!isLocal(name, made, file) && isField(name, file));
  const scope = (field ? file.classAround(made) : file.methodAround(made)?.node) ?? file.root;
  return { name, field, scope };
}

const isField = (name: string, file: JavaFile) => file.typeOfField(name) !== null;

const isLocal = (name: string, place: Node, file: JavaFile) =>
  (file.methodAround(place)?.node.descendantsOfType(['variable_declarator', 'formal_parameter']) ?? []).some(
    (each) => each.childForFieldName('name')?.text === name,
  );

/** Calls of such methods on what the holder holds, also under its other names in the file: `client.queue.add(…)`. */
export function callsOn(holder: Holder, method: RegExp): Node[] {
  const all = [holder, ...aliasesOf(holder)].flatMap((each) => [...callsInScope(each), ...callsThrough(each)]);
  return [...new Map(all.filter((call) => method.test(calleeName(call))).map((call) => [call.id, call])).values()];
}

const callsInScope = (holder: Holder): Node[] => receiversIn(holder).flatMap((each) => callMadeOn(each) ?? []);

/** Where the scope names the holder, with its `this.`, or calls what gives it. */
function receiversIn(holder: Holder): Node[] {
  const { name, scope, gettings = [] } = holder;
  const given = gettings.flatMap((getting) => identifiersNamed(scope, getting.replace(/\(\)$/, '')));
  const calls = given.flatMap(({ parent }) => (parent?.type === 'method_invocation' ? parent : []));
  return [...identifiersNamed(scope, name).map(withOwner), ...calls].filter((each) => isOf(holder, each.text));
}

/** `session.queue` of its `queue`. */
const withOwner = (name: Node): Node =>
  name.parent?.type === 'field_access' && name.parent.childForFieldName('field')?.id === name.id ? name.parent : name;

/** `queue.add(…)` of its `queue`. */
const callMadeOn = ({ id, parent }: Node): Node | null =>
  parent?.type === 'method_invocation' && parent.childForFieldName('object')?.id === id ? parent : null;

const isOf = ({ name, gettings = [] }: Holder, text: string) => {
  const own = text.replace(/^this\./, '');
  return own === name || gettings.includes(own);
};

/** Methods without parameters that give what the field holds. */
export const gettersOf = ({ name, scope }: Holder, file: JavaFile): DeclaredMethod[] =>
  file.methods.filter(
    ({ node, owner }) =>
      owner?.id === scope.id &&
      node.childForFieldName('parameters')?.namedChildCount === 0 &&
      /(Executor\w*|Pool|Queue|Deque)(<.*>)?$/.test(textIn(node, 'type')) &&
      new RegExp(`\\b${name}\\b[^]*\\breturn (this\\.)?\\w+;|return (this\\.)?${name};`).test(node.text),
  );

/** Calls in the file on the field of a variable whose type is the class of the field. */
function callsThrough({ name, field, scope }: Holder): Node[] {
  const root = field && scope.childForFieldName('name') ? scope.tree.rootNode : null;
  if (!root || !new RegExp(`\\w\\.${name}\\.`).test(root.text)) return [];
  const known = variablesOf(scope);
  return identifiersNamed(root, name).flatMap((each) => {
    const receiver = withOwner(each);
    const [variable, field, ...more] = receiver.text.replace(/^this\./, '').split('.');
    const call = callMadeOn(receiver);
    const isOnIt = field === name && more.length === 0 && known.has(variable);
    return call && isOnIt && !contains(scope, call) ? call : [];
  });
}

/** Calls of such methods that are handed it: `CompletableFuture.runAsync(work, executor)`. */
export const callsTaking = (holder: Holder, method: RegExp): Node[] => {
  const { name, scope } = holder;
  const named = identifiersNamed(scope, name).map((each) =>
    each.parent?.type === 'field_access' ? each.parent : each,
  );
  return [...new Map([...named, ...receiversIn(holder)].map((each) => [each.id, each])).values()]
    .flatMap((each) => callTaking(each) ?? [])
    .filter((call) => method.test(calleeName(call)));
};

/** Calls of such methods inside the methods of the file that are handed it. */
export const callsInside = (holder: Holder, method: RegExp, file: JavaFile): Node[] =>
  callsTaking(holder, /./).flatMap((call) => {
    const meant = file.methodMeant(call)?.node;
    const at = argumentsOf(call).findIndex(({ text }) => isOf(holder, text));
    const name = meant?.childForFieldName('parameters')?.namedChildren[at]?.childForFieldName('name')?.text;
    return meant && name !== undefined ? callsOn({ name, field: false, scope: meant }, method) : [];
  });

/** `LinkedBlockingQueue` of `new LinkedBlockingQueue<>()`; empty: it is no construction. */
export const madeType = (node: Node | null | undefined): string =>
  node?.type === 'object_creation_expression' ? typeName(node.childForFieldName('type')) : '';
