import type { Rule } from '../../../rule';
import { withoutPrefetch } from '../../withoutPrefetch';
import { prefetch } from './prefetch';

/** A RabbitMQ consumer on a channel without a prefetch. */
export const missingPrefetch: Rule = {
  id: 'js/missing-prefetch',
  ...withoutPrefetch,
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. They wait in the memory of this process, the queue looks empty, and other consumers get nothing. Set `channel.prefetch(n)` before `consume`, and acknowledge each message when it is done: with `noAck` a prefetch limits nothing.',
  words: /\.consume\(/,
  query: `
    (call_expression
      function: (member_expression property: (property_identifier) @method (#eq? @method "consume"))) @place`,
  fixes: [prefetch],
};
