import type { Node } from 'web-tree-sitter';
import { linesAbove, type Fix } from '../../../fixes/edits';
import { closestFunction, loopAround } from '../../../languages/go/calls';
import type { Growth } from '../../../rule';
import { ancestorsOf } from '../../../syntax';
import { grownIn } from '../grown';
import { importing } from '../imports';

const most = 1000;

/** A look at its length first: where it is full the item is refused, and that is told. */
export function refused(place: Node, { turns }: Growth, text: string): Fix | null {
  const grown = grownIn(place);
  const root = [...ancestorsOf(place)].at(-1);
  const loop = loopAround(place);
  if (!grown || !root || holdsLock(place, text) || (loop && loop.id !== turns[0]?.repeated.id)) return null;
  const leaving = leavingBy(
    loop ? 'loop' : (closestFunction(place)?.childForFieldName('result')?.text ?? ''),
    grown.name,
  );
  const imports = leaving && importing(root, text, leaving.uses);
  if (!imports) return null;
  const above = linesAbove(place, text, [
    `if ${grown.length} >= ${most} {`,
    ...leaving.lines.map((line) => `\t${line}`),
    '}',
  ]);
  const title = `Refuse when ${most} wait, and say so`;
  return above && { id: 'go/unbounded-queue/refuse', title, edits: [...imports, above] };
}

/** Leaving early would keep a lock that is given back further below. */
function holdsLock(place: Node, text: string): boolean {
  const before = text.slice(closestFunction(place)?.startIndex ?? 0, place.startIndex);
  return /\.R?Lock\(\)/.test(before) && !/defer [\w.]+\.R?Unlock\(\)/.test(before);
}

/** How a refused item is told, by what the function returns; null: there is no way. */
function leavingBy(result: string, name: string): { uses: string; lines: string[] } | null {
  if (result === 'error') return { uses: 'errors', lines: [`return errors.New("${name} is full")`] };
  const left = { loop: 'continue', '': 'return', bool: 'return false' }[result];
  return left === undefined ? null : { uses: 'log', lines: [`log.Print("${name} is full: one is refused")`, left] };
}
