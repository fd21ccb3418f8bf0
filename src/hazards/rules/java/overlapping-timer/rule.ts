import type { Rule } from '../../../rule';
import { allOf } from '../../../words';
import { inTurn } from './inTurn';

/** Work that a timer starts again before it has ended. */
export const overlappingTimer: Rule = {
  id: 'java/overlapping-timer',
  title: 'A timer that does not wait for its own work',
  help: 'A scheduler waits until a round has ended before it starts the next one, as long as the work is done where the timer runs. With `@Async` each round has a thread of its own, and rounds that take longer than the period run side by side, more and more of them. Do the work in the timer’s own thread (remove @Async), or leave when a round is still running.',
  words: allOf(/@Scheduled\b/, /@Async\b/),
  query: `
    (marker_annotation name: (identifier) @name (#eq? @name "Async")) @place
    (annotation name: (identifier) @name (#eq? @name "Async")) @place`,
  growth: 'timer',
  bounds: ['counted', 'permit', 'joined'],
  // How long a round takes, no source shows (docs/rules.md, severity).
  severityOf: () => 'low',
  diagnosticFrom: 'high',
  messageOf: ({ evidence }) =>
    `Rounds of this timer can run side by side: ${evidence[0] ?? ''}. When a round takes longer than the period, more and more run at once.`,
  lensOf: () => 'unbounded: rounds overlap',
  fixes: [inTurn],
};
