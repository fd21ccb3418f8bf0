import type { Rule } from '../../../rule';
import { imports } from '../../../languages/java/imports';
import { allOf, anyOf, naming } from '../../../words';
import { inTurn } from './inTurn';
import { oneAtATime } from './oneAtATime';
import { doubtText } from '../../sentences';

/** Work that a timer starts again before it has ended. */
export const overlappingTimer: Rule = {
  id: 'java/overlapping-timer',
  title: 'A timer that does not wait for its own work',
  help: 'A scheduler waits until a round has ended before it starts the next one, as long as the work is done where the timer runs. With `@Async`, or when the timer only hands the work to an executor, rounds that take longer than the period run side by side, more and more of them. Quartz starts a job again while the last round runs, unless the class says `@DisallowConcurrentExecution`. Do the work in the timer’s own thread (remove @Async), or leave when a round is still running.',
  words: anyOf(
    allOf(naming('@Async'), naming('@Scheduled')),
    allOf(
      naming('FixedR', 'FixedD', 'TimerT'),
      /\bschedule(AtFixedRate|WithFixedDelay)\(|\bTimerTask\(/,
      /\b(submit|execute|runAsync|supplyAsync)\(/,
    ),
    imports('org.quartz'),
  ),
  query: `
    (marker_annotation name: (identifier) @name (#eq? @name "Async")) @place
    (annotation name: (identifier) @name (#eq? @name "Async")) @place
    (method_invocation
      name: (identifier) @name (#any-of? @name "scheduleAtFixedRate" "scheduleWithFixedDelay" "schedule")) @place
    (class_declaration) @place`,
  growth: 'timer',
  bounds: ['counted', 'permit', 'joined'],
  // How long a round takes, no source shows (docs/rules.md, severity).
  severityOf: () => 'low',
  diagnosticFrom: 'high',
  messageOf: ({ evidence, doubt }) =>
    `Rounds of this timer can run side by side: ${evidence[0] ?? ''}. When a round takes longer than the period, more and more run at once.${doubtText(doubt)}`,
  lensOf: () => 'unbounded: rounds overlap',
  fixes: [inTurn, oneAtATime],
};
