import type { QueueSeries } from '../model/series';

/** The samples of a queue from one index up to, and without, another; what it gives looks at the same figures. */
export function partOf(series: QueueSeries, start: number, end = series.at.length): QueueSeries {
  const { id, first, latest, past, rebalancing } = series;
  // One field after the other, as a window writes them: what is shaped alike runs the same compiled code.
  return {
    id,
    first,
    latest,
    past,
    at: series.at.subarray(start, end),
    backlog: series.backlog.subarray(start, end),
    produced: series.produced.subarray(start, end),
    consumed: series.consumed.subarray(start, end),
    rebalancing,
  };
}
