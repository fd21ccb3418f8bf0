import type { Rule } from '../../../rule';
import { withoutDeadLetter } from '../../../seeds';
import { methodCall } from '../methodCall';

/** A queue without a dead-letter exchange whose consumer refuses messages. */
export const noDeadLetterRule: Rule = {
  id: 'go/no-dead-letter',
  ...withoutDeadLetter,
  words: /\.QueueDeclare\(/,
  query: `
    ${methodCall('QueueDeclare')} @place`,
};
