import { mayListen } from '../../../languages/js/starts/mayListen';
import type { Rule } from '../../../rule';
import { paused } from './paused';
import { doubtText } from '../../sentences';

/** An async listener: the emitter goes on to the next event at once, whatever the listener still awaits. */
export const asyncListener: Rule = {
  id: 'js/async-listener',
  title: 'An async listener that its emitter does not wait for',
  help: 'An event emitter ignores the promise that a listener returns: it calls the listener again for the next event while earlier calls still wait. When events come faster than the work is done, running calls and what they hold grow without end. Read the source with `for await`, which takes the next item when the last one is done, pause the source meanwhile, or hand the work to a queue with a limit.',
  words: mayListen,
  query: `
    (call_expression
      function: (member_expression property: (property_identifier) @method (#any-of? @method "on" "addListener" "addEventListener"))
      arguments: (arguments . (string) . [(arrow_function) (function_expression) (identifier) (member_expression) (call_expression)] @place))
    (call_expression
      function: (member_expression property: (property_identifier) @method (#any-of? @method "subscribe" "pSubscribe"))
      arguments: (arguments [(arrow_function) (function_expression)] @place .))
    (assignment_expression
      left: (member_expression property: (property_identifier) @method (#eq? @method "onmessage"))
      right: [(arrow_function) (function_expression)] @place)`,
  growth: 'listener',
  bounds: ['permit', 'pool', 'counted', 'broker-credit', 'pause', 'stop-code'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ unit, source, doubt }) =>
    `\`${source}\` calls this async function for each ${unit} and does not wait for it: when they arrive faster than the work is done, running calls and memory grow without end.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: one running call per ${unit}`,
  fixes: [paused],
};
