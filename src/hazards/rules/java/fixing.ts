import type { Node } from 'web-tree-sitter';
import { ancestorsOf } from '../../syntax';
import { argumentsOf, JavaFile } from '../../languages/java/file';
import { callsOn, holderOf, madeType } from '../../languages/java/held';

export { argumentsOf, madeType };

/** Calls of such methods on what holds the made object; null: nothing that the file shows holds it. */
export function callsOnHeld(made: Node, method: RegExp): Node[] | null {
  const root = [...ancestorsOf(made)].at(-1);
  const holder = root ? holderOf(made, new JavaFile(root)) : null;
  return holder && callsOn(holder, method);
}

/** May what runs at the place throw an InterruptedException: does its method say so? */
export function throwsInterrupted(place: Node): boolean {
  for (const outer of ancestorsOf(place)) {
    if (/^(lambda_expression|class_body)$/.test(outer.type)) return false;
    if (!/^(method|constructor)_declaration$/.test(outer.type)) continue;
    const said = outer.namedChildren.find(({ type }) => type === 'throws')?.text ?? '';
    return /\b(InterruptedException|Exception|Throwable)\b/.test(said);
  }
  return false;
}

/** Does the place hold a lock, which whoever empties what it waits for may need? */
export const holdsLock = (place: Node): boolean =>
  [...ancestorsOf(place)].some(
    ({ type, namedChildren, text }) =>
      type === 'synchronized_statement' ||
      (type === 'method_declaration' &&
        (/\bsynchronized\b/.test(namedChildren.find((each) => each.type === 'modifiers')?.text ?? '') ||
          /\b\w*[lL]ock(\(\))?\.lock(Interruptibly)?\(\)/.test(text))),
  );
