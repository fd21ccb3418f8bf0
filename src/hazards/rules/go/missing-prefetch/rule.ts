import type { Rule } from '../../../rule';
import { allOf, naming } from '../../../words';
import { importsRabbit } from '../../../languages/go/imports';
import { withoutPrefetch } from '../../withoutPrefetch';
import { qos } from './qos';
import { methodCall } from '../methodCall';

/** A RabbitMQ consumer on a channel without a prefetch. */
export const missingPrefetch: Rule = {
  id: 'go/missing-prefetch',
  ...withoutPrefetch,
  help: 'Without a prefetch the broker pushes every message of the queue to the consumer as fast as the network takes them. The library keeps them in a slice that grows while the reader is slow: the Go channel you range over bounds nothing. The queue looks empty, and other consumers get nothing. Call `ch.Qos(n, 0, false)` before Consume, and acknowledge each message when it is done: with autoAck a prefetch limits nothing.',
  words: allOf(importsRabbit, naming('.Consume'), naming('.Channel()')),
  query: `
    ${methodCall('Consume ConsumeWithContext')} @place`,
  fixes: [qos],
};
