import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { bodyOf } from '../../../languages/py/drops';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { importing } from '../imports';

/** A line in the log instead of `pass`. */
export function logged(clause: Node, { source }: Growth, text: string): Fix | null {
  const [statement] = partsOf(bodyOf(clause));
  const added = importing(clause, text, 'logging');
  if (statement?.type !== 'pass_statement' || !added || !/^[\w.]+$/.test(source)) return null;
  const line = `logging.getLogger(__name__).warning("dropped an item: ${source} is full")`;
  return {
    id: 'py/silent-drop/log',
    title: 'Log what is dropped',
    edits: [...added, { start: statement.startIndex, end: statement.endIndex, text: line }],
  };
}
