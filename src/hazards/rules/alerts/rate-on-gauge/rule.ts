import { selectedIn } from '../../../alerts/metrics';
import type { AlertCheck } from '../../../alerts/rule';

/** What counters have, and what a gauge has instead. */
const instead: Readonly<Record<string, string>> = { rate: 'deriv', irate: 'deriv', increase: 'delta' };

/** `rate()` of a gauge: each time the backlog shrinks it is taken for a counter that started again. */
export const rateOnGauge: AlertCheck = {
  id: 'alerts/rate-on-gauge',
  title: 'rate() of a backlog',
  help: 'rate() and increase() are for counters: when a value falls they take it for a restart and add the whole of it. A backlog is a gauge that falls whenever it drains, so the result is nonsense, and the alert fires while the queue empties. Use deriv() for its slope, or delta() for its change.',
  severity: 'high',
  lookedFor: 'deriv() or delta() of the gauge',
  judge: ({ expression, expressionAt }) => {
    for (const { metric, at } of selectedIn(expression)) {
      const called = /\b(rate|irate|increase|deriv|delta|predict_linear)\s*\(\s*$/.exec(expression.slice(0, at));
      const name = called?.[1] ?? '';
      const better = Object.hasOwn(instead, name) ? instead[name] : undefined;
      if (called && better === undefined) return { right: `\`${name}\` of the gauge` };
      if (!called || better === undefined) continue;
      const start = expressionAt + called.index;
      return {
        ...{ start, end: start + name.length },
        message: `\`${metric}\` is a gauge: ${name}() takes each time it falls for a restart of a counter. ${better}() is its ${better === 'deriv' ? 'slope' : 'change'}; \`backpressure alerts\` writes the whole rule.`,
        evidence: [`${name}() is of \`${metric}\`, which falls when the queue drains`],
        lens: `${name}() of a gauge`,
        fix: { name: better, title: `Use ${better}()`, edits: [{ start, end: start + name.length, text: better }] },
      };
    }
    return null;
  },
};
