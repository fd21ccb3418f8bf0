import { commands, Position, Selection, window, workspace } from 'vscode';
import type { Handler } from '../commands';
import type { App } from '../context';
import { addTested } from '../connections/commands';
import type { Found } from './foundView';

/** What can be done with the brokers that were found in the workspace. */
export const discoveryCommands: Record<string, Handler> = {
  'backpressure.findConnections': find,
  'backpressure.addFound': (app, argument) => isFound(argument) && addTested(app, argument.url),
  'backpressure.openFound': open,
};

/** Searches now, and shows what was found or says that nothing was. */
async function find({ found }: App): Promise<void> {
  const all = await found.search();
  if (all.length > 0) await commands.executeCommand('backpressure.found.focus');
  else {
    const text = workspace.isTrusted
      ? 'No broker is named in the Compose, .env, Spring, Celery and Node configuration files here that is not read already.'
      : 'This workspace is not trusted: its files are not searched for brokers.';
    void window.showInformationMessage(text);
  }
}

async function open(_app: App, argument: unknown): Promise<void> {
  if (!isFound(argument)) return;
  const place = new Position(argument.line - 1, 0);
  await window.showTextDocument(argument.uri, { selection: new Selection(place, place) });
}

const isFound = (value: unknown): value is Found =>
  typeof value === 'object' && value !== null && 'uri' in value && 'url' in value && 'line' in value;
