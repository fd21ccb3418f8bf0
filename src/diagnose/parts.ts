import type { Figures, QueueSeries } from '../model/series';

/** The samples of a queue from one index up to, and without, another; what it gives looks at the same figures. */
export function partOf(series: QueueSeries, start: number, end = series.at.length): QueueSeries {
  const cut = (column: Figures) => column.subarray(start, end);
  return {
    ...series,
    at: cut(series.at),
    backlog: cut(series.backlog),
    produced: cut(series.produced),
    consumed: cut(series.consumed),
  };
}
