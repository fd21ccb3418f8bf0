import type { Rule } from '../../../rule';
import { prefetch } from './prefetch';

/** A RabbitMQ consumer on a channel without a prefetch. */
export const missingPrefetch: Rule = {
  id: 'js/missing-prefetch',
  title: 'A RabbitMQ consumer without a prefetch',
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. They wait in the memory of this process, the queue looks empty, and other consumers get nothing. Set `channel.prefetch(n)` before `consume`, and acknowledge each message when it is done: with `noAck` a prefetch limits nothing.',
  words: /\.consume\(/,
  query: `
    (call_expression
      function: (member_expression property: (property_identifier) @method (#eq? @method "consume"))) @place`,
  growth: 'consumer',
  bounds: ['broker-credit'],
  severityOf: ({ settledEarly }) => (settledEarly === null ? 'high' : 'medium'),
  diagnosticFrom: 'high',
  messageOf: ({ source, settledEarly }) =>
    settledEarly === null
      ? `The broker pushes every message of ${source} at once: without a prefetch nothing limits how many wait in this process.`
      : `The broker pushes every message of ${source} at once: ${settledEarly}, so nothing limits how many wait in this process.`,
  lensOf: () => 'unbounded: no prefetch',
  fixes: [prefetch],
};
