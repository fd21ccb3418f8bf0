import { selectedIn } from '../../../alerts/metrics';
import type { AlertCheck } from '../../../alerts/rule';
import { newlineOf } from '../../../fixes/edits';

/** An alert on what waits that pages on a single sample. */
export const noFor: AlertCheck = {
  id: 'alerts/no-for',
  title: 'A backlog alert that pages on one sample',
  help: 'Without for: a rule fires on the first sample above its threshold: each batch, each rebalance and each deployment pages somebody, until nobody looks any more. Let it hold for some minutes, so that only a backlog that stays pages.',
  severity: 'medium',
  lookedFor: 'for:',
  judge: (rule, text) => {
    const [selected] = selectedIn(rule.expression);
    if (rule.alert === null || !selected) return null;
    if (rule.waits !== null && !/^0+[a-z]*$/.test(rule.waits)) return { right: `it waits for ${rule.waits}` };
    // A window smooths as waiting does.
    if (/_over_time\s*\(/.test(rule.expression)) return { right: 'it looks at a window' };
    const indent = ' '.repeat(rule.keyAt - text.lastIndexOf('\n', rule.keyAt - 1) - 1);
    return {
      ...{ start: rule.keyAt, end: rule.keyAt + 'expr'.length },
      message: `\`${rule.alert}\` fires on the first sample of \`${selected.metric}\` above its threshold: a single batch pages. Let it hold (for: 5m); \`backpressure alerts\` writes one that follows the growth.`,
      evidence: [`\`${rule.alert}\` has no for:`],
      lens: 'pages on one sample',
      fix:
        rule.waits === null
          ? {
              name: 'for',
              title: 'Let it hold for 5 minutes (for:)',
              edits: [{ start: rule.keyAt, end: rule.keyAt, text: `for: 5m${newlineOf(text)}${indent}` }],
            }
          : null,
    };
  },
};
