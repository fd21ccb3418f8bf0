import type { Node } from 'web-tree-sitter';
import { linesAbove, type Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { withImports } from '../imports';

/** `@DisallowConcurrentExecution` above the job: a round waits until the last one has ended. */
export function oneAtATime(place: Node, _growth: Growth, text: string): Fix | null {
  if (place.type !== 'class_declaration') return null;
  const line = linesAbove(place, text, ['@DisallowConcurrentExecution']);
  const edits = line && withImports(text, [line], 'org.quartz.DisallowConcurrentExecution');
  const title = 'Let Quartz wait until a round has ended (@DisallowConcurrentExecution)';
  return edits && { id: 'java/overlapping-timer/one-at-a-time', title, edits };
}
