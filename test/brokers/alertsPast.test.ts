import { afterAll, beforeAll, expect, it } from 'vitest';
import { grafanaDashboard } from '../../src/generate/alerts/dashboard';
import { exporterNamed } from '../../src/generate/alerts/exporters/all';
import { rulesFor } from '../../src/generate/alerts/rules';
import { exporterPast, firedOver, recordedQueues, recordedSpan } from '../harness/exporterPast';
import { describeWith } from '../harness/need';
import { startPrometheus, type PrometheusServer } from '../harness/prometheus';
import { alertQueue, optionsFor } from '../unit/generate/alertQueues';

describeWith(['prometheus'], 'Rules over what two exporters of a real Kafka told', () => {
  const until = Math.floor(Date.now() / 1000) - 60;
  const exporters = ['kafka_exporter', 'kminion'] as const;
  const servers = new Map<string, PrometheusServer>();

  beforeAll(async () => {
    for (const name of exporters) servers.set(name, await startPrometheus({ past: exporterPast(name, until) }));
  });
  afterAll(() => Promise.all([...servers.values()].map((server) => server.stop())));

  /** Which faults are told of a recorded queue, and when first. */
  async function told(exporter: (typeof exporters)[number], name: string) {
    const queue = alertQueue('kafka', { destination: `rec-${name}`, group: `g-${name}`, arrivalRate: null });
    const { rules } = rulesFor(exporterNamed(exporter), queue, optionsFor(exporter));
    const url = servers.get(exporter)?.url ?? '';
    const fired = await Promise.all(
      rules.map(async (rule) => [rule.fault, await firedOver(url, rule, recordedSpan(until))] as const),
    );
    return new Map(fired.filter(([, times]) => times.length > 0));
  }

  it.each(exporters)('of %s say nothing of what is healthy or idle', async (exporter) => {
    expect([...(await told(exporter, 'healthy'))]).toEqual([]);
    expect([...(await told(exporter, 'idle'))]).toEqual([]);
  });

  it.each(exporters)('of %s say nothing of what drains, nor afterwards', async (exporter) => {
    const drains = 300;
    for (const [fault, times] of await told(exporter, 'drained'))
      expect([fault, times.filter((at) => at > drains)]).toEqual([fault, []]);
  });

  it.each(exporters)('of %s come with a dashboard whose every line is drawn', async (exporter) => {
    const names = Object.keys(recordedQueues);
    const queues = names.map((name) => alertQueue('kafka', { destination: `rec-${name}`, group: `g-${name}` }));
    const { panels } = JSON.parse(grafanaDashboard(queues, optionsFor(exporter))) as {
      panels: { targets?: { expr: string }[] }[];
    };
    const lines = panels.flatMap(({ targets = [] }) => targets);
    expect(lines.length).toBeGreaterThanOrEqual(3 * names.length);
    const url = servers.get(exporter)?.url ?? '';
    const drawn = await Promise.all(
      lines.map(({ expr }) => firedOver(url, { expr, forSeconds: 0 }, recordedSpan(until))),
    );
    expect(lines.filter((_, i) => drawn[i]?.length === 0)).toEqual([]);
  });

  it.each(exporters)('of %s find what grows, what is stuck and what nobody reads', async (exporter) => {
    for (const [name, fault] of Object.entries(recordedQueues)) {
      if (fault !== null) expect([...(await told(exporter, name)).keys()], name).toContain(fault);
    }
    expect((await told(exporter, 'growing')).has('will-not-drain')).toBe(true);
    expect((await told(exporter, 'gone')).has('stuck')).toBe(false);
    expect((await told(exporter, 'stuck')).has('no-consumers')).toBe(false);
  });
});
