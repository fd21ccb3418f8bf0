import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './tools';

/** Queues of the recording (test/fixtures/exporters/README.md), and what is wrong with them; null: nothing, ever. */
export const recordedQueues = {
  healthy: null,
  idle: null,
  drained: null,
  growing: 'growing',
  stuck: 'stuck',
  gone: 'no-consumers',
} as const;
/** Length of the recording, and time between its scrapes: seconds. */
export const recordedSeconds = 1065;
export const recordedStep = 15;

/**
 * A recorded exporter as OpenMetrics text, to be put into a Prometheus.
 * @param until seconds since the epoch of the last scrape
 */
export function exporterPast(exporter: 'kafka_exporter' | 'kminion', until: number): string {
  const text = readFileSync(path.join(projectRoot, 'test/fixtures/exporters', `${exporter}.txt`), 'utf8');
  const families = new Map<string, string[]>();
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    const [, name = '', labels = '', values = ''] = /^(\w+)(?:\{(.*)\})? (\S+:.*)$/.exec(line) ?? [];
    const all = [labels, `job="${exporter}"`, 'instance="recorded:1"'].filter((one) => one !== '').join(',');
    const samples = values.split(' ').map((pair) => {
      const [at = '', value = ''] = pair.split(':');
      return `${name}{${all}} ${value} ${until - recordedSeconds + Number(at)}`;
    });
    families.set(name, [...(families.get(name) ?? []), ...samples]);
  }
  const blocks = [...families].map(([name, samples]) => [`# TYPE ${name} unknown`, ...samples].join('\n'));
  return `${blocks.join('\n')}\n# EOF\n`;
}

/** The time of a recording. @param until seconds since the epoch of its last scrape */
export const recordedSpan = (until: number): Span => ({ from: until - recordedSeconds, until, step: recordedStep });

/** From when to when, seconds since the epoch, and the time between two looks, seconds. */
export interface Span {
  from: number;
  until: number;
  step: number;
}

/** When a rule fired over a time: seconds since its beginning, none where it never did. */
export async function firedOver(
  prometheus: string,
  rule: { expr: string; forSeconds: number },
  { from, until, step }: Span,
): Promise<number[]> {
  const query = new URLSearchParams({ query: rule.expr, start: `${from}`, end: `${until}`, step: `${step}` });
  const answer = await fetch(`${prometheus.replace('prometheus+', '')}/api/v1/query_range?${query.toString()}`);
  const { data, error } = (await answer.json()) as {
    data?: { result: { values: [number, string][] }[] };
    error?: string;
  };
  if (!data) throw new Error(`${rule.expr}: ${error ?? answer.status}`);
  const fired = new Set<number>();
  for (const { values } of data.result) {
    let since = NaN;
    values.forEach(([at], i) => {
      if (at - (values[i - 1]?.[0] ?? -Infinity) > step) since = at;
      if (at - since >= rule.forSeconds) fired.add(at - from);
    });
  }
  return [...fired].sort((a, b) => a - b);
}
