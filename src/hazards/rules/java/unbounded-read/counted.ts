import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName } from '../../../languages/java/file';

const count = 100;
const records = 500;

/** `.count(100)` behind the parameters of a stream's read; Kafka's own number of records for a poll. */
export function counted(call: Node): Fix | null {
  const name = calleeName(call);
  if (!/^(xRead\w*|put|setProperty)$/.test(name)) return null;
  if (name.startsWith('xRead')) {
    const edits = [{ start: call.endIndex, end: call.endIndex, text: `.count(${count})` }];
    return { id: 'java/unbounded-read/count', title: `Read at most ${count} at once (count)`, edits };
  }
  const value = argumentsOf(call)[1];
  if (!value) return null;
  const edits = [{ start: value.startIndex, end: value.endIndex, text: String(records) }];
  return {
    id: 'java/unbounded-read/records',
    title: `Poll at most ${records} at once, as Kafka does by itself`,
    edits,
  };
}
