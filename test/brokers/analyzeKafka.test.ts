import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { report as reportSchema, type Report } from '../../src/model/report';
import { cli } from '../harness/cli';
import { startKafkaPipeline, type KafkaPipeline } from '../harness/kafkaPipeline';
import { describeWith } from '../harness/need';
import { folder, runFolder } from '../harness/tools';

describeWith(['kafka'], 'three real stages on Kafka, the middle one slow', ({ kafka }) => {
  let pipeline: KafkaPipeline;
  let report: Report;

  beforeAll(async () => {
    pipeline = await startKafkaPipeline(kafka.bootstrap, 100, 25, 'three');
    const { orders, validated, results } = pipeline.topics;
    const file = path.join(folder(runFolder), 'three-stages.yaml');
    await writeFile(
      file,
      `pipeline: three
brokers: { main: { url: "kafka://${kafka.bootstrap}" } }
stages:
  api: { produces: [{ destination: ${orders} }] }
  validator: { consumes: [{ destination: ${orders}, group: three-validator }], produces: [{ destination: ${validated} }] }
  payment: { consumes: [{ destination: ${validated}, group: three-payment }], produces: [{ destination: ${results} }] }
  sender: { consumes: [{ destination: ${results}, group: three-sender }] }
`,
    );
    const { code, stdout, stderr } = await cli(['analyze', '--pipeline', file, '--window', '60s', '--format', 'json']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    report = reportSchema.parse(JSON.parse(stdout));
  }, 150_000);

  afterAll(() => pipeline.stop(), 60_000);

  it('names the middle stage and only that one', () => {
    expect(report.bottlenecks.map((found) => found.stage)).toEqual(['payment']);
    expect(report.sentence).toContain('payment is the bottleneck');
  });

  it("puts the deficit within 15 % of the workers' own counts", () => {
    const [from, to] = [Date.parse(report.window.from), Date.parse(report.window.to)];
    const truth = pipeline.rateOf('validator', from, to) - pipeline.rateOf('payment', from, to);
    const [found] = report.bottlenecks;
    console.log(`deficit ${found?.deficit.toFixed(1)}/s, by the workers' counts ${truth.toFixed(1)}/s`);
    expect(truth).toBeGreaterThan(20);
    expect(Math.abs((found?.deficit ?? 0) - truth) / truth).toBeLessThan(0.15);
  });

  it('says that it never drains', () => {
    expect(report.bottlenecks[0]?.drainSeconds).toBeNull();
    expect(report.bottlenecks[0]?.drainText).toContain('never');
  });

  it('keeps growth = arrivals − departures in every row', () => {
    for (const queue of report.queues) {
      if (queue.arrivalRate === null || queue.departureRate === null) continue;
      expect(queue.growthRate).toBeCloseTo(queue.arrivalRate - queue.departureRate, 6);
    }
  });
});
