import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName } from '../../../languages/java/file';
import type { Growth } from '../../../rule';
import { withImports } from '../imports';

/** `FluxSink.OverflowStrategy.ERROR`: nothing is kept for a reader that falls behind, and nothing is lost unseen. */
export function failing(call: Node, _growth: Growth, text: string): Fix | null {
  const [source] = argumentsOf(call);
  if (calleeName(call) !== 'create' || !source) return null;
  const strategy = { start: source.endIndex, end: source.endIndex, text: ', FluxSink.OverflowStrategy.ERROR' };
  const edits = withImports(text, [strategy], 'reactor.core.publisher.FluxSink');
  const title = 'End with an error when the reader falls behind (OverflowStrategy.ERROR)';
  return edits && { id: 'java/unbounded-buffer/strategy', title, edits };
}
