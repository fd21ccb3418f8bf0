import type { Rule } from '../../../rule';
import { queuePerItem } from '../../queuePerItem';
import { bounded } from './bounded';

/** A channel without a size that is filled with each message. */
export const unboundedQueue: Rule = {
  ...queuePerItem('sent into', 'channel'),
  id: 'rust/unbounded-queue',
  title: 'A channel without a size, filled with each message',
  help: 'An unbounded channel takes whatever is sent into it. When whoever receives is slower, or stops, it grows until the process is killed, and nobody upstream notices. Make it with a size (tokio::sync::mpsc::channel(n)) and wait in send; where nothing can wait, use try_send and say what happens when it is full.',
  words: /\bunbounded(_channel|_async)?\b|\bmpsc::channel\b|\bchannel(::<[^>]*>)?\(\)/,
  query: `
    (call_expression
      function: [(identifier) (scoped_identifier) (generic_function)]
      arguments: (arguments) @list (#eq? @list "()")) @place`,
  bounds: ['size-guard', 'permit', 'counted', 'broker-credit', 'leaves-loop', 'stop-code'],
  fixes: [bounded],
};
