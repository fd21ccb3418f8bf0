import type { Rule } from '../../../rule';
import { allOf } from '../../../words';
import { missingGauge } from '../../../seeds';

/** A queue between two steps whose length nobody tells. */
export const missingGaugeRule: Rule = {
  id: 'py/missing-gauge',
  ...missingGauge,
  words: allOf(/prometheus_client|opentelemetry/, /Queue\(/),
  query: `
    (call function: [(attribute) (identifier)]) @place`,
};
