import { count, duration, rate } from '../../src/model/format';
import type { ChartColumn, ChartSeries } from '../../src/protocol/chart';

interface ColumnLook {
  title: string;
  format: (n: number) => string;
  /** A theme colour, and dashes so that two lines of one plot can be told apart without it. */
  color: string;
  dash?: number[];
}

/** How each figure is called, written and drawn. */
export const looks: Record<ChartColumn, ColumnLook> = {
  backlog: { title: 'Backlog', format: count, color: '--vscode-charts-blue' },
  arrivals: { title: 'Arrivals', format: rate, color: '--vscode-charts-orange' },
  departures: { title: 'Departures', format: rate, color: '--vscode-charts-green', dash: [6, 4] },
  age: { title: 'Age of the oldest', format: duration, color: '--vscode-charts-purple' },
};

/** The plots from top to bottom: figures of one unit share one. */
export const plots: readonly { title: string; columns: readonly ChartColumn[] }[] = [
  { title: 'Backlog, messages', columns: ['backlog'] },
  { title: 'Arrivals and departures, messages per second', columns: ['arrivals', 'departures'] },
  { title: 'Age of the oldest message', columns: ['age'] },
];

/** A figure of the series as text; `?` where there is none. */
export function valueText(series: ChartSeries, column: ChartColumn, index: number): string {
  const value = series[column][index] ?? null;
  return value === null ? '?' : looks[column].format(value);
}

/** What happened over the whole span, in a sentence for those who do not see the lines. */
export function summary(series: ChartSeries): string {
  const known = series.backlog.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return `${series.name}: the backlog was never read.`;
  const most = known.reduce((a, b) => Math.max(a, b), 0);
  return `${series.name}: the backlog went from ${count(first)} to ${count(last)} in ${duration(spanSeconds(series))}, ${count(most)} at most.`;
}

/** Seconds between the first entry and the last. */
export const spanSeconds = ({ at }: ChartSeries): number => ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1000;
