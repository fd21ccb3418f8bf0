import type { Node } from 'web-tree-sitter';
import { indentOf, newlineOf, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { grownIn } from '../grown';

const most = 1000;

/** Whose older entries may be lost: a body without its beginning, or a list of what is to be done, is worth nothing. */
const mayForget = /log|histor|recent|event|stat|sample|trace|metric|notice/i;

/** Keeps the newest: what is older goes when one more has come. */
export function newest(place: Node, _growth: Growth, text: string): Fix | null {
  const grown = grownIn(place);
  if (!grown || grown.kind === 'buffer' || !mayForget.test(grown.name) || place.text.includes('...')) return null;
  const { name, length, kind } = grown;
  const drop = kind === 'list' ? `${name}.Remove(${name}.Front())` : `${name} = ${name}[len(${name})-${most}:]`;
  const end = newlineOf(text) + indentOf(place, text);
  const lines = [`if ${length} > ${most} {`, `\t${drop}`, '}'].map((line) => end + line).join('');
  return {
    id: 'go/unbounded-accumulation/newest',
    title: `Keep the newest ${most}`,
    edits: [{ start: place.endIndex, end: place.endIndex, text: lines }],
  };
}
