import type { Rule } from '../../../rule';
import { withoutDeadLetter } from '../../../seeds';

/** A queue without a dead-letter exchange whose consumer refuses messages. */
export const noDeadLetterRule: Rule = {
  id: 'go/no-dead-letter',
  ...withoutDeadLetter,
  words: /\.QueueDeclare\(/,
  query: `
    (call_expression function: (selector_expression field: (field_identifier) @method (#eq? @method "QueueDeclare"))) @place`,
};
