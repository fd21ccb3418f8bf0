import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../handedOver';
import type { Growth } from '../../rule';
import { partsOf } from '../../syntax';
import { argumentsOf, calleeName } from './calls';
import type { Declarations } from './declarations';
import { growthOf } from './growth';

/** A slice or list that outlives the call and grows with each item: one that others take from (`append`), or nobody does. */
export function growingOf(place: Node, kind: 'append' | 'accumulate', file: Declarations): Growth | null {
  const name = grownBy(place, file);
  if (name === null || isTaken(name, file) !== (kind === 'append')) return null;
  const growth = growthOf(place, file);
  if (growth?.open && kind === 'accumulate') return null;
  if (growth && growth.unit !== 'connection' && !growth.open) return growth;
  const meanwhile = kind === 'append' ? betweenFunctions(place, name, file) : null;
  return growth?.open && meanwhile ? { ...growth, meanwhile } : (growth ?? meanwhile);
}

/** A list of a type that one method fills with what its callers hand it, and others empty. */
function betweenFunctions(place: Node, name: string, file: Declarations): Growth | null {
  const around = file.functionAround(place);
  const parameters = around?.node.childForFieldName('parameters')?.namedChildCount ?? 0;
  if (!around || parameters === 0 || answersOrSpares.test(name)) return null;
  if (!pushedTo(place) && !(queueName.test(fieldOf(name)) && keepsParameter(place, around.node))) return null;
  if (runsSeldom(around.name) || !name.includes('.')) return null;
  return handedOver({ put: place, name: around.name, around: around.node }, undefined);
}

/** What a slice is called in which things wait for somebody. */
const queueName = /queue|backlog|inbox|outbox|mailbox|unsent|outgoing|incoming|waiting|pending/i;

/** `append(q.queue, message)` in a function that is handed the message. */
function keepsParameter(place: Node, around: Node): boolean {
  const [value] = partsOf(place.childForFieldName('right') ?? place);
  const kept = value?.type === 'call_expression' ? argumentsOf(value).slice(1) : [];
  const names = around
    .childForFieldName('parameters')
    ?.descendantsOfType('parameter_declaration')
    .flatMap((each) => each.childrenForFieldName('name').map(({ text }) => text));
  return kept.some((each) => names?.includes(each.text));
}

/** The call that puts something into a list, as a statement or with what it gives. */
function pushedTo(place: Node): Node | null {
  const right = place.type === 'short_var_declaration' ? place.childForFieldName('right') : place;
  const [call] = right ? partsOf(right) : [];
  return call?.type === 'call_expression' && /^Push(Back|Front)$/.test(calleeName(call)) ? call : null;
}

/** A comparison of its length with something, or a place where it is emptied as a whole. */
export function sizeGuard(place: Node, file: Declarations): string | null {
  const name = grownBy(place, file);
  if (name === null) return null;
  const own = ending(name);
  const guard = new RegExp(
    `len\\(${own}\\)\\s*(>=?|==|<=?)\\s*(?!0\\b)[\\w.]+|${own}\\.Len\\(\\)\\s*(>=?|<=?)\\s*\\w+`,
  ).exec(file.text)?.[0];
  // What others take from is emptied as a whole when they have it all, or at the end.
  const emptied = new RegExp(`${own} = (nil|${own}\\[:0\\]|make\\(|\\[\\])`);
  const where = isTaken(name, file) ? (file.functionAround(place)?.node.text ?? '') : file.text;
  const found = guard ?? emptied.exec(where)?.[0];
  return found === undefined ? null : `\`${found}\` in the file`;
}

/** `s.items` of `s.items = append(s.items, x)` or `s.items.PushBack(x)`, where it is a field or a variable of the file. */
function grownBy(place: Node, file: Declarations): string | null {
  const list = pushedTo(place);
  const held = list ? list.childForFieldName('function')?.childForFieldName('operand') : partsOf(place)[0];
  const name = held?.text ?? '';
  if (list && !file.importsAny(/^container\/list$/)) return null;
  if (!list) {
    const [value] = partsOf(place.childForFieldName('right') ?? place);
    if (value?.type !== 'call_expression' || calleeName(value) !== 'append') return null;
    if (argumentsOf(value)[0]?.text !== name) return null;
  }
  const receiver = file.functionAround(place)?.receiverName;
  if (receiver && new RegExp(`^${receiver}\\.\\w+$`).test(name)) return name;
  return file.variables.has(name) ? name : null;
}

/** Does something take the first, or cut some off? Begins at the dot, which is found sooner than the word before it. */
function isTaken(name: string, file: Declarations): boolean {
  const held = name.includes('.') ? `(?<=\\w)\\.${fieldOf(name)}` : `\\b${name}`;
  return file.says(`${held}(?:\\[\\d*\\w*:\\]|\\.(?:Remove|Front)\\(|\\[0\\])`);
}

/** The field under any receiver: methods name it differently. */
const ending = (name: string) => (name.includes('.') ? `\\b\\w+\\.${fieldOf(name)}` : `\\b${name}`);

const fieldOf = (name: string) => name.split('.').at(-1) ?? '';
