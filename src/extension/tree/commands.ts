import { env, window, workspace, type Disposable } from 'vscode';
import { shell } from '../../model/escape';
import type { QueueReport } from '../../model/report';
import type { Handler } from '../commands';
import type { App } from '../context';
import { orders, type Order } from './arrangement';
import { destinationKey } from './listing';
import { subjectOf } from './row';

/** What can be done to the tree and its rows. */
export const treeCommands: Record<string, Handler> = {
  'backpressure.sortQueues': sort,
  'backpressure.filterQueues': filter,
  'backpressure.clearFilter': ({ tree }) => tree.arrange({ filter: '' }),
  'backpressure.hideEmpty': ({ tree }) => tree.arrange({ hideEmpty: true }),
  'backpressure.showEmpty': ({ tree }) => tree.arrange({ hideEmpty: false }),
  'backpressure.showMore': ({ tree }, argument) => {
    if (typeof argument === 'string') tree.showMore(argument);
  },
  'backpressure.pinQueue': togglePin,
  'backpressure.unpinQueue': togglePin,
  'backpressure.pauseBroker': (app, argument) => pauseBroker(app, argument, true),
  'backpressure.resumeBroker': (app, argument) => pauseBroker(app, argument, false),
  'backpressure.copyId': (_app, argument) => copy(idOf(argument), 'Queue id copied'),
  'backpressure.copyReportRow': copyReportRow,
  'backpressure.copyCommandLine': copyCommandLine,
  'backpressure.showRunbook': showRunbook,
};

const orderNames: Record<Order, { label: string; description: string }> = {
  worst: { label: 'Worst first', description: 'what needs a person most' },
  backlog: { label: 'Backlog', description: 'most messages first' },
  age: { label: 'Age', description: 'oldest message first' },
  growth: { label: 'Growth', description: 'fastest growing first' },
  name: { label: 'Name', description: 'A to Z' },
};

/** By choice from a list, or by the order that is given. */
async function sort({ tree }: App, argument: unknown): Promise<void> {
  const given = orders.find((order) => order === argument);
  const { order: now } = tree.arrangement;
  const items = orders.map((order) => ({
    ...orderNames[order],
    order,
    ...(order === now && { detail: 'as now' }),
  }));
  const order = given ?? (await window.showQuickPick(items, { title: 'Sort queues by' }))?.order;
  if (order) tree.arrange({ order });
}

/** Narrows the tree with every key that is typed. Escape goes back to how it was. A text that is given is taken at once. */
async function filter({ tree }: App, argument: unknown): Promise<void> {
  if (typeof argument === 'string') {
    tree.arrange({ filter: argument });
    return;
  }
  const before = tree.arrangement.filter;
  const input = window.createInputBox();
  input.title = 'Filter Queues';
  input.prompt = 'Part of a queue’s or a group’s name. Empty shows all.';
  input.value = before;
  await new Promise<void>((resolve) => {
    let accepted = false;
    const listeners: Disposable[] = [
      input.onDidChangeValue((text) => tree.arrange({ filter: text })),
      input.onDidAccept(() => {
        accepted = true;
        input.hide();
      }),
      input.onDidHide(() => {
        if (!accepted) tree.arrange({ filter: before });
        for (const listener of listeners) listener.dispose();
        input.dispose();
        resolve();
      }),
    ];
    input.show();
  });
}

function togglePin({ tree }: App, argument: unknown): void {
  const { queue, destination } = subjectOf(argument);
  const id = queue ?? destination;
  if (id !== undefined) tree.togglePin(id);
}

function pauseBroker({ poller }: App, argument: unknown, paused: boolean): void {
  const { broker } = subjectOf(argument);
  if (broker !== undefined) poller.pauseBroker(broker, paused);
}

function idOf(argument: unknown): string | null {
  const { queue, destination } = subjectOf(argument);
  return queue ?? destination ?? null;
}

/** The queue that a row or an id stands for; for a destination the first of its groups. */
export function queueOf({ poller, tree }: App, argument: unknown): QueueReport | null {
  const { queue, destination } = subjectOf(argument);
  const first = destination === undefined ? undefined : tree.rows.get(`destination:${destination}`)?.children[0];
  const id = queue ?? (first === undefined ? undefined : subjectOf(first).queue);
  return poller.brokers.flatMap(({ queues }) => queues).find((other) => other.id === id) ?? null;
}

/** As a table of one row, which a chat or an issue shows as it is. */
async function copyReportRow(app: App, argument: unknown): Promise<void> {
  const queue = queueOf(app, argument);
  const { queueMarkdown } = await import('../later');
  await copy(queue && queueMarkdown(queue), 'Row of the report copied');
}

/** What asks for the same on the command line; without a password. */
async function copyCommandLine(app: App, argument: unknown): Promise<void> {
  const queue = queueOf(app, argument);
  const name = subjectOf(argument).broker ?? queue?.broker;
  const broker = app.poller.brokers.find(({ config }) => config.name === name);
  if (!broker) return;
  const { config, origin } = broker;
  const file = app.pipelineFile.loaded?.uri;
  const saved = app.connections.saved().find((connection) => connection.name === config.name)?.url;
  const from =
    origin === 'file' && file
      ? ['--pipeline', workspace.asRelativePath(file)]
      : ['--broker', (origin === 'saved' ? saved : undefined) ?? config.url];
  const verb = queue ? ['queues', ...from, '--match', queue.destination] : ['analyze', ...from];
  await copy(['backpressure', ...verb].map(shell).join(' '), 'Command line copied');
}

/** What to do about this queue, from the last report or a new one, as a document. */
async function showRunbook(app: App, argument: unknown): Promise<void> {
  const queue = queueOf(app, argument);
  if (!queue) return;
  const find = () => app.analyst.report?.runbooks.find((runbook) => runbook.queue === queue.id);
  if (!find()) await app.analysis.run();
  const runbook = find();
  if (!runbook) {
    void window.showInformationMessage(`${destinationKey(queue.id)} needs no runbook: ${queue.reason}`);
    return;
  }
  const { runbookMarkdown } = await import('../later');
  const document = await workspace.openTextDocument({ language: 'markdown', content: runbookMarkdown(runbook) });
  await window.showTextDocument(document);
}

async function copy(text: string | null, done: string): Promise<void> {
  if (text === null) return;
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(done, 3000);
}
