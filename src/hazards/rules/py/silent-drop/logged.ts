import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { bodyOf } from '../../../languages/py/drops';
import type { Growth } from '../../../rule';
import { ancestorsOf, partsOf, textIn } from '../../../syntax';
import { importing } from '../imports';

/** A line in the log instead of `pass`: in the module's own, where it has one. */
export function logged(clause: Node, { source }: Growth, text: string): Fix | null {
  const [statement] = partsOf(bodyOf(clause));
  const own = /^(\w+)\s*(?::[^=\n]*)?=\s*(?:logging\.)?getLogger\(/m.exec(text)?.[1];
  const added = own === undefined ? importing(clause, text, 'logging') : [];
  // What a logger drops it cannot log: that is dropped too, and logged again.
  const around = [...ancestorsOf(clause)].find(({ type }) => type === 'function_definition');
  if (textIn(around, 'name').startsWith('emit')) return null;
  if (statement?.type !== 'pass_statement' || !added || !/^[\w.]+$/.test(source)) return null;
  const line = `${own ?? 'logging.getLogger(__name__)'}.warning("dropped an item: ${source} is full")`;
  return {
    id: 'py/silent-drop/log',
    title: 'Log what is dropped',
    edits: [...added, { start: statement.startIndex, end: statement.endIndex, text: line }],
  };
}
