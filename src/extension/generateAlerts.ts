import { window, workspace } from 'vscode';
import { prometheusPresent } from '../measure/open';
import { defaultObjectives } from '../model/pipeline';
import { queueLabel } from '../model/identity';
import type { QueueReport } from '../model/report';
import type { Handler } from './commands';
import type { App } from './context';
import { queueOf } from './tree/commands';

/** Milliseconds. */
const callTimeoutMs = 5000;

/** Commands that write rules and text from what was measured. */
export const alertCommands: Record<string, Handler> = { 'backpressure.generateAlertRules': generateAlertRules };

/** Shows alert rules for the queue of a row, or for one that is chosen, as a document of its own. */
async function generateAlertRules(app: App, argument: unknown): Promise<void> {
  const queue = queueOf(app, argument) ?? (await pickQueue(app));
  if (!queue) return;
  const { defaultAlertOptions, exporters, recognised, writeAlerts } = await import('./later');
  const present = await presentIn(
    app,
    exporters.map(({ fingerprint }) => fingerprint),
  );
  const [seen] = recognised(present.found, [queue]);
  const names = exporters.filter(({ fits }) => fits(queue)).map(({ name, needs }) => ({ label: name, detail: needs }));
  const title = `Which exporter tells your Prometheus of ${queueLabel(queue)}?`;
  const picked = seen ?? (await window.showQuickPick(names, { title, matchOnDetail: true }))?.label;
  const exporter = exporters.find(({ name }) => name === picked)?.name;
  if (!exporter) return;
  const objectives = app.pipelineFile.loaded?.pipeline?.objectives ?? defaultObjectives;
  const { text } = writeAlerts(
    { queues: [queue] },
    { ...defaultAlertOptions, ...objectives, exporter, metrics: seen === undefined ? null : present.metrics },
  );
  await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content: text }));
}

async function pickQueue(app: App): Promise<QueueReport | null> {
  const queues = app.poller.brokers.flatMap((broker) => broker.queues);
  if (queues.length === 0) {
    void window.showInformationMessage('No queue has been read yet, so there is nothing to write rules for.');
    return null;
  }
  const items = queues.map((queue) => ({ label: queueLabel(queue), description: queue.broker, queue }));
  return (await window.showQuickPick(items, { title: 'Alert rules for which queue?' }))?.queue ?? null;
}

/** What the first Prometheus that answers has. */
async function presentIn({ poller, log }: App, fingerprints: readonly string[]) {
  for (const { config } of poller.brokers.filter((broker) => broker.config.scheme.startsWith('prometheus'))) {
    try {
      return await prometheusPresent(config, fingerprints, { callTimeoutMs, signal: new AbortController().signal });
    } catch (error) {
      log.warn(`${config.name} could not be asked what it has: ${String(error)}`);
    }
  }
  return { found: new Set<string>(), metrics: new Set<string>() };
}
