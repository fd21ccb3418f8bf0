import type { Rule } from '../../../rule';
import { asksUnanswered, mayHold } from '../../../languages/js/collections/mayHold';
import { anyOf } from '../../../words';
import { tooLarge } from './tooLarge';
import { cleared } from './cleared';

/** What each message adds to, and nobody takes from. */
export const unboundedAccumulation: Rule = {
  id: 'js/unbounded-accumulation',
  title: 'A collection that each message makes longer, and nobody empties',
  help: 'What arrives is kept in a Map, a Set or a text that outlives it, and nothing in the file takes from it or looks at how long it is. It grows as long as messages come, or as long as a client sends. Forget the oldest when it reaches a size, or end the request.',
  words: anyOf(
    mayHold,
    asksUnanswered,
    /\.(?:on|addListener)\(\s*['"](data|readable|p?message)['"]|eachMessage|\.(consume|p?subscribe|onData)\(|\b_transform\s*\(|\b(?:this|self)\.\w+ (?:\+= (?:data|chunk|buf|buffer|part|packet)\b(?!\.len)|= [^;\n]{0,60}Buffer\.concat\(\[(?:this|self)\.)|for await \((const|let) \w+ of [\w.]+\)[^}]{0,80}(push\(|\+= )/i,
  ),
  query: `
    (expression_statement
      (call_expression
        function: (member_expression property: (property_identifier) @method (#any-of? @method "set" "add" "push")))) @place
    (return_statement
      (call_expression
        function: (member_expression property: (property_identifier) @method (#eq? @method "push")))) @place
    (arrow_function
      body: (call_expression
        function: (member_expression property: (property_identifier) @method (#eq? @method "push"))) @place)
    (assignment_expression left: (subscript_expression index: [(identifier) (member_expression)])) @place
    (expression_statement (augmented_assignment_expression)) @place
    (expression_statement (assignment_expression right: [(binary_expression) (call_expression) (ternary_expression)])) @place`,
  marks: /\.\s*(?:set|add|push)\b|\]!?\s*=(?![=>])|\+=|\bBuffer\s*\.\s*concat\b|([\w$.]+)\s*=\s*\1\s*\+/g,
  growth: 'accumulate',
  bounds: ['size-guard', 'counted', 'pause', 'stop-code'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  // A text may be cut at the end of a line, and still be as long as the line.
  messageOf: ({ unit, source, doubt }) =>
    doubt === undefined
      ? `Each ${unit} from \`${source}\` makes this longer, and nothing here ${unit === 'chunk' ? '' : 'takes from it or '}looks how long it is.`
      : `What \`${source}\` is handed makes this longer, and nothing here takes from it or looks how long it is. Not shown here: ${doubt}.`,
  lensOf: ({ unit }) => `unbounded: kept per ${unit}`,
  fixes: [cleared, tooLarge],
};
