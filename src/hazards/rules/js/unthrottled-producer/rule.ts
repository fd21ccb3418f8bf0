import type { Rule } from '../../../rule';
import { allOf } from '../../../words';
import { taken } from './taken';
import { doubtText } from '../../sentences';

/** A message sent for each one that arrives, and nobody waits for it. */
export const unthrottledProducer: Rule = {
  id: 'js/unthrottled-producer',
  title: 'A message sent on without waiting for the broker',
  help: 'The result of the send is dropped, so the next message is taken whether or not the broker took this one. When the broker is slower, what is waiting to be sent grows in the memory of this process. Await the send (kafkajs), or look at what it returns and wait for the drain event or for confirms (amqplib).',
  words: allOf(/['"][^'"\n]*(kafka|amqplib|amqp-connection-manager)/, /\.(sendToQueue|publish|send)\(/),
  query: `
    (expression_statement
      (call_expression
        function: (member_expression property: (property_identifier) @method (#any-of? @method "sendToQueue" "publish" "send" "sendBatch")))) @place`,
  growth: 'publish',
  bounds: ['permit', 'pool', 'joined', 'counted', 'broker-credit', 'pause', 'drain', 'stop-code'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'high',
  messageOf: ({ unit, source, doubt }) =>
    `Each ${unit} ${doubt === undefined ? 'from' : 'of'} \`${source}\` is sent on and nothing waits for the broker: when it is slower, what waits to be sent grows without end.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: send per ${unit}, result ignored`,
  fixes: [taken],
};
