import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';
import { lineBelow } from '../lines';
import { streamAt } from '../sources';

const most = 1_000_000;

/** `if (body.length > 1000000) req.destroy()` below the line that makes it longer. */
export function tooLarge(statement: Node, growth: Growth, text: string): Fix | null {
  const [added] = partsOf(statement);
  const name = added?.childForFieldName('left')?.text;
  const request = streamAt(statement, growth, text);
  if (added?.type !== 'augmented_assignment_expression' || !name || !request) return null;
  if (statement.parent?.type !== 'statement_block') return null;
  const line = lineBelow(statement, text, `if (${name}.length > ${most}) ${request}.destroy()`);
  return (
    line && {
      id: 'js/unbounded-accumulation/too-large',
      title: 'End a request whose body is too large',
      edits: [line],
    }
  );
}
