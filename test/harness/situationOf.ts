import type { Situation } from '../../src/diagnose/causes/situation';
import { queueFacts } from '../../src/diagnose/facts';
import type { QueueSeries } from '../../src/model/series';

/** What a cause is looked for in, where nothing but its queue is known. */
export const situationOf = (series: QueueSeries, more: Partial<Situation> = {}): Situation => ({
  trouble: {
    ...{ stage: null, broker: null, queue: null, inputRate: null, processingRate: null },
    ...{ deficit: 0, backlog: null, severity: 'warning', confidence: 1, chain: [] },
  },
  facts: queueFacts(series, series.at.at(-1) ?? 0, null),
  ...{ figures: null, metrics: null, broker: null },
  ...more,
});
