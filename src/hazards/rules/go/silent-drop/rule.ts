import type { Rule } from '../../../rule';
import { allOf, naming } from '../../../words';
import { doubtText } from '../../sentences';
import { counted } from './counted';
import { waiting } from './waiting';

/** What somebody waits for, or has to be accounted for. */
const precious = /(^|[._])(ack|order|audit|payment|commit|invoice)|Ack|Order|Audit|Payment|Commit|Invoice/;

/** A way of a select that sends: what receives has nothing, or an assignment, before its arrow. */
const sendingWay = /case\b[^\n]*[\w)\]}/]\s*<-/;

/** A select that passes an item over when there is no room, and tells nobody. */
export const silentDrop: Rule = {
  id: 'go/silent-drop',
  title: 'An item dropped without a word',
  help: 'When the channel is full the item is gone, and nothing says so: no count, no log line, no answer. Nobody can see how much is lost, or that anything is. Count it, or wait for room until the context ends.',
  words: allOf(naming('fault:'), sendingWay, /\bselect \{[^]{0,500}?\bdefault:/),
  query: `(select_statement (default_case)) @place`,
  marks: /\bdefault:/g,
  growth: 'drop',
  bounds: ['told'],
  severityOf: ({ source, doubt }) => (precious.test(source) && doubt === undefined ? 'medium' : 'low'),
  diagnosticFrom: 'medium',
  messageOf: ({ source, doubt }) =>
    `When \`${source}\` is full the item is dropped and nothing counts it: what is lost cannot be seen.${doubtText(doubt)}`,
  lensOf: () => 'drops silently when full',
  fixes: [counted, waiting],
};
