import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentTypes, exposition } from '../../src/measure/openMetrics';
import { brokerRow, queueRow, sweepAt } from '../unit/measure/rows';
import { cli } from '../harness/cli';
import { describeWith } from '../harness/need';
import { freePorts, until } from '../harness/process';
import { startPrometheus, type PrometheusServer } from '../harness/prometheus';
import { projectRoot } from '../harness/tools';

const hostile = ['"><img src=x onerror=alert(1)>', 'back\\slash\nline "quoted"', '}{', 'ü 🎈 \u202e'];

describeWith(['prometheus'], '`watch --listen`', ({ prometheus: { promtool } }) => {
  let watch: ChildProcess;
  let address: string;
  let prometheus: PrometheusServer;
  const odd = createServer((_, response) => {
    const queues = hostile.map((destination, i) => queueRow(`b/${i}`, { destination, backlog: i }));
    response.writeHead(200, { 'content-type': contentTypes.openmetrics });
    response.end(exposition(sweepAt(0, queues, { brokers: [brokerRow('"\\')] }), 'openmetrics'));
  });

  beforeAll(async () => {
    const [port = 0, oddPort = 0] = await freePorts(2);
    address = `127.0.0.1:${port}`;
    odd.listen(oddPort, '127.0.0.1');
    const command = [path.join(projectRoot, 'dist/cli.js'), 'watch', '--broker', 'demo:', '--interval', '1s'];
    watch = spawn(process.execPath, [...command, '--listen', address], { stdio: 'ignore' });
    prometheus = await startPrometheus({ scrape: [address, `127.0.0.1:${oddPort}`] });
    await until('the page has figures', async () => (await page().catch(() => null))?.status === 200);
  });
  afterAll(async () => {
    watch.kill('SIGKILL');
    odd.close();
    await prometheus.stop();
  });

  const page = (accept = '*/*') => fetch(`http://${address}/metrics`, { headers: { accept } });
  const query = async (promql: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]> => {
    const url = prometheus.url.replace('prometheus+', '');
    const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(promql)}`);
    return ((await answer.json()) as { data: { result: [] } }).data.result;
  };

  it('is scraped by Prometheus with every figure the demo has', async () => {
    await until(
      'Prometheus has scraped a queue',
      async () => (await query('backpressure_queue_backlog{broker="demo"}')).length === 3,
    );
    const [validated] = await query('backpressure_queue_backlog{destination="validated"}');
    expect(validated?.metric).toMatchObject({ broker: 'demo', system: 'demo', group: 'payment-processor' });
    expect(Number(validated?.value[1])).toBeGreaterThan(80_000);
    const names = await query('count by (__name__) ({__name__=~"backpressure_.+",broker="demo"})');
    expect(names.map(({ metric }) => metric.__name__).sort()).toEqual([
      'backpressure_broker_up',
      'backpressure_queue_age_seconds',
      'backpressure_queue_backlog',
      'backpressure_queue_consumed_total',
      'backpressure_queue_consumers',
      'backpressure_queue_produced_total',
      'backpressure_queue_waiting',
    ]);
    expect(await query('up == 0')).toEqual([]);
  });

  it('keeps every letter of a hostile name', async () => {
    const odd = 'backpressure_queue_backlog{broker="b"}';
    await until('Prometheus has scraped the odd names', async () => (await query(odd)).length === hostile.length);
    const seen = (await query(odd)).map(({ metric, value }) => [Number(value[1]), metric.destination]);
    expect(seen.sort()).toEqual(hostile.map((name, i) => [i, name]));
    expect((await query('backpressure_broker_up{broker="\\"\\\\"}')).length).toBe(1);
  });

  it('is a text without a complaint of promtool, and OpenMetrics for who asks for it', async () => {
    const text = await page();
    expect(text.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await checked(await text.text())).toEqual({ code: 0, said: '' });
    expect(await checked('# TYPE a counter\na 1\n')).toMatchObject({ code: 3 });
    const open = await page('application/openmetrics-text; version=1.0.0');
    expect(open.headers.get('content-type')).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(await open.text()).toMatch(/# TYPE backpressure_queue_produced counter\n[^]*\n# EOF\n$/);
  });

  it('answers no other path and no other method', async () => {
    expect((await fetch(`http://${address}/`)).status).toBe(404);
    expect((await fetch(`http://${address}/metrics`, { method: 'POST' })).status).toBe(405);
  });

  it('does not start on a taken port, or on what is no address: one line, exit code 2', async () => {
    const taken = await cli(['watch', '--broker', 'demo:', '--listen', address]);
    expect(taken).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `--listen: ${address}: another program listens there\n`,
    });
    const wrong = await cli(['watch', '--broker', 'demo:', '--listen', 'here']);
    expect(wrong).toMatchObject({
      code: 2,
      stdout: '',
      stderr: '--listen: "here" is no host:port, such as 127.0.0.1:9464\n',
    });
  });

  it('ends with the watching', async () => {
    const ended = once(watch, 'exit');
    watch.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(page()).rejects.toThrow();
  });

  function checked(text: string): Promise<{ code: number | null; said: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(promtool, ['check', 'metrics'], { stdio: ['pipe', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
      child.once('error', reject).once('close', (code) => resolve({ code, said }));
      child.stdin.end(text);
    });
  }
});
