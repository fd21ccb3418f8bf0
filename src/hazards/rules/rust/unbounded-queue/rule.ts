import type { Rule } from '../../../rule';
import { bounded } from './bounded';

/** A channel without a size that is filled with each message. */
export const unboundedQueue: Rule = {
  id: 'rust/unbounded-queue',
  title: 'A channel without a size, filled with each message',
  help: 'An unbounded channel takes whatever is sent into it. When whoever receives is slower, or stops, it grows until the process is killed, and nobody upstream notices. Make it with a size (tokio::sync::mpsc::channel(n)) and wait in send; where nothing can wait, use try_send and say what happens when it is full.',
  words: /\bunbounded(_channel|_async)?\b|\bmpsc::channel\b|\bchannel(::<[^>]*>)?\(\)/,
  query: `
    (call_expression
      function: [(identifier) (scoped_identifier) (generic_function)]
      arguments: (arguments) @list (#eq? @list "()")) @place`,
  growth: 'queue',
  bounds: ['size-guard', 'permit', 'counted', 'broker-credit', 'leaves-loop', 'stop-code'],
  severityOf: ({ unit }) => (unit === 'value' ? 'medium' : 'high'),
  diagnosticFrom: 'high',
  messageOf: ({ unit, source }) =>
    `Each ${unit} from \`${source}\` is sent into this channel, which has no size: when it is emptied more slowly than it is filled, it grows without end.`,
  lensOf: ({ unit }) => `unbounded: channel grows per ${unit}`,
  fixes: [bounded],
};
