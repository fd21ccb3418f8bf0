import { chartColumns, type ChartSeries } from '../../src/protocol/chart';

const heads = {
  backlog: 'backlog_messages',
  arrivals: 'arrivals_per_second',
  departures: 'departures_per_second',
  age: 'age_seconds',
};

/** The series as CSV (RFC 4180): ISO 8601 times, SI units, an empty field where nothing was read. */
export function csv(series: ChartSeries): string {
  const head = ['time', ...chartColumns.map((column) => heads[column])];
  const rows = series.at.map((at, i) => [
    new Date(at).toISOString(),
    ...chartColumns.map((column) => String(series[column][i] ?? '')),
  ]);
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
