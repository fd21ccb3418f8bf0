import type { Rule } from '../rule';
import { doubtText } from './sentences';

/** What the rules about a listing whose elements are all started together share in Python and C#. */
export const elementsAtOnce = {
  title: 'All of a listing started at once',
  growth: 'fanout',
  bounds: ['permit-in-task', 'counted', 'pool', 'stop-code'],
  // How long a listing gets, no source shows.
  severityOf: () => 'low',
  diagnosticFrom: 'high',
  messageOf: ({ source, doubt }) =>
    `Every element of \`${source}\` is started at once: as many run together as there is data.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: all elements at once',
} satisfies Partial<Rule>;
