import type { Node } from 'web-tree-sitter';
import { handedOver, runsSeldom } from '../../handedOver';
import type { Growth } from '../../rule';
import { ancestorsOf } from '../../syntax';
import { argumentsOf, calleeName, callTaking, receiverText, type JavaFile } from './file';
import { callsOn, holderOf, type Holder } from './held';

/** Calls that put something into a queue. */
const adding = /^(put|add|offer|push)(First|Last)?$/;

/** What holds the queue in the end: also the field of a constructor that it is handed to, or that a method's result is kept in. */
export function keptIn(made: Node, file: JavaFile): Holder | null {
  const name = fieldOfConstructor(made, file) ?? fieldOfResult(made, file);
  if (name === null) return holderOf(made, file);
  const scope = file.classAround(made);
  return scope && { name, field: true, scope };
}

/** `queue` of `this(new LinkedBlockingQueue<>())`, where another constructor has `this.queue = given`. */
function fieldOfConstructor(made: Node, file: JavaFile): string | null {
  const call = made.parent?.type === 'argument_list' ? made.parent.parent : null;
  if (call?.type !== 'explicit_constructor_invocation' || call.childForFieldName('constructor')?.type !== 'this')
    return null;
  const at = argumentsOf(call).findIndex(({ id }) => id === made.id);
  const owner = file.classAround(made);
  const others = file.methods.filter(
    ({ node, owner: of }) => node.type === 'constructor_declaration' && of?.id === owner?.id,
  );
  for (const { node } of others) {
    const given = node.childForFieldName('parameters')?.namedChildren ?? [];
    const parameter = given.length === argumentsOf(call).length ? given[at] : undefined;
    const name = parameter?.childForFieldName('name')?.text;
    if (!/(Queue|Deque)/.test(parameter?.childForFieldName('type')?.text ?? '')) continue;
    const kept = node
      .descendantsOfType('assignment_expression')
      .find((each) => each.childForFieldName('right')?.text === name);
    const field = kept?.childForFieldName('left')?.text.replace(/^this\./, '');
    if (field !== undefined && /^\w+$/.test(field)) return field;
  }
  return null;
}

/** `events` of `events = createQueue()`, where `createQueue` returns what is made. */
function fieldOfResult(made: Node, file: JavaFile): string | null {
  const method = made.parent?.type === 'return_statement' ? file.methodAround(made)?.name : undefined;
  if (method === undefined || !/^\w+$/.test(method)) return null;
  return new RegExp(`(?:^|[\\s.])(\\w+)\\s*=\\s*(?:this\\.)?${method}\\(`).exec(file.text)?.[1] ?? null;
}

/**
 * A queue for each key, kept in a map and filled where it is made:
 * `queues.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>()).add(message)`.
 * @param holder the variable that holds the queue; null: none does
 */
export function filledInMap(made: Node, holder: Holder | null, file: JavaFile): Growth | null {
  const method = file.methodAround(made);
  if (!method || runsSeldom(method.name)) return null;
  const put = holder ? putBesideMap(holder) : putOnAbsent(made, file);
  return put ? handedOver({ put, name: method.name, around: method.node }, undefined) : null;
}

/** `queues.put(key, queue)` and `queue.add(message)` in one method. */
function putBesideMap(holder: Holder): Node | null {
  const kept = holder.scope
    .descendantsOfType('method_invocation')
    .some((call) => /^put(IfAbsent)?$/.test(calleeName(call)) && argumentsOf(call)[1]?.text === holder.name);
  return kept ? (callsOn(holder, adding)[0] ?? null) : null;
}

function putOnAbsent(made: Node, file: JavaFile): Node | null {
  const call = [...ancestorsOf(made)].slice(0, 3).find((outer) => calleeName(outer) === 'computeIfAbsent');
  const used = call?.parent;
  if (used?.type === 'method_invocation') return adding.test(calleeName(used)) ? used : null;
  const name = used?.type === 'variable_declarator' ? used.childForFieldName('name')?.text : undefined;
  const scope = file.methodAround(made)?.node;
  return (
    scope
      ?.descendantsOfType('method_invocation')
      .find((each) => adding.test(calleeName(each)) && receiverText(each) === name && callTaking(each) === null) ?? null
  );
}
