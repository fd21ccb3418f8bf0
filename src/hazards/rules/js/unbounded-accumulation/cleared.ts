import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { calleeName, receiverOf } from '../../../languages/js/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { lineBelow } from '../lines';

const most = 10_000;

/** `if (seen.size > 10000) seen.clear()` below the line that adds to a set or map. */
export function cleared(statement: Node, { doubt }: Growth, text: string): Fix | null {
  // What is kept under keys of others may be more than what was seen.
  if (doubt !== undefined) return null;
  const [call] = partsOf(statement);
  const kept = call?.type === 'call_expression' && /^(add|set)$/.test(calleeName(call)) ? receiverOf(call) : null;
  const inBlock = /^(statement_block|program)$/.test(statement.parent?.type ?? '');
  if (!kept || !/^[\w.]+$/.test(kept.text) || !inBlock) return null;
  const line = lineBelow(statement, text, `if (${kept.text}.size > ${most}) ${kept.text}.clear()`);
  return (
    line && {
      id: 'js/unbounded-accumulation/clear',
      title: 'Begin anew when it holds more than 10,000 (clear)',
      edits: [line],
    }
  );
}
