import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { writeAlerts } from '../../src/generate/alerts/write';
import type { AlertOptions, AlertQueue, ExporterName } from '../../src/generate/alerts/words';
import { describeWith } from '../harness/need';
import { folder, run, runFolder } from '../harness/tools';
import { allNames, hostileName, optionsFor, queueFor } from '../unit/generate/alertQueues';

describeWith(['prometheus'], 'promtool', ({ prometheus: { promtool } }) => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(path.join(folder(runFolder), 'alerts-'));
  });

  /** Writes rules and their tests and has both judged. @throws with what promtool says */
  async function judge(name: string, queue: AlertQueue, options: AlertOptions, change = (rules: string) => rules) {
    const written = writeAlerts({ queues: [queue] }, options);
    const [rules, tests] = [path.join(home, `${name}.yaml`), path.join(home, `${name}.test.yaml`)];
    await writeFile(rules, change(written.text));
    await writeFile(tests, written.tests?.(path.basename(rules)) ?? '');
    const checked = await run(promtool, ['check', 'rules', rules]);
    await run(promtool, ['test', 'rules', tests], { maxBuffer: 16 * 1024 * 1024 });
    return { rules: written.rules, checked: checked.stdout };
  }

  const can: Record<ExporterName, number> = {
    ...{ kafka_exporter: 8, strimzi: 8, kminion: 8, otel: 8, lag_exporter: 7, burrow: 6 },
    ...{
      rabbitmq_detailed: 7,
      rabbitmq: 5,
      redis_exporter: 7,
      nats_exporter: 8,
      yace: 6,
      cloudwatch_exporter: 6,
      self: 7,
    },
  };
  it.each(allNames)(
    'accepts the rules of %s; each fires on its fault and none on a queue that is well',
    async (exporter) => {
      const queue = queueFor(exporter, { destination: hostileName });
      const { rules, checked } = await judge(exporter, queue, optionsFor(exporter));
      expect(rules).toBe(can[exporter]);
      expect(checked).toContain(`SUCCESS: ${rules} rules found`);
    },
  );

  it.each(['kafka_exporter', 'rabbitmq_detailed', 'yace', 'self'] as const)(
    'and so for %s where nothing was measured',
    async (exporter) => {
      await judge(`${exporter}-unmeasured`, queueFor(exporter, { arrivalRate: null }), optionsFor(exporter));
    },
  );

  it('and so with other times, and where the retention is told', async () => {
    const times = { maxAgeSeconds: 20, drainSeconds: 90, windowSeconds: 40, forSeconds: 10, intervalSeconds: 5 };
    await judge('short', queueFor('kafka_exporter'), optionsFor('kafka_exporter', times));
    const { rules } = await judge('kept', queueFor('yace'), optionsFor('yace', { retentionSeconds: 86_400 }));
    expect(rules).toBe(can.yace + 1);
  });

  it('finds rules that do not fire, or fire on a queue that is well', async () => {
    const options = optionsFor('kafka_exporter');
    const deaf = judge('deaf', queueFor('kafka_exporter'), options, (text) => text.replaceAll('deriv(', '0 * deriv('));
    await expect(deaf).rejects.toThrow(/BackpressureGrowing/);
    const copied = 'sum(kafka_consumergroup_lag{}) by (consumergroup) > 10';
    const jumpy = judge('jumpy', queueFor('kafka_exporter'), options, (text) =>
      text.replace(/(alert: BackpressureGrowing\n\s+expr: ).*/, `$1${copied}`),
    );
    await expect(jumpy).rejects.toThrow(/healthy|exp: nil/);
  });
});
