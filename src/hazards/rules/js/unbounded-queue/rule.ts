import type { Rule } from '../../../rule';
import { ofConnection } from '../../ofConnection';
import { walksEvents } from '../../../languages/js/queues/eventsOn';
import { mayWait } from '../../../languages/js/queues/mayWait';
import { anyOf } from '../../../words';
import { newest } from './newest';
import { refuse } from './refuse';
import { doubtText } from '../../sentences';

/** An array of the module or of a class that grows with each message and whose length nobody looks at. */
export const unboundedQueue: Rule = {
  id: 'js/unbounded-queue',
  title: 'An array that grows with each message, without a limit',
  help: 'Messages are put into an array or queue that outlives them (also the hidden list of `on(emitter, event)`), and nothing looks at its length. When whoever empties it is slower, or stops, it grows until the process is killed. Look at the length before the push and reject, pause the source or wait; or flush when it reaches a limit.',
  words: anyOf(mayWait, walksEvents),
  query: `
    ([(expression_statement (call_expression
        function: (member_expression property: (property_identifier) @method)))
      (return_statement (call_expression
        function: (member_expression property: (property_identifier) @method)))] @place
      (#any-of? @method "push" "unshift" "enqueue"))
    (arrow_function
      body: (call_expression
        function: (member_expression property: (property_identifier) @method (#any-of? @method "push" "unshift" "enqueue"))) @place)
    (for_in_statement right: (call_expression function: (identifier) @on (#eq? @on "on"))) @place
    (for_in_statement
      right: (call_expression function: (member_expression property: (property_identifier) @on (#eq? @on "on")))) @place`,
  marks: /\.\s*(?:push|unshift|enqueue)\b|\bof (?:\w+\.)?on\(/g,
  growth: 'append',
  bounds: ['size-guard', 'counted', 'pause', 'stop-code'],
  severityOf: ({ unit, source, settledEarly, doubt }) =>
    doubt !== undefined || ofConnection({ unit, source, settledEarly }) ? 'low' : 'high',
  diagnosticFrom: 'high',
  messageOf: ({ unit, source, doubt }) =>
    `Each ${unit} ${doubt === undefined ? 'from' : 'of'} \`${source}\` makes this array longer and nothing limits its length: when it is emptied more slowly than it is filled, it grows without end.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: array grows per ${unit}`,
  fixes: [refuse, newest],
};
