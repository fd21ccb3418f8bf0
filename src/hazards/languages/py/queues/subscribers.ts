import type { Node } from 'web-tree-sitter';
import { answersOrSpares, handedOver, runsSeldom } from '../../../handedOver';
import type { Growth } from '../../../rule';
import { ancestorsOf, placeOf, textIn } from '../../../syntax';
import { inEndlessLoop } from './between';
import { argumentsOf, assignedAbove, calleeName, receiverText, type PythonFile } from '../file';

/**
 * A queue of its own for each subscriber, kept in a list, set or map of the class and filled from there:
 * `for queue in self.queues: queue.put_nowait(message)`.
 * @param perItem tells what repeats a call
 */
export function keptForSubscriber(made: Node, file: PythonFile, perItem: (node: Node) => Growth | null): Growth | null {
  const kept = collectionsOf(made, file).filter((name) => !answersOrSpares.test(name));
  for (const name of kept) {
    for (const put of file.root.descendantsOfType('call')) {
      if (!/^put(_nowait)?$/.test(calleeName(put)) || !isIn(name, put)) continue;
      const growth = perItem(put);
      const step = `${placeOf(put)} puts each into one of \`${name}\``;
      if (growth && !growth.open && growth.doubt === undefined)
        return { ...growth, evidence: [...growth.evidence, step] };
      const around = file.functionAround(put);
      if (around && (!runsSeldom(around.name) || inEndlessLoop(put)))
        return handedOver({ put, name: around.name, around: around.node }, undefined);
    }
  }
  return null;
}

/** Names of the lists, sets and maps of an object that the queue is put into where it is made. */
function collectionsOf(made: Node, file: PythonFile): string[] {
  const left = made.parent?.type === 'assignment' ? made.parent.childForFieldName('left') : null;
  if (left?.type === 'subscript') return attributeIn(left.text);
  const scope = file.functionAround(made)?.node;
  if (left?.type !== 'identifier' || !scope) return [];
  const added = scope
    .descendantsOfType('call')
    .filter((call) => /^(append|add)$/.test(calleeName(call)) && argumentsOf(call)[0]?.text === left.text)
    .map(receiverText);
  const assigned = scope
    .descendantsOfType('assignment')
    .filter((each) => each.childForFieldName('right')?.text === left.text)
    .map((each) => each.childForFieldName('left'))
    .flatMap((each) => (each?.type === 'subscript' ? [each.text] : []));
  return [...added, ...assigned].flatMap(attributeIn);
}

/** `queues` of `self.queues[name]`. */
const attributeIn = (text: string): string[] => /^self\.(\w+)/.exec(text)?.slice(1) ?? [];

/** Does the call put into an element of the collection of that name? */
function isIn(name: string, put: Node): boolean {
  const receiver = receiverText(put);
  const mentions = new RegExp(`\\.${name}\\b`);
  if (!/^\w+$/.test(receiver)) return mentions.test(receiver) && /[[(]/.test(receiver);
  const loop = [...ancestorsOf(put)].find(
    (outer) => outer.type === 'for_statement' && new RegExp(`\\b${receiver}\\b`).test(textIn(outer, 'left')),
  );
  return mentions.test(loop?.childForFieldName('right')?.text ?? assignedAbove(receiver, put)?.text ?? '');
}
