import type { Rule } from '../../../rule';
import { withoutPrefetch } from '../../withoutPrefetch';
import { qos } from './qos';

/** A RabbitMQ consumer on a channel without a prefetch. */
export const missingPrefetch: Rule = {
  id: 'csharp/missing-prefetch',
  ...withoutPrefetch,
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. They wait in the memory of this process, the queue looks empty, and other consumers get nothing. Call `channel.BasicQos(0, n, false)` (`await channel.BasicQosAsync(0, n, false)`) before consuming, and acknowledge each message when it is done: with autoAck a prefetch limits nothing.',
  words: /\.BasicConsume(Async)?\(/,
  query: `
    (invocation_expression
      function: (member_access_expression name: (identifier) @name (#any-of? @name "BasicConsume" "BasicConsumeAsync"))) @place`,
  fixes: [qos],
};
