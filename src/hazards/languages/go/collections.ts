import type { Node } from 'web-tree-sitter';
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
  return growth && growth.unit !== 'connection' ? growth : null;
}

/** A comparison of its length with something, or a place where it is emptied as a whole. */
export function sizeGuard(place: Node, file: Declarations): string | null {
  const name = grownBy(place, file);
  if (name === null) return null;
  const own = ending(name);
  const guard = new RegExp(
    `len\\(${own}\\)\\s*(>=?|==|<=?)\\s*(?!0\\b)[\\w.]+|${own}\\.Len\\(\\)\\s*(>=?|<=?)\\s*\\w+|${own} = (nil|${own}\\[:0\\]|make\\(|\\[\\])`,
  ).exec(file.text)?.[0];
  return guard === undefined ? null : `\`${guard}\` in the file`;
}

/** `s.items` of `s.items = append(s.items, x)` or `s.items.PushBack(x)`, where it is a field or a variable of the file. */
function grownBy(place: Node, file: Declarations): string | null {
  const [first] = partsOf(place);
  const list = first?.type === 'call_expression' && /^Push(Back|Front)$/.test(calleeName(first));
  const held = list ? first.childForFieldName('function')?.childForFieldName('operand') : first;
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
