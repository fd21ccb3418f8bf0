import type { Rule } from '../../../rule';
import { keptOfMessages, madeLonger } from '../queries';
import { newest } from './newest';

/** A slice or list of a type or of the file that each item makes longer, and that nobody takes from or empties. */
export const unboundedAccumulation: Rule = {
  id: 'go/unbounded-accumulation',
  title: 'A collection that each message makes longer, and nobody empties',
  help: 'What arrives is kept in a slice or list that outlives it, and nothing in the file takes from it, empties it or looks at its length. It grows as long as the process lives. Write it out when it reaches a length, or keep only the last ones.',
  ...madeLonger,
  words: keptOfMessages,
  growth: 'accumulate',
  bounds: ['size-guard', 'counted', 'stop-code'],
  severityOf: () => 'medium',
  diagnosticFrom: 'medium',
  messageOf: ({ unit, source }) =>
    `Each ${unit} from \`${source}\` makes this collection longer, and nothing here takes from it or empties it.`,
  lensOf: ({ unit }) => `unbounded: kept per ${unit}, never emptied`,
  fixes: [newest],
};
