import type { Rule } from '../../../rule';
import { filledAndTaken, madeLonger } from '../queries';
import { refusedFor } from '../refused';
import { waited } from './waited';
import { doubtText } from '../../sentences';

/** A slice or list of a type or of the file that each item makes longer, and that somebody else takes from. */
export const unboundedQueue: Rule = {
  id: 'go/unbounded-queue',
  title: 'A slice used as a queue, without a limit',
  help: 'Items are put into a slice or list that others take from, and nothing looks at its length. When whoever empties it is slower, or stops, it grows until the process is killed, and nobody upstream notices. Use a channel with a capacity, whose send waits (with a case for ctx.Done()), or look at the length first and refuse.',
  ...madeLonger,
  words: filledAndTaken,
  growth: 'append',
  bounds: ['size-guard', 'permit', 'counted', 'stop-code'],
  severityOf: ({ unit, doubt }) => (doubt !== undefined ? 'low' : unit === 'value' ? 'medium' : 'high'),
  diagnosticFrom: 'medium',
  messageOf: ({ unit, source, doubt }) =>
    `Each ${unit} ${doubt === undefined ? 'from' : 'of'} \`${source}\` makes this queue longer and nothing looks at its length: when it is emptied more slowly than it is filled, it grows without end.${doubtText(doubt)}`,
  lensOf: ({ unit }) => `unbounded: queue grows per ${unit}`,
  fixes: [waited, refusedFor('go/unbounded-queue')],
};
