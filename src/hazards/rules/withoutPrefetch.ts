import type { Rule } from '../rule';
import { doubtText } from './sentences';

/** What the rules about a RabbitMQ consumer on a channel without a prefetch share in every language. */
export const withoutPrefetch = {
  title: 'A RabbitMQ consumer without a prefetch',
  growth: 'consumer',
  bounds: ['broker-credit'],
  severityOf: ({ settledEarly, doubt }) => (doubt !== undefined ? 'low' : settledEarly === null ? 'high' : 'medium'),
  diagnosticFrom: 'high',
  messageOf: ({ source, settledEarly, doubt }) =>
    (settledEarly === null
      ? `The broker pushes every message of ${source} at once: without a prefetch nothing limits how many wait in this process.`
      : `The broker pushes every message of ${source} at once: ${settledEarly}, so nothing limits how many wait in this process.`) +
    doubtText(doubt),
  lensOf: () => 'unbounded: no prefetch',
} satisfies Partial<Rule>;
