import type { Node } from 'web-tree-sitter';
import { linesAbove, type Fix } from '../../../fixes/edits';
import { canAwait } from '../../../languages/py/file';
import type { Growth } from '../../../rule';
import { partsOf } from '../../../syntax';

/** `await` before the send of aiokafka; `producer.poll(0)` before the produce of confluent, so that answers are taken. */
export function wait(statement: Node, _growth: Growth, text: string): Fix | null {
  const [call] = partsOf(statement);
  const callee = call?.childForFieldName('function');
  const producer = callee?.childForFieldName('object');
  if (!call || !producer) return null;
  if (callee?.childForFieldName('attribute')?.text === 'produce') {
    const line = /^(self\.)?\w+$/.test(producer.text)
      ? linesAbove(statement, text, [`${producer.text}.poll(0)`])
      : null;
    return (
      line && { id: 'py/unthrottled-producer/poll', title: 'Take the broker’s answers meanwhile (poll)', edits: [line] }
    );
  }
  if (!canAwait(statement) || !/\baiokafka\b/.test(text)) return null;
  const edits = [{ start: call.startIndex, end: call.startIndex, text: 'await ' }];
  return { id: 'py/unthrottled-producer/await', title: 'Wait until the producer has taken it (await)', edits };
}
