import { remembers } from '../../../languages/java/remembered';
import type { Rule } from '../../../rule';

/** A collection of a long-lived object that each item makes longer, and that nobody empties. */
export const unboundedAccumulation: Rule = {
  id: 'java/unbounded-accumulation',
  title: 'A collection that each item makes longer, and nobody empties',
  help: 'What arrives is kept in a map, set or list of an object that lives long, and nothing in the file takes it out, or only an answer does that may never come. It grows as long as the process lives. Forget the oldest above a size (LinkedHashMap with removeEldestEntry, a cache with a maximum), let entries expire, or refuse what is too much.',
  words: remembers,
  query: `
    (method_invocation
      name: (identifier) @name
      (#any-of? @name "put" "putIfAbsent" "add" "addAll" "addLast" "addFirst" "addElement" "computeIfAbsent" "merge")) @place`,
  growth: 'accumulate',
  bounds: ['counted', 'permit', 'stop-code'],
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source, evidence, doubt }) =>
    `Each call of \`${source}\` makes this longer: ${evidence.at(-1) ?? ''}.${doubt === undefined ? '' : ` Not shown here: ${doubt}.`}`,
  lensOf: () => 'unbounded: kept per call, never emptied',
};
