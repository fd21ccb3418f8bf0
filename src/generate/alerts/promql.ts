import { promql } from '../../model/escape';

/** A selector of one metric. Every name of a metric in our rules stands before a brace, so that it can be found again. */
export const select = (metric: string, labels: Record<string, string>) =>
  `${metric}{${Object.entries(labels)
    .map(([name, value]) => `${name}=${promql(value)}`)
    .join(',')}}`;

/** The metrics that an expression of ours reads. */
export const metricsOf = (expression: string): string[] => [
  ...new Set(
    // What stands in quotes is a queue's name, whatever it looks like.
    [...expression.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/([a-zA-Z_:][\w:]*)\{/g)].map(([, name = '']) => name),
  ),
];

/** One series for each place that is scraped, so that two clusters are never added up. */
export const sumBy =
  (...labels: string[]) =>
  (expression: string) =>
    `sum by (${labels.join(', ')}) (${expression})`;

/** A length of time as PromQL and rules write it: `10m`, `90s`, `500ms`. @param seconds above 0 */
export function promDuration(seconds: number): string {
  for (const [unit, size] of [
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${Math.max(1, Math.round(seconds * 1000))}ms`;
}

/** A threshold: three digits are enough. */
export const threshold = (value: number) => `${Number(value.toPrecision(3))}`;

/** Half of a window: what has to stand still that long, and then for the rule's `for` again, has stood still long enough. */
export const halfWindow = (seconds: number) => promDuration(seconds / 2);
