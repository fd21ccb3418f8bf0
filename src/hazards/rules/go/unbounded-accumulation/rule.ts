import type { Rule } from '../../../rule';
import { madeLongerOrPut, onlyKept } from '../queries';
import { refusedFor } from '../refused';
import { newest } from './newest';
import { doubtText } from '../../sentences';

/** A slice, list or map of a type or of the file that each item makes longer, and that nobody takes from or empties. */
export const unboundedAccumulation: Rule = {
  id: 'go/unbounded-accumulation',
  title: 'A collection that each message makes longer, and nobody empties',
  help: 'What arrives is kept in a slice, list or map that outlives it, and nothing in the file takes from it, empties it or looks at its length. It grows as long as the process lives. The same holds for what is joined until an end comes in it. Write it out when it reaches a length, keep only the last ones, or forget an entry when its time is over.',
  ...madeLongerOrPut,
  words: onlyKept,
  growth: 'accumulate',
  bounds: ['size-guard', 'counted', 'stop-code'],
  severityOf: ({ doubt }) => (doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ unit, source, doubt, flaw }) =>
    flaw === 'left-running'
      ? `\`${source}\` leaves its entry here when it gives up waiting: only an answer takes it out, which may never come.`
      : unit === 'chunk'
        ? `\`${source}\` adds what it reads here until an end comes, which whoever sends it may never send, and nothing looks at how long it is.`
        : `Each ${unit} ${doubt === undefined ? 'from' : 'of'} \`${source}\` makes this collection longer, and nothing here takes from it or empties it.${doubtText(doubt)}`,
  lensOf: ({ unit, flaw }) =>
    flaw === 'left-running'
      ? 'unbounded: kept when no answer comes'
      : unit === 'chunk'
        ? 'unbounded: joined until an end comes'
        : `unbounded: kept per ${unit}, never emptied`,
  fixes: [newest, refusedFor('go/unbounded-accumulation')],
};
