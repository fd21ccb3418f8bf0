import type { Rule } from '../../../rule';
import { allOf, anyOf, naming } from '../../../words';
import { afterIt } from './afterIt';
import { doubtText } from '../../sentences';

/** A timer that starts asynchronous work again before it has ended. */
export const overlappingTimer: Rule = {
  id: 'js/overlapping-timer',
  title: 'A timer that overtakes its own work',
  help: 'setInterval ignores the promise its function returns: when the work takes longer than the period, a second run starts beside the first, then a third. They pile up just when what they call is slow. Start the timer again when the work is done (setTimeout), or return at once while one is running.',
  words: allOf(
    naming('setInterval('),
    anyOf(
      allOf(/\basync\b/, /\bawait\b/),
      allOf(/\.(then|catch|finally)\b/, /axios|got|query|request|fetch/i),
      // A callback, rather than a call that is handed what went wrong.
      /(?:\bfunction\b[\s\w$*]*|[(,>]\s*(?:async\s*)?)\(\s*e(?:rr(?:or)?)?\b/,
    ),
  ),
  query: `
    (call_expression
      function: (identifier) @name (#eq? @name "setInterval")
      arguments: (arguments . (_) @place))`,
  growth: 'timer',
  bounds: ['counted', 'pool', 'permit', 'stop-code'],
  // How long a run takes, no source shows: of ten reports that promised more, none was right (docs/rules.md).
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source, doubt }) =>
    `\`${source}\` starts asynchronous work again each period and does not wait for it: when it takes longer than the period, runs pile up.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: runs of a timer may overlap',
  fixes: [afterIt],
};
