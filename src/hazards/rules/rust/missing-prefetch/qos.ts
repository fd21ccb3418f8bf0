import type { Node } from 'web-tree-sitter';
import { linesAbove, statementIn, type Fix } from '../../../fixes/edits';
import { receiverOf } from '../../../languages/rust/calls';
import { canAwait, handsErrorsOn } from '../../../languages/rust/file';
import type { Growth } from '../../../rule';

const credit = 10;

/** `channel.basic_qos(10, …).await?` above the consumer, in a function that can hand its error on. */
export function qos(call: Node, { settledEarly }: Growth, text: string): Fix | null {
  const channel = receiverOf(call)?.text ?? '';
  const statement = statementIn(call, ['block']);
  const waits = canAwait(call) && handsErrorsOn(call);
  if (settledEarly !== null || !statement || !waits || !/^(self\.)?\w+$/.test(channel)) return null;
  const set = /\bamqprs::/.test(text)
    ? `${channel}.basic_qos(amqprs::channel::BasicQosArguments::new(0, ${credit}, false)).await?;`
    : `${channel}.basic_qos(${credit}, lapin::options::BasicQosOptions::default()).await?;`;
  const line = linesAbove(statement, text, [set]);
  return (
    line && {
      id: 'rust/missing-prefetch/qos',
      title: `Let the broker send at most ${credit} unfinished messages (basic_qos)`,
      edits: [line],
    }
  );
}
