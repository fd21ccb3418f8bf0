import type { Rule } from '../../../rule';
import { mayKeep } from '../../../languages/py/collections/mayKeep';
import { mayRemember } from '../../../languages/py/collections/remembered';
import { mayBeUnset } from '../../../languages/py/collections/unset';
import { anyOf } from '../../../words';
import { doubtText } from '../../sentences';

/** What each message adds to, and nobody takes from as fast. */
export const unboundedAccumulation: Rule = {
  id: 'py/unbounded-accumulation',
  title: 'A collection that each item makes longer',
  help: 'What arrives is kept in a list, a dictionary or a text of an object or module, and nothing in the file looks at how long it is. It grows as long as things come, or as long as whoever empties it is slower. Compare its length with a limit where it is filled: flush it, refuse what comes, or forget the oldest (deque with maxlen).',
  words: anyOf(mayKeep, mayRemember, mayBeUnset),
  query: `
    (expression_statement
      (call
        function: (attribute attribute: (identifier) @method (#any-of? @method "append" "extend" "add")))) @place
    (expression_statement (augmented_assignment)) @place
    (expression_statement (assignment left: (subscript))) @place`,
  marks: /\.\s*(?:append|extend|add)\b|\]\s*(?::[^=\n]+)?=(?!=)|[-+*/%&|^@<>]=/g,
  growth: 'accumulate',
  bounds: ['size-guard', 'counted', 'permit', 'stop-code'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ unit, source, evidence, doubt }) =>
    `Each ${unit} ${doubt === undefined ? 'from' : 'of'} \`${source}\` makes this longer, and nothing here looks how long it is: ${evidence.at(-1) ?? ''}.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: kept per ${unit}`,
};
