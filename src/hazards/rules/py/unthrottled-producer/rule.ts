import type { Rule } from '../../../rule';
import { allOf, naming } from '../../../words';
import { wait } from './wait';

/** A message sent for each one that arrives, and nobody waits for it. */
export const unthrottledProducer: Rule = {
  id: 'py/unthrottled-producer',
  title: 'A message sent on without waiting for the broker',
  help: 'The result of the send is dropped, so the next message is taken whether or not the broker took this one. When the broker is slower, what is waiting to be sent grows in the memory of this process, or BufferError is raised. Await the send (aiokafka), call producer.poll(0) in the loop and flush on BufferError (confluent), or keep the future and wait for it (kafka-python).',
  words: allOf(naming('kafka'), /^\s*(from|import)\s+(aiokafka|kafka|confluent_kafka)\b/m, /\.(produce|send)\(/),
  query: `
    (expression_statement
      (call function: (attribute attribute: (identifier) @name (#any-of? @name "produce" "send")))) @place`,
  growth: 'publish',
  bounds: ['permit', 'joined', 'counted', 'drain', 'stop-code'],
  severityOf: () => 'medium',
  diagnosticFrom: 'high',
  messageOf: ({ unit, source }) =>
    `Each ${unit} from \`${source}\` is sent on and nothing waits for the broker: when it is slower, what waits to be sent grows without end.`,
  lensOf: ({ unit }) => `unbounded: send per ${unit}, result ignored`,
  fixes: [wait],
};
