import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageReader, parseSelector, selects, type Sample } from '../../../src/measure/prometheus/page';
import { pageRows, type PageCounters } from '../../../src/measure/prometheus/pageFigures';
import { stepReadings } from '../../../src/measure/prometheus/steps';
import type { StageMetrics } from '../../../src/model/pipeline';
import { stepReading } from '../../../src/model/sweep';

function read(text: string): Sample[] {
  const samples: Sample[] = [];
  const page = new PageReader((sample) => samples.push(sample));
  page.feed(text);
  page.end();
  return samples;
}

describe('a page of metrics', () => {
  it.each<[string, string, Partial<Sample>]>([
    ['a bare name', 'up 1', { name: 'up', labels: {}, value: 1 }],
    ['labels, also with a comma at the end', 'a{b="c",d="e",} 2', { labels: { b: 'c', d: 'e' }, value: 2 }],
    ['escapes', 'a{b="c\\\\d\\"e\\nf"} 2', { labels: { b: 'c\\d"e\nf' } }],
    ['braces, hashes and blanks in a label', 'a{b="} 3 # {x"} 2', { labels: { b: '} 3 # {x' }, value: 2 }],
    ['an exponent', 'a 1.5e+06', { value: 1_500_000 }],
    ['a number without a leading zero', 'a -.5', { value: -0.5 }],
    ['NaN', 'a NaN', { value: NaN }],
    ['infinity', 'a{le="x"} +Inf', { value: Infinity }],
    ['minus infinity', 'a -Inf', { value: -Infinity }],
    ['a time in milliseconds', 'a 3 1395066363000', { value: 3 }],
    ['a time in seconds', 'a 3 1395066363.5', { value: 3 }],
    ['an exemplar', 'a_bucket{le="1.0"} 8 # {trace_id="KOO5S4vxi0o"} 0.67', { name: 'a_bucket', value: 8 }],
    ['an exemplar with times', 'a_total 8 100.5 # {} 0.67 1520879607.789', { value: 8 }],
    ['blanks around', 'a { b = "c" , d = "e" }\t4 \r\n', { labels: { b: 'c', d: 'e' }, value: 4 }],
  ])('reads %s', (_, line, expected) => {
    const [sample, ...more] = read(`# HELP a text\n# TYPE a gauge\n\n${line}`);
    expect(sample).toMatchObject(expected);
    expect(more).toEqual([]);
  });

  it.each([
    ['a web page', '<html>\n', 'line 1 is no metric: "<html>"'],
    ['a line without a value', 'a 1\nb\n', 'line 2 is no metric: "b"'],
    ['a label without quotes', 'a{b=c} 1\n', 'line 1 is no metric'],
    ['a quote that does not end', 'a{b="c} 1\n', 'line 1 is no metric'],
    ['a value that is no number', 'a 0x\n', 'line 1 is no metric'],
    ['something after the end', 'a 1\n# EOF\nb 2\n', 'line 3 comes after the end (# EOF)'],
    ['a line without an end', `a ${'1'.repeat(1_100_000)}`, 'line 1 is longer than 1 MB'],
  ])('does not take %s for metrics', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('reads the same however the text is cut into pieces', () => {
    const text = '# TYPE a counter\na_total{b="x\\"y"} 1\r\na_total{b="ü"} 2e3 # {t="1"} 1\n# EOF\n';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const samples: Sample[] = [];
        const page = new PageReader((sample) => samples.push(sample));
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        places.slice(1).forEach((to, i) => page.feed(text.slice(places[i], to)));
        page.end();
        expect([samples, page.ended]).toEqual([read(text), true]);
      }),
    );
  });

  it('chooses series by the labels that are named', () => {
    const selector = parseSelector('items_processed_total{stage="validator"}');
    const sample = { name: 'items_processed_total', labels: { stage: 'validator', host: 'a' }, value: 1 };
    expect(selector && selects(selector, sample)).toBe(true);
    expect(selector && selects(selector, { ...sample, labels: { host: 'a' } })).toBe(false);
    expect(parseSelector('rate(items_processed_total[1m])')).toBeNull();
  });
});

describe('a stage on a page of metrics', () => {
  const metrics: StageMetrics = {
    ...{ from: 'app', processed: 'done_total{stage="a"}', cpu: 'cpu_seconds_total' },
    ...{ memory: 'memory_share', network: null },
  };
  const counters: PageCounters = new Map();
  const stageAt = (at: number, text: string, changed: Partial<StageMetrics> = {}) =>
    pageRows(
      { queues: [], stages: [{ name: 'a', metrics: { ...metrics, ...changed } }], steps: false },
      read(text),
      counters,
      at,
    ).stages[0];
  const page = (done: number, cpu: number) =>
    `done_total{stage="a",how="well"} ${done}\ndone_total{stage="a",how="badly"} 5\ndone_total{stage="b"} 9\ncpu_seconds_total ${cpu}\nmemory_share 0.25\n`;

  it('has its counter, then rates and busy seconds as a share; a reset is no spike', () => {
    const first = stageAt(0, page(100, 10));
    expect(first).toMatchObject({ processedTotal: 105, processedRate: null, cpu: null, memory: 0.25 });
    expect(first?.missing.cpu).toEqual({ kind: 'unknown', reason: 'a rate needs two sweeps' });
    expect(stageAt(10_000, page(300, 18))).toMatchObject({ processedTotal: 305, processedRate: 20, cpu: 0.8 });
    expect(stageAt(10_100, page(301, 18))).toMatchObject({ processedTotal: 306, processedRate: 20, cpu: 0.8 });
    const reset = stageAt(20_000, page(4, 1));
    expect(reset).toMatchObject({ processedTotal: 9, processedRate: null, cpu: null });
    expect(reset?.missing.processedRate?.reason).toBe('the counter was reset');
    expect(stageAt(30_000, page(14, 2))).toMatchObject({ processedRate: 1, cpu: 0.1 });
  });

  it.each([
    ['a metric that is not there', 'nowhere', 'the page has no such series'],
    ['several series where one is wanted', 'done_total', '3 series fit: add labels that leave one'],
    ['a series that is listed twice', 'twice', 'the page lists a series of it twice'],
    ['NaN', 'odd', 'the page says NaN'],
    ['PromQL', 'max(memory_share)', 'a page knows no PromQL: write the name of a metric, with labels where needed'],
  ])('says why it has no figure: %s', (_, memory, reason) => {
    const stage = stageAt(0, `${page(1, 1)}twice{a="1"} 1\ntwice{a="1"} 1\nodd NaN\n`, { memory });
    expect(stage?.memory).toBeNull();
    expect(stage?.missing.memory).toEqual({ kind: 'unknown', reason });
  });
});

describe('the steps of a pipeline on a page', () => {
  it('are found by name whatever the prefix; durations are milliseconds unless the name says seconds', () => {
    const rows = stepReadings(
      read(`app_send_backpressure_total{step="parse",pipeline="orders"} 4
app_send_backpressure_duration_bucket{step="parse",pipeline="orders",le="100"} 3
app_send_backpressure_duration_bucket{step="parse",pipeline="orders",le="50"} 1
app_send_backpressure_duration_bucket{step="parse",pipeline="orders",le="+Inf"} 4
app_send_backpressure_duration_sum{step="parse",pipeline="orders"} 1500
app_send_backpressure_duration_count{step="parse",pipeline="orders"} 4
receive_backpressure_duration_seconds_sum{step="store"} 2.5
receive_backpressure_duration_seconds_count{step="store"} 7
send_backpressure_total{nothing="here"} 1
`),
    );
    expect(rows).toMatchObject([
      { step: 'store', pipeline: null, receiveCount: 7, receiveSeconds: 2.5, sendCount: null, sendSeconds: null },
      { step: 'parse', pipeline: 'orders', sendCount: 4, sendSeconds: 1.5, receiveCount: null },
    ]);
    expect(rows[1]?.sendBuckets).toEqual([
      [0.05, 1],
      [0.1, 3],
    ]);
    for (const row of rows) expect(stepReading.parse(row)).toEqual(row);
  });

  it('have a row for each worker, in the same order every time', () => {
    const lines = ['b', 'a'].map((pod, i) => `x_send_backpressure_total{step="parse",pod="${pod}"} ${i}`);
    const counts = (text: string) => stepReadings(read(text)).map(({ step, sendCount }) => [step, sendCount]);
    expect(counts(lines.join('\n'))).toEqual([
      ['parse', 1],
      ['parse', 0],
    ]);
    expect(counts(lines.reverse().join('\n'))).toEqual([
      ['parse', 1],
      ['parse', 0],
    ]);
  });
});
