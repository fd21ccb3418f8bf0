import type { Rule } from '../../../rule';
import { withoutPrefetch } from '../../withoutPrefetch';
import { qos } from './qos';

/** A RabbitMQ consumer on a channel without a prefetch. */
export const missingPrefetch: Rule = {
  id: 'rust/missing-prefetch',
  ...withoutPrefetch,
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. They wait in the memory of this process, the queue looks empty, and other consumers get nothing. Call `channel.basic_qos(n, …)` before basic_consume, and acknowledge each message when it is done: with no_ack a prefetch limits nothing.',
  words: /\.basic_consume\w*\(/,
  query: `
    (call_expression
      function: (field_expression field: (field_identifier) @name (#any-of? @name "basic_consume" "basic_consume_rx"))) @place`,
  fixes: [qos],
};
