import { commands, window, type Disposable } from 'vscode';
import { codeCommands } from './code/commands';
import { connectionCommands } from './connections/commands';
import type { App } from './context';
import { discoveryCommands } from './discovery/commands';
import { alertCommands } from './generateAlerts';
import { scaffoldCommands } from './scaffold/insert';
import { showHazard } from './showHazard';
import { queueOf, treeCommands } from './tree/commands';
import { subjectOf } from './tree/row';
import { viewCommands } from './viewCommands';

/** Does what a command is for. The argument is the row of the tree it was called on, or whatever a caller hands in. */
export type Handler = (app: App, argument: unknown) => unknown;

/** Every command of the extension; a test compares this table with what package.json contributes. */
export const commandTable: Record<string, Handler> = {
  'backpressure.analyze': analyze,
  'backpressure.startDemo': startDemo,
  'backpressure.stopDemo': (app) => app.stopDemo(),
  'backpressure.refresh': (app, argument) => app.poller.refresh(subjectOf(argument).broker),
  'backpressure.pause': (app) => setPaused(app, true),
  'backpressure.resume': (app) => setPaused(app, false),
  'backpressure.openPipelineFile': (app) => app.pipelineFile.open(),
  'backpressure.unmuteQueues': (app) => app.notifier.unmuteAll(),
  'backpressure.showLog': (app) => app.log.show(),
  'backpressure.showHazard': (_app, argument) => showHazard(argument),
  ...connectionCommands,
  ...discoveryCommands,
  ...treeCommands,
  ...alertCommands,
  ...codeCommands,
  ...scaffoldCommands,
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

/** Everything is analyzed, since a queue backs up for what others do; called on a queue, its details are opened. */
async function analyze(app: App, argument: unknown) {
  const report = await app.analysis.run();
  const queue = queueOf(app, argument);
  if (queue && report?.queues.some(({ id }) => id === queue.id)) app.panel.focus(queue.id);
  return report;
}

/** `demo:bottleneck`, or the scenario that is given as argument. It shows itself in the view and nothing else. */
async function startDemo(app: App, argument: unknown): Promise<void> {
  await app.startDemo(typeof argument === 'string' ? argument : 'bottleneck');
}

function setPaused(app: App, paused: boolean): void {
  app.poller.paused = paused;
  app.updateKeys();
}
