import type { Rule } from '../../../rule';
import { imports } from '../../../languages/java/imports';
import { allOf } from '../../../words';
import { wait } from './wait';

/** A message sent for each one that arrives, and nobody looks at the broker's answer. */
export const unthrottledProducer: Rule = {
  id: 'java/unthrottled-producer',
  title: 'A message sent on without waiting for the broker',
  help: 'The answer of the send is dropped, so the next message is taken, and often acknowledged, whether or not the broker took this one. A Kafka producer holds back only when its buffer.memory is full, and then throws away after max.block.ms what nobody looks at; a RabbitMQ channel without confirms never holds back. Wait for the answer (join, get), limit how many are under way with a Semaphore released in the callback, or use publisher confirms.',
  words: allOf(
    imports('org.apache.kafka', 'org.apache.pulsar', 'org.springframework.kafka', 'com.rabbitmq'),
    /\.(send|sendAsync|basicPublish)\(/,
  ),
  query: `
    (expression_statement
      (method_invocation name: (identifier) @name (#any-of? @name "send" "sendAsync" "basicPublish"))) @place`,
  growth: 'publish',
  bounds: ['permit', 'joined', 'counted', 'drain', 'leaves-loop', 'stop-code'],
  severityOf: () => 'medium',
  diagnosticFrom: 'high',
  messageOf: ({ unit, source }) =>
    `Each ${unit} from \`${source}\` is sent on and nothing waits for the broker’s answer: when it is slower or refuses, more and more is under way, and what fails is lost unseen.`,
  lensOf: ({ unit }) => `unbounded: send per ${unit}, answer ignored`,
  fixes: [wait],
};
