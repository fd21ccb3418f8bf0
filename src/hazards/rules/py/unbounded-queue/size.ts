import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { partsOf, textIn } from '../../../syntax';

const size = 1000;

/** `maxsize=1000`, where whoever puts waits: with `put_nowait` a full queue would raise where nobody expects it. */
export function bounded(call: Node, { doubt }: Growth, text: string): Fix | null {
  const list = call.childForFieldName('arguments');
  const name = textIn(call.parent, 'left');
  // A SimpleQueue takes no size, a full deque drops what is at its other end, and a class of its own may take something else.
  const sized = /(^|\.)((Lifo|Priority)?Queue|JoinableQueue)(\[.*\])?$/s.test(textIn(call, 'function'));
  if (!sized || list?.type !== 'argument_list' || name === '' || text.includes(`${name}.put_nowait`)) return null;
  // Who else fills it may not be ready to wait.
  if (doubt !== undefined && !text.includes(`${name}.put(`)) return null;
  const [given, ...more] = partsOf(list);
  if (more.length > 0) return null;
  const edit = given
    ? { start: given.startIndex, end: given.endIndex, text: `maxsize=${size}` }
    : { start: list.startIndex + 1, end: list.startIndex + 1, text: `maxsize=${size}` };
  return {
    id: 'py/unbounded-queue/size',
    title: `Let put wait when ${size} are in it (maxsize)`,
    edits: [edit],
  };
}
