import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { grownIn } from '../grown';

const most = 1000;

/** Keeps the newest: what is older goes when one more has come. */
export function newest(place: Node, _growth: Growth, text: string): Fix | null {
  const grown = grownIn(place);
  if (!grown) return null;
  const { name, length, isList } = grown;
  const drop = isList ? `${name}.Remove(${name}.Front())` : `${name} = ${name}[len(${name})-${most}:]`;
  const end = newlineOf(text) + indentOf(place, text);
  const lines = [`if ${length} > ${most} {`, `\t${drop}`, '}'].map((line) => end + line).join('');
  return {
    id: 'go/unbounded-accumulation/newest',
    title: `Keep the newest ${most}`,
    edits: [{ start: place.endIndex, end: place.endIndex, text: lines }],
  };
}
