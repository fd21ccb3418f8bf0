import type { Rule } from '../../../rule';
import { withoutDeadLetter } from '../../../seeds';

/** A queue without a dead-letter exchange whose consumer refuses messages. */
export const noDeadLetterRule: Rule = {
  id: 'py/no-dead-letter',
  ...withoutDeadLetter,
  words: /\b(queue_declare|declare_queue)\(/,
  query: `
    (call function: (attribute attribute: (identifier) @name (#any-of? @name "queue_declare" "declare_queue"))) @place`,
};
