import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { lossOf, most, putBy, whenFull } from './put';

/** Keeps the newest, and says when one is dropped: where it may be. */
export function newest(statement: Node, growth: Growth, text: string): Fix | null {
  const put = putBy(statement, growth, text);
  // `shift` would drop the newest of what is put in at the front.
  if (put?.method !== 'push' || !/harmless|open/.test(lossOf(put))) return null;
  const { array, around } = put;
  // What was taken out is put back.
  if (around?.text.includes(`= ${array}.shift(`)) return null;
  const title = `Keep the newest ${most}, and say when one is dropped`;
  return whenFull(
    put,
    (quoted) => [`${array}.shift()`, `console.warn(${quoted(`${array} is full: its oldest entry is dropped`)})`],
    'js/unbounded-queue/newest',
    title,
  );
}
