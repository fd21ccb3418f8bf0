import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';

/** Whoever hands a task over that has no room runs it itself, and is held back by that. */
export function callerRuns(made: Node): Fix | null {
  const type = made.childForFieldName('type');
  if (made.type !== 'object_creation_expression' || !type?.text.startsWith('ThreadPoolExecutor.')) return null;
  return {
    id: 'java/silent-drop/caller-runs',
    title: 'Have whoever hands over run it instead (CallerRunsPolicy)',
    edits: [{ start: type.startIndex, end: type.endIndex, text: 'ThreadPoolExecutor.CallerRunsPolicy' }],
  };
}
