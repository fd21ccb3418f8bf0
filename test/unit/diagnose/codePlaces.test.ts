import { describe, expect, it } from 'vitest';
import { withCode, type CodePlace } from '../../../src/diagnose/codePlaces';
import { bottleneck as bottleneckSchema, report as reportSchema, type Report } from '../../../src/model/report';

const unused = {
  ...{ instances: null, partitions: null, targetSecondsPerMessage: null, producerLimit: null, bufferSize: null },
  ...{ prefetch: null, drainSeconds: null, monthlyCost: null, why: '', commands: [] },
};
const bottleneck = bottleneckSchema.parse({
  ...{ stage: 'billing', broker: null, queue: 'rabbit/payments', severity: 'warning', confidence: 1, inputRate: 100 },
  ...{ processingRate: 40, deficit: 60, backlog: 3000, drainSeconds: null, drainText: 'never drains' },
  cause: { kind: 'prefetch-too-large', confidence: 0.7, evidence: ['3,000 are in flight.'] },
  otherCauses: [],
  recommendations: [
    { ...unused, kind: 'scale-out', title: 'Run 4 instances', instances: 4 },
    { ...unused, kind: 'set-prefetch', title: 'Set the prefetch to 50', prefetch: 50 },
  ],
  next: null,
});
const report: Report = reportSchema.parse({
  ...{ version: 1, pipeline: 'shop', sentence: '', edges: [], timeline: [], brokers: [], queues: [], stages: [] },
  window: { from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T00:01:00.000Z', seconds: 60, samples: 12 },
  ...{ bottlenecks: [bottleneck], steps: [], strategies: [], runbooks: [], notes: [] },
});
const place = (more: Partial<CodePlace>): CodePlace => ({
  ...{ queue: 'rabbit/payments', path: 'billing/main.go', line: 25, text: 'unbounded: no prefetch' },
  ...{ rule: 'go/missing-prefetch', fix: 'Hand out at most 50 at once' },
  ...more,
});

describe('a report with the code behind it', () => {
  it('names the place as evidence, and with the advice that its quick fix carries out', () => {
    const [found] = withCode(report, [place({})]).bottlenecks;
    expect(found?.cause.evidence).toEqual([
      '3,000 are in flight.',
      'In the code: unbounded: no prefetch at billing/main.go:25.',
    ]);
    expect(
      found?.recommendations.map(({ kind, code }) => [kind, code?.map(({ path, line }) => `${path}:${line}`)]),
    ).toEqual([
      ['scale-out', undefined],
      ['set-prefetch', ['billing/main.go:25']],
    ]);
  });

  it('puts a fix that no advice asks for last, as one of its own', () => {
    const spawn = place({
      line: 30,
      rule: 'go/unbounded-spawn',
      text: 'unbounded: one goroutine',
      fix: 'Run at most 8',
    });
    const withFix = withCode(report, [spawn]);
    expect(withFix.bottlenecks[0]?.recommendations.at(-1)).toMatchObject({
      title: 'Run at most 8 at billing/main.go:30',
      code: [{ path: 'billing/main.go', line: 30, title: 'Run at most 8' }],
    });
    expect(reportSchema.parse(withFix)).toEqual(withFix);
  });

  it('says where a queue is consumed although nothing is wrong there', () => {
    const [found] = withCode(report, [place({ text: 'it is consumed', rule: null, fix: null })]).bottlenecks;
    expect(found?.cause.evidence.at(-1)).toBe('In the code: it is consumed at billing/main.go:25.');
    expect(found?.recommendations).toEqual(bottleneck.recommendations);
  });

  it('has every fix that carries out the same advice, and none of a place that has no fix', () => {
    const places = [place({}), place({ line: 40 }), place({ line: 50, fix: null }), place({ line: 60, rule: null })];
    const [found] = withCode(report, places).bottlenecks;
    expect(found?.cause.evidence).toHaveLength(5);
    expect(found?.recommendations.map(({ code }) => code?.map(({ line }) => line))).toEqual([undefined, [25, 40]]);
  });

  it('is as it was where the place belongs to another queue', () => {
    expect(withCode(report, [place({ queue: 'rabbit/paid' })])).toEqual(report);
  });
});
