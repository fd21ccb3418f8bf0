import type { Node } from 'web-tree-sitter';
import { indentOf, linesAbove, newlineOf, type Edit, type Fix } from '../../fixes/edits';
import { closestFunction, loopAround } from '../../languages/go/calls';
import type { Growth } from '../../rule';
import { ancestorsOf } from '../../syntax';
import { grownIn, type Grown } from './grown';
import { importing } from './imports';
import { holdsLock, resultsOf, returning } from './leaving';

const most = 1000;

/** A look at its length first: where it is full the item is refused, and that is told. */
export const refusedFor =
  (rule: string) =>
  (place: Node, { unit }: Growth, text: string): Fix | null => {
    const joined = unit === 'chunk';
    const grown = grownIn(place);
    const root = [...ancestorsOf(place)].at(-1);
    const refusal = grown && (joined ? tooLong : full)(place, grown, text);
    const imports = refusal?.edits && root && importing(root, text, refusal.uses);
    if (!refusal?.edits || !imports) return null;
    const title = joined ? 'Give up when it gets longer than 1 MiB' : `Refuse when ${most} wait, and say so`;
    return { id: `${rule}/refuse`, title, edits: [...imports, ...refusal.edits] };
  };

interface Refusal {
  /** The package that is called. */
  uses: string;
  /** Null: there is no place for them. */
  edits: Edit[] | null;
}

/** What is joined cannot do without one of its parts: who waits for the whole is told. */
function tooLong(place: Node, { name, length }: Grown, text: string): Refusal | null {
  const back = returning(closestFunction(place), `errors.New("${name} is too long")`);
  return back === null ? null : { uses: 'errors', edits: leftEarly(place, text, `${length} >= 1<<20`, [back]) };
}

/** Who hands the item in is told; where nobody is, a line of the log says it, and what follows is done all the same. */
function full(place: Node, { name, length }: Grown, text: string): Refusal | null {
  const isFull = `${length} >= ${most}`;
  const said = `log.Print("${name} is full: one is refused")`;
  const around = closestFunction(place);
  const results = loopAround(place) ? [] : resultsOf(around);
  if (results.length === 0) return { uses: 'log', edits: otherwise(place, text, isFull, said) };
  if (results.join() === 'bool') return { uses: 'log', edits: leftEarly(place, text, isFull, [said, 'return false']) };
  const back = returning(around, `errors.New("${name} is full")`);
  return back === null ? null : { uses: 'errors', edits: leftEarly(place, text, isFull, [back]) };
}

function leftEarly(place: Node, text: string, isFull: string, lines: readonly string[]): Edit[] | null {
  const above = linesAbove(place, text, [`if ${isFull} {`, ...lines.map((line) => `\t${line}`), '}']);
  return above && !holdsLock(place, text) ? [above] : null;
}

/** The statement in the other branch; null: it shares its lines. */
function otherwise(place: Node, text: string, isFull: string, said: string): Edit[] | null {
  const behind = /^[ \t]*(\/\/.*)?(?=\r?\n)/.exec(text.slice(place.endIndex));
  const above = linesAbove(place, text, [`if ${isFull} {`, `\t${said}`, '} else {']);
  if (!above || !behind || place.text.includes('`')) return null;
  const starts = [...place.text.matchAll(/^(?=.)/gm)].map(({ index }) => place.startIndex + index);
  const end = place.endIndex + behind[0].length;
  return [
    above,
    ...starts.map((start) => ({ start, end: start, text: '\t' })),
    { start: end, end, text: `${newlineOf(text)}${indentOf(place, text)}}` },
  ];
}
