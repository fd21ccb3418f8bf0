import type { Rule } from '../../../rule';
import { qos } from './qos';

/** A RabbitMQ consumer on a channel without a prefetch. */
export const missingPrefetch: Rule = {
  id: 'go/missing-prefetch',
  title: 'A RabbitMQ consumer without a prefetch',
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. The library keeps them in a slice that grows while the reader is slow: the Go channel you range over bounds nothing. The queue looks empty, and other consumers get nothing. Call `ch.Qos(n, 0, false)` before Consume, and acknowledge each message when it is done: with autoAck a prefetch limits nothing.',
  words: /\.Consume(WithContext)?\(/,
  query: `
    (call_expression
      function: (selector_expression field: (field_identifier) @method (#any-of? @method "Consume" "ConsumeWithContext"))) @place`,
  growth: 'consumer',
  bounds: ['broker-credit'],
  severityOf: ({ settledEarly }) => (settledEarly === null ? 'high' : 'medium'),
  diagnosticFrom: 'high',
  messageOf: ({ source, settledEarly }) =>
    settledEarly === null
      ? `The broker pushes every message of ${source} at once: without a prefetch nothing limits how many wait in this process.`
      : `The broker pushes every message of ${source} at once: ${settledEarly}, so nothing limits how many wait in this process.`,
  lensOf: () => 'unbounded: no prefetch',
  fixes: [qos],
};
