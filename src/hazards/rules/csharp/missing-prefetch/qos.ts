import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { calleeName, receiverOf } from '../../../languages/csharp/calls';
import { canAwait } from '../../../languages/csharp/file';
import type { Growth } from '../../../rule';

const credit = 10;

/** `channel.BasicQos(0, 10, false);` above the consumer; of the asynchronous client `await channel.BasicQosAsync(…);`. */
export function qos(call: Node, { settledEarly }: Growth, text: string): Fix | null {
  const channel = receiverOf(call)?.text ?? '';
  const statement = statementIn(call, ['block', 'compilation_unit']);
  const waits = calleeName(call).endsWith('Async');
  if (settledEarly !== null || !statement || !/^(this\.)?\w+$/.test(channel) || (waits && !canAwait(call))) return null;
  const set = waits
    ? `await ${channel}.BasicQosAsync(0, ${credit}, false);`
    : `${channel}.BasicQos(0, ${credit}, false);`;
  const line = linesAbove(statement, text, [set]);
  return (
    line && {
      id: 'csharp/missing-prefetch/qos',
      title: `Let the broker send at most ${credit} unfinished messages (BasicQos)`,
      edits: [line],
    }
  );
}
