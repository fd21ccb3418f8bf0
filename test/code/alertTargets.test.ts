import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { exporters } from '../../src/generate/alerts/exporters/all';
import { writeTarget } from '../../src/generate/alerts/targets';
import { cfnLint } from '../harness/cfnLint';
import { grafanaProblems } from '../harness/grafanaTypes';
import { kedaSchema } from '../harness/kedaSchema';
import { folder, run, runFolder } from '../harness/tools';
import { alertQueue, allNames, hostileName, optionsFor, queueFor } from '../unit/generate/alertQueues';

const names = [hostileName, 'orders'];

describe('For Grafana', () => {
  const written = allNames.flatMap((exporter) =>
    names.map((destination) =>
      writeTarget('grafana', { queues: [queueFor(exporter, { destination })] }, optionsFor(exporter)),
    ),
  );
  const dashboards = written.map(({ dashboard }) => JSON.parse(dashboard?.() ?? '') as { panels: { type: string }[] });
  const rules = written.flatMap(({ text }) =>
    (parse(text) as { groups: { rules: object[] }[] }).groups.flatMap((group) => group.rules),
  );

  it('dashboards and rules of every exporter are values of its own types', () => {
    expect(dashboards).toHaveLength(2 * exporters.length);
    expect(rules.length).toBeGreaterThan(100);
    const values = [
      ...dashboards.map((value) => ({ type: 'Dashboard' as const, value })),
      ...rules.map((value) => ({ type: 'Rule' as const, value })),
    ];
    expect(grafanaProblems(values)).toEqual([]);
  });

  it('a misspelt word is no value of its types', () => {
    const [first] = dashboards;
    const panels = first?.panels.map((panel) => (panel.type === 'row' ? panel : { ...panel, fieldCofnig: {} }));
    expect(grafanaProblems([{ type: 'Dashboard', value: { ...first, panels } }]).join()).toContain('fieldCofnig');
    const wrong = grafanaProblems([{ type: 'Rule', value: { ...rules[0], noDataState: 'Fine' } }]);
    expect(wrong.join()).toContain('"Fine"');
  });
});

const lint = await cfnLint();
describe.skipIf(!lint.ok)(`For CloudWatch${lint.ok ? '' : ` (skipped: ${lint.reason})`}`, () => {
  const check = async (name: string, text: string) => {
    const file = path.join(folder(runFolder, 'cloudwatch'), `${name}.yaml`);
    writeFileSync(file, text);
    return (await run(lint.ok ? lint.value.command : '', ['--regions', 'eu-central-1', '--', file])).stdout;
  };
  const template = (destination: string) =>
    writeTarget(
      'cloudwatch',
      { queues: [alertQueue('aws_sqs', { destination })] },
      optionsFor('self', { retentionSeconds: 345_600 }),
    );

  it.each(names)('cfn-lint has nothing to say against the template for %j', async (destination) => {
    const { text, rules } = template(destination);
    expect(rules).toBe(7);
    expect(await check(`queue-${names.indexOf(destination)}`, text)).toBe('');
  });

  it('cfn-lint finds a word that CloudWatch does not know', async () => {
    const wrong = template('orders').text.replace('notBreaching', 'notBroken').replace('Threshold:', 'Treshold:');
    await expect(check('wrong', wrong)).rejects.toMatchObject({
      stdout: expect.stringContaining('Treshold') as string,
    });
  });
});

const keda = await kedaSchema();
describe.skipIf(!keda.ok)(`For KEDA${keda.ok ? '' : ` (skipped: ${keda.reason})`}`, () => {
  const systems = ['kafka', 'rabbitmq', 'aws_sqs', 'redis', 'nats'] as const;
  const subjects = [
    ...systems.map((system) => alertQueue(system)),
    ...systems.map((system) => alertQueue(system, { destination: hostileName })),
    alertQueue('redis', { kind: 'list', group: null, namespace: '3' }),
  ];

  it.each(subjects)(
    'the ScaledObject of $system, $destination, is what its definition and its scaler take',
    (queue) => {
      if (!keda.ok) return;
      const { text } = writeTarget(
        'keda',
        { queues: [queue], brokers: [{ name: 'main', url: 'kafka://a.example:9092' }] },
        optionsFor('self'),
      );
      const value = parseAllDocuments(text)[0]?.toJS() as {
        spec: { triggers: { type: string; metadata: Record<string, string> }[] };
      };
      keda.value.scaledObject(value);
      expect(keda.value.scaledObject.errors ?? []).toEqual([]);
      const [trigger] = value.spec.triggers;
      const known = keda.value.metadataOf(trigger?.type ?? '');
      expect(Object.keys(trigger?.metadata ?? {}).filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it('a misspelt field is none that its definition takes', () => {
    const wrong = {
      ...{ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: {} },
      spec: { scaleTargetRef: { name: 'a' }, triggers: [], maxReplicas: 3 },
    };
    expect(keda.ok && keda.value.scaledObject(wrong)).toBe(false);
  });
});
