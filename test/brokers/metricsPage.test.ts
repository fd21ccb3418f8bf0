import { createServer, type RequestListener } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { open } from '../../src/measure/prometheus';
import { questionsFor } from '../../src/measure/questions';
import type { Source } from '../../src/measure/source';
import { parsePipelineFile } from '../../src/model/pipelineFile';
import { describeWith } from '../harness/need';
import { startPrometheus, type PrometheusServer } from '../harness/prometheus';

const app = (url: string) => `brokers: { app: { url: "${url}" } }
stages:
  api:
    consumes: [{ destination: blocks, backlog: prometheus_tsdb_head_series, produced: prometheus_http_requests_total }]
    metrics: { from: app, processed: 'prometheus_http_requests_total{handler="/metrics"}', cpu: process_cpu_seconds_total }
steps: { from: app }
`;

describeWith(['prometheus'], 'Reading a page of metrics', () => {
  let prometheus: PrometheusServer;
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    prometheus = await startPrometheus();
  });
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });
  afterAll(() => prometheus.stop());

  const opened = (url: string): Source => {
    const { pipeline } = parsePipelineFile(app(url), {});
    const source = open(pipeline!.brokers[0]!, {
      wanted: null,
      questions: questionsFor(pipeline, 'app'),
      log: () => undefined,
    });
    ends.push(() => source.close());
    return source;
  };
  const sweep = (source: Source, at = Date.now()) =>
    source.sweep({ at, signal: new AbortController().signal, callTimeoutMs: 10_000 });
  const serving = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((closed) => void server.close(() => closed())));
    const address = server.address();
    return `metrics+http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/metrics`;
  };

  it("tells Prometheus' own figures from its own page, with rates from the second sweep on", async () => {
    const source = opened(`${prometheus.url.replace('prometheus+', 'metrics+')}/metrics`);
    const now = Date.now();
    // Prometheus lists how often its page was read from the second time on.
    await sweep(source, now - 10_000);
    const first = await sweep(source, now);
    expect(first.broker).toMatchObject({ state: 'ok', system: 'prometheus' });
    expect(first.queues[0]).toMatchObject({ id: 'app/blocks', backlog: 0 });
    expect(first.stages[0]).toMatchObject({ name: 'api', processedTotal: 1, processedRate: null });
    const second = await sweep(source, now + 10_000);
    expect(second.stages[0]).toMatchObject({ processedTotal: 2, processedRate: 0.1 });
    expect(second.stages[0]!.cpu).toBeGreaterThanOrEqual(0);
    expect(second.queues[0]!.produced).toBeGreaterThan(first.queues[0]!.produced!);
  });

  it('reads steps, and a page of 10 MB of which it keeps what it was asked for', async () => {
    const rest = Array.from({ length: 1000 }, (_, i) => `other_metric{path="/a/b/c/${i}"} ${i}.5`).join('\n');
    const url = await serving((_, response) => {
      response.writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0' });
      response.write('app_send_backpressure_total{step="parse"} 3\n');
      for (let written = 0; written < 10_000_000; written += rest.length) response.write(`${rest}\n`);
      response.end('process_cpu_seconds_total 5\n# EOF\n');
    });
    const { broker, steps } = await sweep(opened(url));
    expect(broker.sweep.bytes).toBeGreaterThan(10_000_000);
    expect(steps).toMatchObject([{ step: 'parse', sendCount: 3, receiveCount: null }]);
  });

  it.each<[string, RequestListener, object]>([
    [
      'a web page',
      (_, response) => response.end('<!doctype html>'),
      { code: 'wrong-system', message: /line 1 is no metric/ },
    ],
    [
      'OpenMetrics that was cut off',
      (_, response) => response.writeHead(200, { 'content-type': 'application/openmetrics-text' }).end('a 1\n'),
      { code: 'wrong-system', message: /it ends without # EOF$/ },
    ],
    [
      'a page that is not there',
      (_, response) => response.writeHead(404).end('no'),
      { code: 'wrong-system', message: /no metrics page \(404\)/ },
    ],
    ['a refusal', (_, response) => response.writeHead(401).end(), { code: 'denied', message: /not let in/ }],
    [
      'a page without end',
      (_, response) => {
        const more = () => {
          while (!response.destroyed && response.write('# '.padEnd(65_536, 'x') + '\n'));
        };
        response.on('drain', more);
        more();
      },
      { code: 'unsupported', message: /longer than 32 MB/ },
    ],
  ])('says what is wrong with %s', async (_, answer, { code, message }: { code?: string; message?: RegExp }) => {
    const url = await serving(answer);
    await expect(sweep(opened(url))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message!) as string,
    });
  });
});
