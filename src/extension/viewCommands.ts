import { commands, Uri, window } from 'vscode';
import { queueLabel } from '../model/identity';
import type { Handler } from './commands';
import type { App } from './context';
import { reportIssue } from './help';
import { chooseRecording } from './recording';
import { subjectOf } from './tree/row';

const walkthrough = 'backpressure.backpressure-analyzer#backpressure.start';

/** What opens a page of ours, or helps. */
export const viewCommands: Record<string, Handler> = {
  'backpressure.showChart': showChart,
  'backpressure.openRecording': openRecording,
  'backpressure.closeRecording': ({ recording }) => recording.close(),
  'backpressure.openWalkthrough': () => commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false),
  'backpressure.writeIssue': reportIssue,
};

/** Of the queue it is called on, or of one chosen from a list. */
async function showChart(app: App, argument: unknown): Promise<void> {
  const queue = queueIdOf(app, argument) ?? (await pickQueue(app));
  if (queue !== undefined) app.charts.show(queue);
}

/** For a destination the first of its groups. */
function queueIdOf({ tree }: App, argument: unknown): string | undefined {
  const { queue, destination } = subjectOf(argument);
  if (destination === undefined) return queue;
  const first = tree.rows.get(`destination:${destination}`)?.children[0];
  return first === undefined ? undefined : subjectOf(first).queue;
}

async function pickQueue({ poller }: App): Promise<string | undefined> {
  const rows = poller.brokers.flatMap(({ queues }) => queues);
  const items = rows.map((row) => ({ label: queueLabel(row), description: row.broker, id: row.id }));
  return (await window.showQuickPick(items, { title: 'Show the chart of which queue?' }))?.id;
}

/** The file that is given (the explorer gives it), or one that the user names. */
async function openRecording({ recording }: App, argument: unknown): Promise<void> {
  const uri = argument instanceof Uri ? argument : await chooseRecording();
  if (uri) await recording.read(uri);
}
