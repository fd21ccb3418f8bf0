import type { Node } from 'web-tree-sitter';
import type { Edit, Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';

/** Without `@Async` the timer's own thread does the work, and waits for it. */
export function inTurn(place: Node, _growth: Growth, text: string): Fix | null {
  if (!place.type.endsWith('annotation')) return null;
  const title = 'Let the timer wait for its work (remove @Async)';
  return { id: 'java/overlapping-timer/in-turn', title, edits: [wholeLine(place, text)] };
}

/** The annotation with its line, where nothing else stands on it. */
function wholeLine(node: Node, text: string): Edit {
  const start = text.lastIndexOf('\n', node.startIndex - 1) + 1;
  const newline = text.indexOf('\n', node.endIndex);
  const end = newline < 0 ? text.length : newline + 1;
  const alone = text.slice(start, node.startIndex).trim() === '' && text.slice(node.endIndex, end).trim() === '';
  return alone ? { start, end, text: '' } : { start: node.startIndex, end: node.endIndex, text: '' };
}
