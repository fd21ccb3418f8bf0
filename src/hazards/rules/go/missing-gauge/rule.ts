import type { Rule } from '../../../rule';
import { allOf } from '../../../words';
import { imports } from '../../../languages/go/imports';
import { missingGauge } from '../../../seeds';

/** A queue between two steps whose length nobody tells. */
export const missingGaugeRule: Rule = {
  id: 'go/missing-gauge',
  ...missingGauge,
  words: allOf(imports('prometheus', 'opentelemetry'), /:=[^\n]*\bmake\(chan [^\n]*,/),
  query: `
    (call_expression function: (identifier) @name (#eq? @name "make")) @place`,
};
