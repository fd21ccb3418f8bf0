import type { Rule } from '../../../rule';
import { withoutDeadLetter } from '../../../seeds';

/** A queue without a dead-letter exchange whose consumer refuses messages. */
export const noDeadLetterRule: Rule = {
  id: 'js/no-dead-letter',
  ...withoutDeadLetter,
  words: /\.assertQueue\(/,
  query: `
    (call_expression function: (member_expression property: (property_identifier) @method (#eq? @method "assertQueue"))) @place`,
};
