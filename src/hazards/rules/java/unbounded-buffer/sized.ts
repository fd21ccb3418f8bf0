import type { Node } from 'web-tree-sitter';
import type { Fix } from '../../../fixes/edits';
import { argumentsOf, calleeName, receiverText } from '../../../languages/java/file';
import type { Growth } from '../../../rule';
import { withImports } from '../imports';

const size = 1000;
const atOnce = 16;
const id = 'java/unbounded-buffer/size';

/** A size: of the buffer, of the sink's queue, of what flatMap runs at once. */
export function sized(call: Node, _growth: Growth, text: string): Fix | null {
  const list = call.childForFieldName('arguments');
  if (calleeName(call) === 'flatMap') return fewer(call);
  if (calleeName(call) !== 'onBackpressureBuffer' || !list) return null;
  const given = (inside: string) => ({ start: list.startIndex, end: list.endIndex, text: `(${inside})` });
  if (receiverText(call).replace(/\s+/g, '').endsWith('.unicast()')) {
    const queue = given(`new ArrayBlockingQueue<>(${size})`);
    const edits = withImports(text, [queue], 'java.util.concurrent.ArrayBlockingQueue');
    const title = `Let the sink hold ${size}, then refuse (a queue with a capacity)`;
    return edits && { id, title, edits };
  }
  const title = `Hold ${size}, then end with an error (a size)`;
  return { id, title, edits: [given(String(size))] };
}

function fewer(call: Node): Fix | null {
  const most = argumentsOf(call)[1];
  if (!most) return null;
  const edits = [{ start: most.startIndex, end: most.endIndex, text: String(atOnce) }];
  return { id, title: `Run at most ${atOnce} at once (concurrency of flatMap)`, edits };
}
