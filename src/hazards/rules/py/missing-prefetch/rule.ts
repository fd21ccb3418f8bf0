import type { Rule } from '../../../rule';
import { withoutPrefetch } from '../../withoutPrefetch';
import { prefetch } from './prefetch';

/** A RabbitMQ consumer on a channel without a prefetch. */
export const missingPrefetch: Rule = {
  id: 'py/missing-prefetch',
  ...withoutPrefetch,
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. They wait in the memory of this process, the queue looks empty, and other consumers get nothing. Call `channel.basic_qos(prefetch_count=n)` (pika) or `await channel.set_qos(prefetch_count=n)` (aio-pika) before consuming, and acknowledge each message when it is done: with automatic acknowledgement a prefetch limits nothing.',
  words: /\.(basic_consume|consume|iterator)\(|\bConsumer\(/,
  query: `
    (call
      function: (attribute attribute: (identifier) @method (#any-of? @method "basic_consume" "consume" "iterator" "Consumer"))) @place
    (call function: (identifier) @name (#eq? @name "Consumer")) @place`,
  fixes: [prefetch],
};
