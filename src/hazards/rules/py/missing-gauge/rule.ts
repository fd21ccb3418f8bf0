import type { Rule } from '../../../rule';
import { missingGauge } from '../../../seeds';

/** A queue between two steps whose length nobody tells. */
export const missingGaugeRule: Rule = {
  id: 'py/missing-gauge',
  ...missingGauge,
  words: /prometheus_client|opentelemetry/,
  query: `
    (call function: [(attribute) (identifier)]) @place`,
};
