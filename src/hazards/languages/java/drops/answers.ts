import type { Node } from 'web-tree-sitter';
import { lineOf, partsOf } from '../../../syntax';
import { calleeName } from '../file';

/** Somebody is told: the answer of the offer is read, and not only to make room for another. */
export const answerRead = (call: Node): string | null =>
  /^(offer|try(Publish|Emit)\w*)$/.test(calleeName(call)) &&
  call.parent?.type !== 'expression_statement' &&
  !onlyMakesRoom(call)
    ? `its answer is read on line ${lineOf(call)}`
    : null;

/** `if (!queue.offer(line)) { queue.poll(); queue.offer(line); }`, or nothing at all between the brackets. */
function onlyMakesRoom(offer: Node): boolean {
  let asked = offer.parent;
  if (!asked?.text.startsWith('!')) return false;
  while (asked && /^(unary|parenthesized)_expression$/.test(asked.type)) asked = asked.parent;
  if (asked?.type !== 'if_statement' && asked?.type !== 'while_statement') return false;
  const done = asked.childForFieldName('consequence') ?? asked.childForFieldName('body');
  if (!done || asked.childForFieldName('alternative')) return false;
  return (done.type === 'block' ? partsOf(done) : [done]).every((each) => {
    const [first] = partsOf(each);
    const again = each.childForFieldName('condition')?.text.includes('.offer(') ?? false;
    return each.type === 'if_statement'
      ? again
      : /^(poll|remove|offer)(First|Last)?$/.test(first ? calleeName(first) : '');
  });
}
