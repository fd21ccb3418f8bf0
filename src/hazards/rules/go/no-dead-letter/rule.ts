import type { Rule } from '../../../rule';
import { allOf, naming } from '../../../words';
import { importsRabbit } from '../../../languages/go/imports';
import { withoutDeadLetter } from '../../../seeds';
import { methodCall } from '../methodCall';

/** A queue without a dead-letter exchange whose consumer refuses messages. */
export const noDeadLetterRule: Rule = {
  id: 'go/no-dead-letter',
  ...withoutDeadLetter,
  words: allOf(importsRabbit, naming('.QueueDeclare(')),
  query: `
    ${methodCall('QueueDeclare')} @place`,
};
