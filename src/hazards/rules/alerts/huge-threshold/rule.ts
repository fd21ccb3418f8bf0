import { selectedIn } from '../../../alerts/metrics';
import type { AlertCheck } from '../../../alerts/rule';

/** From here on a bare count says nothing about how late messages are. Messages. */
const huge = 1_000_000;

/** An alert that waits until more than a million messages do. */
export const hugeThreshold: AlertCheck = {
  id: 'alerts/huge-threshold',
  title: 'A backlog alert above a million',
  help: 'A count says nothing about how late messages are: a million is a second for one queue and a week for another. A threshold this high fires when the queue has been growing for hours, or never. Alert on growth (deriv() above 0 while something waits), or on the time it takes to drain.',
  severity: 'medium',
  lookedFor: 'a threshold below a million, or one on growth',
  judge: ({ alert, expression, expressionAt }) => {
    const [selected] = selectedIn(expression);
    if (alert === null || !selected || /seconds|age/.test(selected.metric)) return null;
    const compared = /(>=?)\s*(\d[\d_]*(?:\.\d+)?(?:e\d+)?)/i.exec(expression.slice(selected.at));
    if (!compared) return null;
    const [whole, , number = ''] = compared;
    if (Number(number.replaceAll('_', '')) < huge) return { right: `it fires from ${number} on` };
    const at = selected.at + compared.index;
    const start = expressionAt + at + whole.length - number.length;
    const left = expression.slice(0, at).trimEnd();
    const simple =
      expression.slice(at + whole.length).trim() === '' &&
      !/[[|>"'\n]|\b(and|or|unless)\b/.test(left.replaceAll(selected.text, ''));
    const growth = left.replaceAll(selected.text, `deriv(${selected.text}[10m])`);
    return {
      ...{ start, end: start + number.length },
      message: `\`${alert}\` waits until ${number} messages do: a count says nothing about how late they are. Alert on growth; \`backpressure alerts\` writes such a rule from what the queue does.`,
      evidence: [`\`${selected.metric}\` is compared with ${number}`],
      lens: 'fires above a million only',
      fix: simple
        ? {
            name: 'growth',
            title: 'Fire when it grows',
            edits: [
              { start: expressionAt, end: expressionAt + at + whole.length, text: `${growth} > 0 and ${left} > 1000` },
            ],
          }
        : null,
    };
  },
};
