import type { Rule } from '../../../rule';
import { missingGauge } from '../../../seeds';

/** A queue between two steps whose length nobody tells. */
export const missingGaugeRule: Rule = {
  id: 'go/missing-gauge',
  ...missingGauge,
  words: /prometheus|opentelemetry/,
  query: `
    (call_expression function: (identifier) @name (#eq? @name "make")) @place`,
};
