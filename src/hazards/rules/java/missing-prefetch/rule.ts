import type { Rule } from '../../../rule';
import { allOf, naming } from '../../../words';
import { withoutPrefetch } from '../../withoutPrefetch';
import { prefetch } from './prefetch';

/** A RabbitMQ consumer on a channel without a prefetch, or a container or client whose own one is taken away. */
export const missingPrefetch: Rule = {
  id: 'java/missing-prefetch',
  ...withoutPrefetch,
  title: 'A consumer without a prefetch',
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. They wait in the memory of this process, the queue looks empty, and other consumers get nothing. Call `channel.basicQos(n)` before basicConsume, and acknowledge each message when it is done: with autoAck a prefetch limits nothing. Spring’s containers have a prefetch of 250 unless it is set to 0, the clients of Artemis hold 1 MiB unless consumerWindowSize is -1. (Of ActiveMQ Classic, a prefetch of 0 means that each message is asked for: that is a limit.)',
  words: allOf(
    naming('Consum', 'Prefet', 'Window'),
    /\bbasicConsume\(|\bsetPrefetchCount\(\s*0\s*\)|\bsetConsumerWindowSize\(|consumerWindowSize=-1/,
  ),
  query: `
    (method_invocation
      name: (identifier) @method (#any-of? @method "basicConsume" "setPrefetchCount" "setConsumerWindowSize")) @place
    ((string_literal) @place (#match? @place "consumerWindowSize=-1"))`,
  fixes: [prefetch],
};
