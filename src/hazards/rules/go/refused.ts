import type { Node } from 'web-tree-sitter';
import { linesAbove, type Fix } from '../../fixes/edits';
import { closestFunction, loopAround } from '../../languages/go/calls';
import type { Growth } from '../../rule';
import { ancestorsOf } from '../../syntax';
import { grownIn } from './grown';
import { importing } from './imports';
import { holdsLock, resultsOf, returning } from './leaving';

const most = 1000;
const mostBytes = '1<<20';

/** A look at its length first: where it is full the item is refused, and that is told. */
export const refusedFor =
  (rule: string) =>
  (place: Node, { turns, unit }: Growth, text: string): Fix | null => {
    const grown = grownIn(place);
    const root = [...ancestorsOf(place)].at(-1);
    const loop = loopAround(place);
    if (!grown || !root || holdsLock(place, text)) return null;
    const joined = unit === 'chunk';
    if (!joined && loop && loop.id !== turns[0]?.repeated.id) return null;
    const around = closestFunction(place);
    const leaving = joined ? tooLong(around, grown.name) : full(around, loop !== null, grown.name);
    const imports = leaving && importing(root, text, leaving.uses);
    if (!imports) return null;
    const above = linesAbove(place, text, [
      `if ${grown.length} >= ${joined ? mostBytes : most} {`,
      ...leaving.lines.map((line) => `\t${line}`),
      '}',
    ]);
    const title = joined ? 'Give up when it gets longer than 1 MiB' : `Refuse when ${most} wait, and say so`;
    return above && { id: `${rule}/refuse`, title, edits: [...imports, above] };
  };

interface Leaving {
  /** The package that is called. */
  uses: string;
  lines: string[];
}

/** What is joined cannot do without one of its parts: who waits for the whole is told. */
function tooLong(around: Node | null, name: string): Leaving | null {
  const back = returning(around, `errors.New("${name} is too long")`);
  return back === null ? null : { uses: 'errors', lines: [back] };
}

/** How a refused item is told, by what the function returns; null: there is no way. */
function full(around: Node | null, inLoop: boolean, name: string): Leaving | null {
  const back = inLoop ? null : returning(around, `errors.New("${name} is full")`);
  if (back !== null) return { uses: 'errors', lines: [back] };
  const results = inLoop ? 'loop' : resultsOf(around).join();
  const left = { loop: 'continue', '': 'return', bool: 'return false' }[results];
  return left === undefined ? null : { uses: 'log', lines: [`log.Print("${name} is full: one is refused")`, left] };
}
