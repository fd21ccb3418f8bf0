import { Document } from 'yaml';
import { grafanaDashboard } from './dashboard';
import { exporterNamed } from './exporters/all';
import { comment, queueComment } from './prometheus';
import { promDuration } from './promql';
import { forText, type AlertRule, type QueueRules } from './rules';
import type { AlertOptions, AlertQueue } from './words';
import { alertRules, refusals, type WrittenAlerts } from './write';

/** How often Grafana evaluates, where nothing else is asked, seconds. */
const usualInterval = 60;
/** The uid under which a Prometheus is provisioned most often. */
const datasource = 'prometheus';

/** Alert rules as Grafana provisions them (grafana.com/docs, file provisioning of alerting resources). */
export function grafanaAlerts({ queues }: { queues: readonly AlertQueue[] }, options: AlertOptions): WrittenAlerts {
  const exporter = exporterNamed(options.exporter);
  const found = alertRules(queues, exporter, options);
  const document = new Document({
    apiVersion: 1,
    groups: found.map(({ queue, rules }) => ({
      orgId: 1,
      name: `backpressure ${exporter.wholeNode ? queue.broker : queue.id}`,
      folder: 'Backpressure',
      interval: promDuration(options.intervalSeconds ?? usualInterval),
      rules: rules.map((rule) => grafanaRule(queue, rule, options)),
    })),
  });
  document.commentBefore = [
    ` Provisioned alert rules for ${exporter.tellsOf} by ${exporter.name}, written by Backpressure Analyzer.`,
    ` They need ${exporter.needs}, and a data source with the uid ${datasource}.`,
  ].join('\n');
  comment(document, found.map(queueComment));
  return {
    text: document.toString({ lineWidth: 0 }),
    rules: found.reduce((sum, { rules }) => sum + rules.length, 0),
    refused: refusals(queues, found, exporter),
    tests: null,
    dashboard: () => grafanaDashboard(queues, options),
  };
}

function grafanaRule(queue: QueueRules['queue'], rule: AlertRule, { windowSeconds }: AlertOptions) {
  const relativeTimeRange = { from: windowSeconds, to: 0 };
  return {
    uid: `bp-${hash(`${queue.id} ${rule.fault}`)}`,
    title: `${rule.alert} ${queue.id}`.slice(0, 190),
    condition: 'C',
    data: [
      {
        ...{ refId: 'A', relativeTimeRange, datasourceUid: datasource },
        model: { refId: 'A', expr: rule.expr, instant: true, range: false },
      },
      {
        ...{ refId: 'C', relativeTimeRange, datasourceUid: '__expr__' },
        // The expression gives a series only while the fault lasts, and none of them is negative.
        model: {
          ...{ refId: 'C', type: 'threshold', expression: 'A' },
          conditions: [{ evaluator: { type: 'gt', params: [-1] } }],
        },
      },
    ],
    noDataState: 'OK',
    execErrState: 'Error',
    for: forText(rule),
    labels: rule.labels,
    annotations: Object.fromEntries(
      Object.entries(rule.annotations).map(([name, text]) => [
        name,
        text.replace(/\{\{ \$value \| (\w+) \}\}/g, '{{ $1 $values.A.Value }}'),
      ]),
    ),
  };
}

/** Eight letters that stay the same for the same rule, so that provisioning it again changes it rather than adds one (FNV-1a). */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const letter of new TextEncoder().encode(text)) value = Math.imul(value ^ letter, 0x01000193) >>> 0;
  return value.toString(16).padStart(8, '0');
}
