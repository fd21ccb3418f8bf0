import type { Node } from 'web-tree-sitter';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf, textIn } from '../../../syntax';
import { argumentsOf, calleeName } from '../calls';
import type { Declarations } from '../declarations';
import { growthOf, repetition } from '../growth';
import { queuedOf } from './queued';
import { holdsThoseWhoWait } from '../starts/unshown';

/** A slice or list that outlives the call and grows with each item: one that others take from (`append`), or nobody does. */
export function growingOf(place: Node, kind: 'append' | 'accumulate', file: Declarations): Growth | null {
  const grown = grownBy(place, file);
  if (!grown || (grown.local && kind === 'accumulate')) return null;
  if (kind === 'append') return isTaken(grown, file) || isSwapped(grown, file) ? filledOf(grown, place, file) : null;
  if (isTaken(grown, file) || isCut(grown, file)) return null;
  const growth = growthOf(place, file);
  return growth && growth.unit !== 'connection' && !growth.open && growth.doubt === undefined ? growth : null;
}

/** What fills it in this file, and as long as no other shows more, what its callers may. */
function filledOf(grown: Grown, place: Node, file: Declarations): Growth | null {
  // What else a function calls ends with the call, and so does a list of its own.
  const growth = grown.local ? repetition(place, file, []) : growthOf(place, file);
  const sure = growth !== null && growth.unit !== 'connection' && !growth.open;
  if (sure && growth.doubt === undefined && isTaken(grown, file))
    return spares.test(grown.field) || holdsThoseWhoWait(growth, place, file) ? null : growth;
  const meanwhile = grown.local ? null : queuedOf(grown, place, file);
  return growth?.open && meanwhile && isTaken(grown, file) ? { ...growth, meanwhile } : meanwhile;
}

/** What holds what is free is as long as what was in use, and what is entered is the program's own. */
const spares = /free|idle|spare|recycl|reuse|entries$/i;

/** A slice or list that a statement makes longer. */
export interface Grown {
  /** `s.items`, or a variable of the file. */
  name: string;
  /** Without what it belongs to. */
  field: string;
  /** What is put in, where the statement tells. */
  items: Node[];
  /** By a method of the list, or of a queue of a library. */
  pushed: boolean;
  /** A variable of a function, from which the same function takes the first. */
  local: boolean;
}

/** `s.items = append(s.items, x)` or `s.items.PushBack(x)`, of a field or a variable of the file; null: it is none. */
function grownBy(place: Node, file: Declarations): Grown | null {
  const push = pushedTo(place);
  const [left] = partsOf(place.childForFieldName('left') ?? place);
  const held = push ? push.childForFieldName('function')?.childForFieldName('operand') : left;
  const [value] = partsOf(place.childForFieldName('right') ?? place);
  if (!push && (value?.type !== 'call_expression' || calleeName(value) !== 'append')) return null;
  const owner = held ? ownerOf(held, file) : null;
  const local = held !== undefined && held !== null && owner === null && isPumped(held, file);
  const name = local ? held.text : owner;
  if (!held || name === null) return null;
  const field = name.split('.').at(-1) ?? '';
  const grown = (items: Node[]): Grown => ({ name, field, items, pushed: push !== null, local });
  if (push) return isList(push, held, field, file) ? grown(argumentsOf(push)) : null;
  const [first, ...items] = value ? argumentsOf(value) : [];
  return first?.text === held.text ? grown(items) : null;
}

/** The field or variable of the file that an expression stands for: also one entry of it, or what was found in it. */
function ownerOf(held: Node, file: Declarations): string | null {
  const around = file.functionAround(held);
  const own = around?.receiverName ? new RegExp(`^${around.receiverName}\\.\\w+(?=$|\\[)`) : null;
  const name = own?.exec(held.text)?.[0];
  if (name !== undefined) return name;
  if (held.type !== 'identifier') return null;
  if (file.variables.has(held.text)) return held.text;
  if (!around || !own || !new RegExp(`\\b${held.text}\\b[^\\n;{}]*:=\\s*[\\w.]+\\[`).test(around.node.text))
    return null;
  const found = around.node
    .descendantsOfType('short_var_declaration')
    .find((each) => partsOf(each.childForFieldName('left') ?? each)[0]?.text === held.text);
  const from = textIn(found, 'right');
  return /^[\w.]+\[/.test(from) ? (own.exec(from)?.[0] ?? null) : null;
}

/** `queue = queue[1:]` or `queue.Front()` in the file */
const isPumped = ({ type, text }: Node, file: Declarations) =>
  type === 'identifier' &&
  file.says(`\\b${text} = ${text}\\[\\w+:\\]|\\bcopy\\(${text}, ${text}\\[\\w+:\\]|\\b${text}\\.(?:Front|PopFront)\\(`);

/** The call that puts something into a list, as a statement or with what it gives. */
function pushedTo(place: Node): Node | null {
  const right = place.childForFieldName('right') ?? place;
  const [call] = partsOf(right);
  return call?.type === 'call_expression' && /^(Push(Back|Front)?|Enqueue|Offer)$/.test(calleeName(call)) ? call : null;
}

/** Types of libraries that grow with what is put in. */
const growingTypes = /deque|goring\.|mpsc\.|\blane\.|\.Queue\b|fifo\.|unbounded|\blist\.List\b|linkedlist|arraylist/i;
const limitedTypes = /bounded|blocking|workqueue|lru|cache|priority|heap|stack/i;

/** `PushBack` is the method of a list, `Push` of many things: there the type has to be one of a library. */
function isList(push: Node, held: Node, field: string, file: Declarations): boolean {
  if (file.importsAny(/^container\/list$/) && calleeName(push).startsWith('Push')) return true;
  const type = file.typeOf(held.type === 'identifier' ? held.text : field) ?? '';
  const isOf = /\w\.\w/.test(type) && growingTypes.test(type);
  return isOf && (/unbounded/i.test(type) || !limitedTypes.test(type));
}

/** A comparison of its length with something, or a place where it is emptied as a whole. */
export function sizeGuard(place: Node, file: Declarations): string | null {
  const grown = grownBy(place, file);
  // Of what only grows, nothing in the file is one.
  if (!grown || file.keptAt(place)) return null;
  const own = ending(grown);
  const empty = askedToBeEmpty(place, own);
  if (empty !== null) return `\`${empty}\` around it`;
  const around = file.functionAround(place)?.node.text ?? '';
  const guard =
    new RegExp(
      `len\\(${own}\\)\\s*(>=?|==|<=?)\\s*(?!0\\b|1\\b)[\\w.]+|${own}\\.(Len|Length|Size)\\(\\)\\s*(>=?|<=?)\\s*(?!0\\b|1\\b)\\w+|${own}\\.Set(Max|Cap|Limit)\\w*\\(`,
    ).exec(grown.local ? around : file.text)?.[0] ?? limitAround.exec(around)?.[0];
  // What others take from is emptied as a whole when they have it all, or at the end.
  const emptied = new RegExp(`(?<!== nil \\{\\s*)${own} = (nil|${own}\\[:0\\]|make\\(|\\[\\])`);
  const found = guard ?? emptied.exec(isTaken(grown, file) || isSwapped(grown, file) ? around : file.text)?.[0];
  return found === undefined ? null : `\`${found}\` in the file`;
}

/** `if len(s.queue) == 0 { … }`, or what else is done than `if len(s.queue) > 0`: there it holds one at most. */
function askedToBeEmpty(place: Node, own: string): string | null {
  let inner = place;
  for (const outer of ancestorsOf(place)) {
    if (/^(for_statement|func_literal|function_declaration|method_declaration)$/.test(outer.type)) return null;
    if (outer.type === 'if_statement') {
      const asked = textIn(outer, 'condition');
      const otherwise = outer.childForFieldName('alternative')?.id === inner.id;
      if (new RegExp(`^len\\(${own}\\) (?:${otherwise ? '>|!=' : '=='}) 0$`).test(asked)) return asked;
    }
    inner = outer;
  }
  return null;
}

/** A limit by another name in the function that fills it. */
export const limitAround = /[->=]=?\s*[\w.]*(max|limit|capacity|highWater|hwm)\w*|\b(is)?full\(\)/i;

/** Does something take the first, or cut some off? Begins at the dot, which is found sooner than the word before it. */
function isTaken({ name, field, pushed }: Grown, file: Declarations): boolean {
  const held = name.includes('.') ? `(?<=\\w)\\.${field}` : `\\b${name}`;
  const first = `${held}(?:\\[[\\w.]+\\])?(?:\\[\\d*\\w*:\\]|\\.(?:Remove|Front|Pop\\w*|Dequeue|Poll|Shift|TakeFirst)\\(|\\[0\\])`;
  return file.says(first) || (pushed && file.says(`\\.(?:Remove|Front|PopFront)\\(`));
}

/** Is it taken as a whole, and begun anew? */
const isSwapped = ({ field, name }: Grown, file: Declarations) =>
  name.includes('.') &&
  file.says(`(?:= (?:range )?\\w+\\.${field}(?: \\{)?\\n|\\bcopy\\(\\w+, \\w+\\.${field}\\))`) &&
  file.says(
    `(?<=\\w)\\.${field}(?:, [\\w.]+)? = (?:nil|make\\(|\\[\\]|\\w+\\.${field}\\[:0\\])|\\bdelete\\(\\w+\\.${field},`,
  );

/** Are some taken out of the middle? */
const isCut = ({ field }: Grown, file: Declarations) =>
  file.says(`\\b${field}\\[:|slices\\.Delete\\w*\\([\\w.]*${field},`);

/** The field under any receiver: methods name it differently. */
const ending = ({ name, field }: Grown) => (name.includes('.') ? `\\b\\w+\\.${field}` : `\\b${name}`);
