import assert from 'node:assert/strict';
import { commands, workspace } from 'vscode';
import { settingNames } from '../../../src/extension/settings';
import { print } from './print';
import { app, eventually, extension } from './support';

interface Manifest {
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, unknown> };
    views: Record<string, { id: string }[]>;
    menus: Record<string, { command: string }[]>;
  };
}
const manifest = () => extension().packageJSON as Manifest;

describe('the extension in a real editor', () => {
  // The goal of 50 ms is the bench's to judge: a loaded machine must not fail a test.
  it('activates, and the editor’s own table says in how long', async () => {
    await app();
    await commands.executeCommand('perfview.show');
    const line = await activationLine();
    const [, , , load, call, finish] = line.split('|').map((cell) => cell.trim());
    print(`      [activation] load ${load} ms, call ${call} ms, finish ${finish} ms`);
    assert.ok(
      [load, call, finish].every((cell) => /^\d+$/.test(cell ?? '')),
      line,
    );
  });

  it('registers exactly the commands it contributes', async () => {
    const generated = /^backpressure\.(found\.|help\.|queues\.|report)/;
    const registered = (await commands.getCommands(true)).filter(
      (id) => id.startsWith('backpressure.') && !generated.test(id),
    );
    const contributed = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), contributed.sort());
  });

  it('puts only contributed commands into menus', () => {
    const contributed = new Set(manifest().contributes.commands.map(({ command }) => command));
    const used = Object.values(manifest().contributes.menus).flat();
    assert.deepEqual(
      used.filter(({ command }) => !contributed.has(command)),
      [],
    );
  });

  it('reads exactly the settings it contributes', () => {
    const contributed = Object.keys(manifest().contributes.configuration.properties);
    assert.deepEqual(settingNames.map((name) => `backpressure.${name}`).sort(), contributed.sort());
  });

  it('fills exactly the views it contributes', async () => {
    const views = Object.values(manifest().contributes.views).flat();
    assert.deepEqual(
      views.map(({ id }) => id),
      ['backpressure.queues', 'backpressure.found', 'backpressure.help'],
    );
    await commands.executeCommand('backpressure.queues.focus');
    const { tree } = await app();
    await eventually(tree.onDidChangeVisibility, 'the view is shown', () => tree.visible);
  });

  it('starts no language server before a file it knows is opened', async () => {
    assert.deepEqual(
      workspace.textDocuments.filter(({ languageId }) => languageId === 'go'),
      [],
    );
    assert.equal((await app()).hints.started, false);
  });
});

/** The row of the editor's start-up table; it is filled a moment after the document opens. */
async function activationLine(): Promise<string> {
  const find = () =>
    workspace.textDocuments
      .find(({ uri }) => uri.scheme === 'perf')
      ?.getText()
      .split('\n')
      .find((line) => line.includes('| backpressure.backpressure-analyzer '));
  const found = find();
  if (found !== undefined) return found;
  return new Promise((resolve) => {
    const listeners = [workspace.onDidOpenTextDocument(look), workspace.onDidChangeTextDocument(look)];
    function look() {
      const line = find();
      if (line === undefined) return;
      for (const listener of listeners) listener.dispose();
      resolve(line);
    }
  });
}
