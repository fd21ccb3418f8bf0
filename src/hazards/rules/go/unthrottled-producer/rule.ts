import type { Rule } from '../../../rule';
import { allOf, anyOf, naming } from '../../../words';
import { imports, importsRabbit } from '../../../languages/go/imports';
import { readErrorFor } from '../readError';
import { methodCall } from '../methodCall';

/** A message sent in a loop whose error nobody reads, and whose broker nobody listens to. */
export const unthrottledProducer: Rule = {
  id: 'go/unthrottled-producer',
  title: 'A message sent on without listening to the broker',
  help: 'The producer hands the message to the client library and drops what it answers. When the broker is slower, or refuses, messages wait in memory or are lost, and the loop goes on. Read the error, and the broker’s answers: Events() of confluent-kafka-go, confirms of RabbitMQ (PublishWithDeferredConfirm), with no more than so many unanswered.',
  words: anyOf(
    allOf(importsRabbit, naming('.Publish(', '.PublishWithContext(')),
    allOf(imports('confluent-kafka-go'), naming('.Produce(')),
  ),
  query: `
    ${methodCall('Publish PublishWithContext Produce')} @place`,
  growth: 'publish',
  bounds: ['answer-read', 'drain', 'permit', 'counted', 'stop-code'],
  severityOf: () => 'medium',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) =>
    `What the broker answers to this send is dropped, again and again (\`${source}\`): nothing slows the producer down when the broker is slower.`,
  lensOf: () => 'unbounded: sends without listening',
  fixes: [readErrorFor('go/unthrottled-producer')],
};
