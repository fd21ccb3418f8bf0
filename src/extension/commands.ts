import { commands, window, type Disposable } from 'vscode';
import { enterConnection, enterUser, freeName, problemOf } from './addConnection';
import { readConnection } from './connections';
import type { App } from './context';
import { showHazard } from './showHazard';
import { treeCommands } from './tree/commands';
import { subjectOf } from './tree/row';
import { viewCommands } from './viewCommands';

/** Does what a command is for. The argument is the row of the tree it was called on, or whatever a caller hands in. */
export type Handler = (app: App, argument: unknown) => unknown;

/** Every command of the extension; a test compares this table with what package.json contributes. */
export const commandTable: Record<string, Handler> = {
  'backpressure.analyze': (app) => app.analysis.run(),
  'backpressure.addConnection': addConnection,
  'backpressure.removeConnection': removeConnection,
  'backpressure.enterPassword': enterPassword,
  'backpressure.editConnection': editConnection,
  'backpressure.startDemo': startDemo,
  'backpressure.stopDemo': (app) => app.stopDemo(),
  'backpressure.refresh': (app, argument) => app.poller.refresh(subjectOf(argument).broker),
  'backpressure.pause': (app) => setPaused(app, true),
  'backpressure.resume': (app) => setPaused(app, false),
  'backpressure.openPipelineFile': (app) => app.pipelineFile.open(),
  'backpressure.showLog': (app) => app.log.show(),
  'backpressure.showHazard': (_app, argument) => showHazard(argument),
  ...treeCommands,
  ...viewCommands,
};

/** Registers the whole table. A command that fails says so, with the way to the log. */
export function registerCommands(app: App): Disposable[] {
  return Object.entries(commandTable).map(([id, handler]) =>
    commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await handler(app, argument);
      } catch (error) {
        app.log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        const text = error instanceof Error ? error.message : String(error);
        void window.showErrorMessage(text, 'Show Log').then((choice) => {
          if (choice !== undefined) app.log.show();
        });
        return undefined;
      }
    }),
  );
}

/** Without an argument it asks step by step; `{ name, url }` is saved as it is. */
async function addConnection(app: App, argument: unknown): Promise<void> {
  const taken = app.connections.saved().map(({ name }) => name);
  const ready = readConnection(argument);
  const problem = ready ? problemOf(ready.url) : null;
  if (problem !== null) throw new Error(`The connection cannot be added: ${problem}`);
  const entered = ready
    ? { url: ready.url, name: freeName(ready.name, taken) }
    : await enterConnection(taken, (level, text) => app.log[level](text));
  if (!entered) return;
  await app.connections.save(entered.name, entered.url);
  await app.reload();
}

/** From its row, or by choice from a list. */
async function removeConnection(app: App, argument: unknown): Promise<void> {
  const name = connectionOf(argument) ?? (await pickConnection(app, 'Remove which connection?'));
  if (name === undefined) return;
  await app.connections.remove(name);
  await app.reload();
}

/** Another address for the connection, in one line. */
async function editConnection(app: App, argument: unknown): Promise<void> {
  const name = connectionOf(argument) ?? (await pickConnection(app, 'Edit which connection?'));
  const saved = app.connections.saved().find((connection) => connection.name === name);
  if (!saved) return;
  const url = await window.showInputBox({
    title: `${saved.name}: broker URL`,
    prompt: 'A password in the URL goes to the secret storage, never to the settings.',
    value: saved.url,
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
  if (url === undefined) return;
  await app.connections.save(saved.name, url.trim());
  await app.reload();
}

async function enterPassword(app: App, argument: unknown): Promise<void> {
  const name = connectionOf(argument) ?? (await pickConnection(app, 'Enter the password of which connection?'));
  const saved = app.connections.saved().find((connection) => connection.name === name);
  if (!saved) return;
  const url = await enterUser(saved.url);
  if (url === null) return;
  await app.connections.save(saved.name, url);
  await app.reload();
}

/** `demo:bottleneck`, or the scenario that is given as argument. It shows itself in the view and nothing else. */
async function startDemo(app: App, argument: unknown): Promise<void> {
  await app.startDemo(typeof argument === 'string' ? argument : 'bottleneck');
}

function setPaused(app: App, paused: boolean): void {
  app.poller.paused = paused;
  app.updateKeys();
}

/** The connection that a row of the tree stands for. */
const connectionOf = (row: unknown) => subjectOf(row).broker;

async function pickConnection(app: App, title: string): Promise<string | undefined> {
  const items = app.connections.saved().map(({ name, url }) => ({ label: name, description: url }));
  return (await window.showQuickPick(items, { title }))?.label;
}
