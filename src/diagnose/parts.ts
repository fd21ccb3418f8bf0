import type { QueueSeries } from '../model/series';

/** The samples of a queue from one index up to, and without, another; what it gives looks at the same figures. */
export function partOf(series: QueueSeries, start: number, end = series.at.length): QueueSeries {
  return {
    ...series,
    at: series.at.subarray(start, end),
    backlog: series.backlog.subarray(start, end),
    produced: series.produced.subarray(start, end),
    consumed: series.consumed.subarray(start, end),
  };
}
