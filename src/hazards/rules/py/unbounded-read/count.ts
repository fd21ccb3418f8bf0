import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName } from '../../../languages/py/file';

const most = 100;

/** `count=100` behind the last argument. */
export function count(call: Node): Fix | null {
  // What a whole table or body is read for decides what to do with the rest.
  if (!calleeName(call).startsWith('xread')) return null;
  const last = argumentsOf(call).at(-1);
  return (
    (last && {
      id: 'py/unbounded-read/count',
      title: `Read at most ${most} at once (count)`,
      edits: [{ start: last.endIndex, end: last.endIndex, text: `, count=${most}` }],
    }) ??
    null
  );
}
