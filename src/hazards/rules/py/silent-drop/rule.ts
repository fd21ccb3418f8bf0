import type { Rule } from '../../../rule';
import { logged } from './logged';

/** A full queue whose item is passed over, and nobody is told. */
export const silentDrop: Rule = {
  id: 'py/silent-drop',
  title: 'An item dropped without a word',
  help: 'When the queue is full the item is gone, and nothing says so: no count, no log line. Nobody can see how much is lost, or that anything is. Count it or log it, or wait for room.',
  words: /\bexcept\b.*(Full|WouldBlock)\b/,
  query: `(except_clause) @place`,
  growth: 'drop',
  bounds: ['told'],
  severityOf: () => 'low',
  diagnosticFrom: 'medium',
  messageOf: ({ source }) =>
    `When \`${source}\` is full the item is dropped and nothing counts it: what is lost cannot be seen.`,
  lensOf: () => 'drops silently when full',
  fixes: [logged],
};
