import { Document } from 'yaml';
import { plain, promql } from '../../model/escape';
import { promDuration } from './promql';
import { alertOf, type QueueRules } from './rules';
import { scenarios, type Scenario } from './scenarios';
import { windowOf } from './thresholds';
import type { AlertOptions, Exporter, Fault } from './words';

/**
 * Unit tests of the rules for `promtool test rules`: every fault fires what it should and nothing else, and a queue that
 * is well, draining, idle, rebalancing or retried fires nothing.
 * @param ruleFile as it is found from the test file
 */
export function promtoolTests(
  queues: readonly QueueRules[],
  exporter: Exporter,
  options: AlertOptions,
  ruleFile: string,
): string {
  const window = windowOf(exporter, options);
  const document = new Document({
    rule_files: [ruleFile],
    evaluation_interval: promDuration(window / 10),
    tests: queues.flatMap((rules) =>
      scenarios(exporter, rules.queue, options, window).map((scenario) => testOf(rules, exporter, scenario)),
    ),
  });
  document.commentBefore = ` Run them with promtool test rules. Written by Backpressure Analyzer for ${exporter.name}.`;
  return document.toString({ lineWidth: 0 });
}

function testOf(
  { queue, title, rules }: QueueRules,
  exporter: Exporter,
  { name, fires, step, moments, looks }: Scenario,
) {
  const had = new Set(rules.map(({ fault }) => fault));
  const expected = firing(fires, had).map((fault) => ({ labels: `{alertname="${alertOf(fault)}"}`, value: 1 }));
  const called = promql(exporter.wholeNode ? queue.broker : queue.id);
  return {
    name: plain(`${title}: ${name}`),
    interval: promDuration(step),
    input_series: seriesOf(exporter, queue, moments),
    promql_expr_test: looks.map((at) => ({
      expr: `count by (alertname) (ALERTS{alertstate="firing",queue=${called}})`,
      eval_time: promDuration(at),
      exp_samples: expected,
    })),
  };
}

/** What fires of the rules that are there: where nobody can tell that the readers are gone, their group is stuck. */
function firing(fires: readonly Fault[], had: ReadonlySet<Fault>): Fault[] {
  const wanted = fires.map((fault) => (fault === 'no-consumers' && !had.has(fault) ? 'stuck' : fault));
  return wanted.filter((fault) => had.has(fault));
}

/** Labels that every scraped series has. */
const scraped = 'job="test",instance="test:1"';

function seriesOf(exporter: Exporter, queue: QueueRules['queue'], moments: Scenario['moments']) {
  const shown = moments.map((moment) => (moment ? exporter.show(queue, moment) : {}));
  const names = [...new Set(shown.flatMap((series) => Object.keys(series)))];
  return names.map((name) => ({
    series: name.replace(/\{(?=(.))/, (_, next) => `{${scraped}${next === '}' ? '' : ','}`),
    values: valuesText(shown.map((series) => series[name] ?? null)),
  }));
}

/**
 * Values in promtool's notation, where runs of equal steps are one word (prometheus.io, unit testing rules: `a+bxn`).
 */
function valuesText(values: readonly (number | null)[]): string {
  const words: string[] = [];
  for (let i = 0; i < values.length;) {
    const length = runLength(values, i);
    const [first, second] = [values[i] ?? null, values[i + 1] ?? null];
    words.push(word(first, length > 1 && first !== null && second !== null ? second - first : 0, length));
    i += length;
  }
  return words.join(' ');
}

function word(first: number | null, step: number, length: number): string {
  if (first === null) return length === 1 ? '_' : `_x${length}`;
  if (Number.isNaN(first)) return Array.from({ length }, () => 'NaN').join(' ');
  if (length === 1) return text(first);
  return step === 0
    ? `${text(first)}x${length - 1}`
    : `${text(first)}${step < 0 ? '-' : '+'}${text(Math.abs(step))}x${length - 1}`;
}

/** How many values from here on rise by the same step. */
function runLength(values: readonly (number | null)[], from: number): number {
  const same = (a: number | null, b: number | null) =>
    a === null || b === null ? a === b : Object.is(a, b) || Math.abs(a - b) < 1e-6;
  const step = (i: number) =>
    values[i] === null || values[i - 1] === null ? null : (values[i] ?? 0) - (values[i - 1] ?? 0);
  let length = 1;
  while (from + length < values.length) {
    const at = from + length;
    const fits =
      values[from] === null || values[at] === null
        ? values[from] === values[at]
        : length === 1 || same(step(at), step(from + 1));
    if (!fits) break;
    length++;
  }
  return length;
}

/** Six decimals at most: Prometheus reads no shorter exponents of ours. */
const text = (value: number) => `${Number(value.toFixed(6))}`;
