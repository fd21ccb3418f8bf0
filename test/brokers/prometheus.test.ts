import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { pastObservation } from '../../src/cli/pastWindow';
import { WatchedBroker } from '../../src/extension/watchedBroker';
import { open, pastSweeps } from '../../src/measure/prometheus';
import { pastQuestions, questionsFor } from '../../src/measure/questions';
import type { Source, SourceReading } from '../../src/measure/source';
import { parsePipelineFile } from '../../src/model/pipelineFile';
import { report as reportSchema } from '../../src/model/report';
import { sweep as sweepSchema, queueFigures } from '../../src/model/sweep';
import { makeCertificate } from '../harness/certificate';
import { cli } from '../harness/cli';
import { describeWith } from '../harness/need';
import { freePorts } from '../harness/process';
import { startPrometheus, type PrometheusServer } from '../harness/prometheus';
import { shopPast } from '../harness/prometheusPast';
import { folder, runFolder } from '../harness/tools';

const reader = {
  name: 'reader',
  password: 's@fe',
  bcrypt: '$2b$04$UygFJsaesBPPupELYtyJCu28SBSxKu8yKG9ECMZ5zomIbNtk//5Au',
};

/** A pipeline file on one Prometheus. */
const shop = (url: string, stage = 'metrics: { from: prom }') => `pipeline: shop
brokers: { prom: { url: "${url}" } }
stages:
  billing:
    consumes:
      - destination: orders
        backlog: 'shop_depth{queue="orders"}'
        produced: 'sum(shop_published_total{queue="orders"})'
        consumed: 'shop_finished_total{queue="orders"}'
    ${stage}
`;

describeWith(['prometheus'], 'Reading a Prometheus', () => {
  let prometheus: PrometheusServer;
  /** The end of its past, milliseconds since the epoch. */
  let past: number;
  let home: string;
  const sources: Source[] = [];
  const others: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    home = await mkdtemp(path.join(folder(runFolder), 'shop-'));
    past = Math.floor(Date.now() / 1000) * 1000;
    prometheus = await startPrometheus({ past: shopPast(past / 1000) });
  });
  afterEach(async () => {
    await Promise.all(sources.splice(0).map((source) => source.close()));
    await Promise.all(others.splice(0).map((other) => other.stop()));
  });
  afterAll(() => prometheus.stop());

  /** Two more wait every second since the past ended, seen by samples 15 s apart. */
  const isNow = (backlog: number) =>
    backlog >= 43_300 && backlog <= 43_300 + (2 * (Date.now() - past)) / 1000 && (backlog - 43_300) % 30 === 0;
  const sweep = (text: string, callTimeoutMs = 5000): Promise<SourceReading> => {
    const { pipeline, problems } = parsePipelineFile(text, {});
    if (!pipeline) throw new Error(JSON.stringify(problems));
    const [config] = pipeline.brokers;
    const questions = questionsFor(pipeline, config!.name);
    const source = open(config!, { wanted: null, questions, log: () => undefined });
    sources.push(source);
    return source.sweep({ at: Date.now(), signal: new AbortController().signal, callTimeoutMs });
  };

  it('tells a queue by its three queries, and its rates', async () => {
    const { broker, queues } = await sweep(shop(prometheus.url));
    const [orders] = queues;
    expect(broker).toMatchObject({ state: 'ok', error: null, system: 'prometheus' });
    expect(orders).toMatchObject({ id: 'prom/orders', kind: 'metric', system: 'prometheus' });
    // A sample may come between two of the queries.
    expect(Math.abs(orders!.backlog! - (orders!.produced! - orders!.consumed!))).toBeLessThanOrEqual(150);
    expect(orders!.backlog).toSatisfy(isNow);
    expect(orders!.arrivalRate).toBeCloseTo(10, 6);
    expect(orders!.departureRate).toBeCloseTo(8, 6);
    for (const figure of queueFigures) {
      const explained = orders![figure] !== null || broker.notApplicable.includes(figure);
      expect(explained, `${figure} is null without a word`).toBe(true);
    }
  });

  it('tells what a stage does and what share of its limits it takes', async () => {
    const metrics = `metrics: { from: prom, processed: 'sum(rate(shop_finished_total[1m]))', cpu: 'max(shop_cpu_share)', memory: 'shop_memory_bytes / 1e8' }`;
    const { stages } = await sweep(shop(prometheus.url, metrics));
    expect(stages).toEqual([
      {
        ...{ name: 'billing', processedTotal: null, processedRate: expect.closeTo(8, 6) as number },
        ...{ cpu: 0.97, memory: 0.52, network: null, instances: null },
        missing: {
          processedTotal: { kind: 'none', reason: 'its query gives a rate' },
          network: { kind: 'none', reason: 'the pipeline file names no metric for it' },
          instances: { kind: 'none', reason: 'metrics of a stage do not count its instances' },
        },
      },
    ]);
  });

  it('tells the backpressure of the steps that report any', async () => {
    const { steps } = await sweep(`${shop(prometheus.url)}steps: { from: prom }\n`);
    expect(steps).toMatchObject([{ step: 'parse', pipeline: null, sendSeconds: null }]);
    expect(steps[0]!.sendCount).toBeGreaterThanOrEqual(10_800);
    expect((await sweep(shop(prometheus.url))).steps).toEqual([]);
  });

  it.each([
    [
      'a wrong expression',
      'sum(shop_cpu_share',
      /^Prometheus refuses its query: invalid parameter "query": 1:19: parse error: /,
    ],
    ['an unknown metric', 'no_such_metric', /^its query gives nothing/],
    ['several series', 'shop_cpu_share', /^its query gives 2 series: make one of them, with sum/],
    ['a range', 'shop_cpu_share[5m]', /^its query gives a range/],
    ['a text', '"much"', /^its query gives a text$/],
    ['a division by zero', '1 / vector(0)', /^its query gives \+Inf$/],
    ['bytes instead of a share', 'shop_memory_bytes', /^it gives 52000000, but a share of the limit is 0…1/],
  ])('%s costs its own figure only, and says why', async (_, query, reason) => {
    const { broker, stages } = await sweep(
      shop(prometheus.url, `metrics: { from: prom, processed: 'scalar(shop_depth)', cpu: '${query}' }`),
    );
    const [stage] = stages;
    expect(stage!.cpu).toBeNull();
    expect(stage!.missing.cpu).toMatchObject({ kind: 'unknown', reason: expect.stringMatching(reason) as string });
    expect(stage!.processedRate).toSatisfy(isNow);
    expect(broker.state).toBe('ok');
  });

  it('lets a user in by password and says how to when it is wrong', async () => {
    const guarded = await startPrometheus({ user: reader });
    others.push(guarded);
    const as = (user: string) => sweep(shop(guarded.url.replace('//', `//${user}@`)));
    expect((await as('reader:s%40fe')).broker.state).toBe('ok');
    await expect(as('reader:wrong')).rejects.toMatchObject({
      code: 'denied',
      message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/: not let in \(401\)$/) as string,
      next: expect.stringContaining('user:password@host') as string,
    });
  });

  it('checks the certificate against the given authority, and tells TLS from plain', async () => {
    const { ca, certificate, key } = await makeCertificate();
    const secure = await startPrometheus({ tls: { cert: certificate, key } });
    others.push(secure);
    expect((await sweep(shop(`${secure.url}?ca=${encodeURIComponent(ca)}`))).broker.state).toBe('ok');
    await expect(sweep(shop(secure.url))).rejects.toMatchObject({ code: 'tls' });
    const plain = secure.url.replace('https', 'http');
    await expect(sweep(shop(plain))).rejects.toMatchObject({
      code: 'tls',
      next: 'write https instead of http in the URL',
    });
  });

  it('says what is wrong when nobody listens, nobody answers or something else does', async () => {
    const [port = 0] = await freePorts(1);
    const at = (port: number, path = '') => shop(`prometheus+http://127.0.0.1:${port}${path}`);
    await expect(sweep(at(port))).rejects.toMatchObject({ code: 'unreachable' });
    const silent = await listening(() => undefined);
    await expect(sweep(at(silent.port), 200)).rejects.toMatchObject({ code: 'timeout' });
    const other = await listening((socket) => socket.end('220 mail ESMTP\r\n'));
    await expect(sweep(at(other.port))).rejects.toMatchObject({ code: 'wrong-system' });
    await expect(sweep(shop(`${prometheus.url}/elsewhere`))).rejects.toMatchObject({ code: 'wrong-system' });
  });

  it('shows stage metrics in `queues --format json`, and a dead one as a failed row and exit code 3', async () => {
    const metrics = `metrics: { from: prom, cpu: 'max(shop_cpu_share)' }`;
    const file = path.join(home, 'shop.yaml');
    await writeFile(file, shop(prometheus.url, metrics));
    const alive = await cli(['queues', '--pipeline', file, '--format', 'json']);
    const read = sweepSchema.parse(JSON.parse(alive.stdout));
    expect(read.stages).toMatchObject([{ name: 'billing', cpu: 0.97 }]);
    expect(read.queues).toMatchObject([{ id: 'prom/orders', backlog: expect.toSatisfy(isNow) as number }]);
    expect([alive.code, alive.stderr]).toEqual([0, '']);
    const [port = 0] = await freePorts(1);
    await writeFile(file, shop(`prometheus+http://127.0.0.1:${port}`, metrics));
    const dead = await cli(['queues', '--pipeline', file, '--format', 'json', '--quiet']);
    expect(sweepSchema.parse(JSON.parse(dead.stdout)).brokers).toMatchObject([
      { state: 'failed', error: { code: 'unreachable' } },
    ]);
    expect(dead.code).toBe(3);
  });

  it('gives all 37 of 37 points of six hours, each with what was then', async () => {
    const { pipeline } = parsePipelineFile(`${shop(prometheus.url)}history: { from: prom }\n`, {});
    const span = { from: past - 6 * 3600_000, to: past, stepSeconds: 600 };
    const calls = { callTimeoutMs: 5000, signal: new AbortController().signal };
    const sweeps = await pastSweeps(pipeline!.brokers[0]!, pastQuestions(pipeline!)!, span, calls);
    expect(sweeps.map(({ at, queues }) => [Date.parse(at), queues[0]!.backlog])).toEqual(
      Array.from({ length: 37 }, (_, i) => [span.from + i * 600_000, 100 + 1200 * i]),
    );
    for (const read of sweeps) expect(sweepSchema.parse(read)).toEqual(read);
    const [first, ...later] = sweeps.map(({ queues }) => queues[0]!);
    expect(first!.missing.arrivalRate?.reason).toBe('a rate needs two sweeps');
    for (const { arrivalRate, departureRate } of later) {
      expect(arrivalRate).toBeCloseTo(10, 6);
      expect(departureRate).toBeCloseTo(8, 6);
    }
  });

  it('analyzes on its past without waiting', async () => {
    const file = path.join(home, 'past.yaml');
    await writeFile(file, `${shop(prometheus.url)}history: { from: prom }\n`);
    const began = performance.now();
    const { code, stdout, stderr } = await cli(['analyze', '--pipeline', file, '--format', 'json']);
    expect(performance.now() - began).toBeLessThan(15_000);
    expect([code, stderr]).toEqual([0, '']);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.window.seconds).toBeGreaterThan(500);
    expect(report.window.samples).toBeGreaterThanOrEqual(40);
    expect(report.bottlenecks).toMatchObject([{ stage: 'billing', queue: 'prom/orders' }]);
    expect(report.bottlenecks[0]!.deficit).toBeCloseTo(2, 1);
    expect(report.queues).toMatchObject([{ trend: { state: 'growing' } }]);
    expect(report.queues[0]!.backlog).toSatisfy(isNow);
  });

  it('fills the history of the side bar before its first reading', async () => {
    const { pipeline } = parsePipelineFile(`${shop(prometheus.url)}history: { from: prom }\n`, {});
    const wanted = { config: pipeline!.brokers[0]!, origin: 'file' as const, hasPast: true };
    const questions = questionsFor(pipeline, 'prom');
    const nothing = () => undefined;
    const broker = new WatchedBroker({ ...wanted, questions }, nothing, nothing);
    others.push({ stop: () => broker.close() });
    await broker.refresh(new AbortController().signal);
    const { samples, from, to } = broker.history.observation();
    expect(samples).toBeGreaterThanOrEqual(60);
    expect(to - from).toBeGreaterThanOrEqual(600_000);
    expect(broker.queues).toMatchObject([{ id: 'prom/orders', state: 'growing' }]);
  });

  it('says why its past does not serve', async () => {
    const usable = async (text: string) => {
      const { pipeline } = parsePipelineFile(`${text}history: { from: prom }\n`, {});
      const now = () => Promise.reject(new Error('nothing is to be read now'));
      return pastObservation(pipeline!, { window: null, interval: null, timeout: 5 }, past, now);
    };
    expect(await usable(shop(prometheus.url).replaceAll('shop_depth', 'shop_depht'))).toEqual({
      unusable: 'it has 0 readings of orders, 12 are needed',
    });
    const [port = 0] = await freePorts(1);
    expect(await usable(shop(`prometheus+http://127.0.0.1:${port}`))).toMatchObject({
      unusable: expect.stringContaining('nothing listens there') as string,
    });
  });

  it('changes nothing in ten sweeps and a look at the past', async () => {
    const { pipeline } = parsePipelineFile(`${shop(prometheus.url)}history: { from: prom }\n`, {});
    const ask = async (path: string) => (await fetch(`${prometheus.url.replace('prometheus+', '')}/${path}`)).json();
    const state = async () => ({
      series: await ask(
        `api/v1/series?match[]={__name__=~".%2B"}&start=${past / 1000 - 30 * 86_400}&end=${past / 1000 + 600}`,
      ),
      samples: await ask(
        `api/v1/query_range?query=shop_depth&start=${past / 1000 - 6 * 3600}&end=${past / 1000}&step=60`,
      ),
      rules: await ask('api/v1/rules'),
      configuration: await ask('api/v1/status/config'),
      blocks: await ask('api/v1/status/tsdb'),
    });
    const before = await state();
    for (let i = 0; i < 10; i++) await sweep(shop(prometheus.url));
    const span = { from: past - 3600_000, to: past, stepSeconds: 60 };
    const calls = { callTimeoutMs: 5000, signal: new AbortController().signal };
    expect(await pastSweeps(pipeline!.brokers[0]!, pastQuestions(pipeline!)!, span, calls)).toHaveLength(61);
    expect(await state()).toEqual(before);
  });

  /** A server of our own that answers with what is no Prometheus. */
  async function listening(answer: (socket: Socket) => void): Promise<{ port: number }> {
    const server: Server = createServer((socket) => answer(socket.resume().on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    others.push({ stop: () => new Promise((resolve) => void server.close(() => resolve())) });
    const address = server.address();
    return { port: typeof address === 'object' && address ? address.port : 0 };
  }
});
