import type { Rule } from '../../../rule';
import { withoutPrefetch } from '../../withoutPrefetch';
import { prefetch } from './prefetch';

/** A RabbitMQ consumer on a channel without a prefetch, or a container whose own one is taken away. */
export const missingPrefetch: Rule = {
  id: 'java/missing-prefetch',
  ...withoutPrefetch,
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. They wait in the memory of this process, the queue looks empty, and other consumers get nothing. Call `channel.basicQos(n)` before basicConsume, and acknowledge each message when it is done: with autoAck a prefetch limits nothing. Spring’s containers have a prefetch of 250 unless it is set to 0.',
  words: /\bbasicConsume\(|\bsetPrefetchCount\(\s*0\s*\)/,
  query: `
    (method_invocation
      name: (identifier) @method (#any-of? @method "basicConsume" "setPrefetchCount")) @place`,
  fixes: [prefetch],
};
