import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { commands, Uri, window, workspace } from 'vscode';
import { press } from './print';
import type { App } from '../../../src/extension/context';
import { app, eventually, sweepOf, take, until } from './support';

const isOpen = (label: string) => window.tabGroups.all.flatMap(({ tabs }) => tabs).some((tab) => tab.label === label);

const file = () => {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return Uri.joinPath(folder.uri, 'backpressure.yaml');
};

describe('the buttons of messages', () => {
  afterEach(async () => {
    const running = await app();
    for (const { name } of running.connections.saved()) await running.connections.remove(name);
    await running.reload();
    await commands.executeCommand('backpressure.stopDemo');
    await commands.executeCommand('notifications.clearAll');
    await commands.executeCommand('workbench.action.closeAllEditors');
    await Promise.resolve(workspace.fs.delete(file())).catch(() => undefined);
    await eventually(running.pipelineFile.onDidChange, 'no file', () => running.pipelineFile.loaded === null);
  });

  it('Undo brings a removed connection back', async () => {
    const running = await app();
    await running.connections.save('kept', 'demo:healthy');
    await running.reload();
    await commands.executeCommand('backpressure.removeConnection', 'broker:kept');
    assert.deepEqual(running.poller.brokers, []);
    await press('kept is removed.', 'Undo');
    await eventually(running.poller.onDidChange, 'the broker is back', () => running.poller.brokers.length === 1);
    assert.deepEqual(
      running.connections.saved().map(({ name, url }) => [name, url]),
      [['kept', 'demo:healthy']],
    );
  });

  const effects: Record<string, (running: App) => boolean> = {
    Mute: ({ notifier }) => notifier.muted.has('watched/Mute/billing'),
    Settings: () => isOpen('Settings'),
    Analyze: ({ analyst }) => analyst.status.phase !== 'empty',
  };
  for (const [button, isDone] of Object.entries(effects)) {
    it(`${button} does what it says where a queue became critical`, async () => {
      const running = await app();
      running.analyst.clear();
      await becomesCritical(button);
      assert.ok(!isDone(running));
      await press(`${button} › billing is critical.`, button);
      await until(`${button} is done`, () => isDone(running));
      running.analysis.cancel();
      running.notifier.unmuteAll();
    });
  }

  it('Start Demo is offered where there is nothing to analyze', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.analyze');
    await press('There is no broker to analyze yet.', 'Start Demo');
    await eventually(running.poller.onDidChange, 'the demo runs', () => running.poller.brokers.length === 1);
  });

  it('Open File goes to the line of a broken pipeline file', async () => {
    const running = await app();
    const broken =
      'pipeline: orders\nbrokers:\n  main: { url: "pigeon://roof" }\nstages:\n  sender: { consumes: [] }\n';
    await workspace.fs.writeFile(file(), Buffer.from(broken));
    await eventually(running.pipelineFile.onDidChange, 'it is read', () => running.pipelineFile.loaded !== null);
    await commands.executeCommand('backpressure.analyze');
    const [, line] = /^backpressure\.yaml:(\d+):/.exec(running.analyst.status.text) ?? [];
    assert.equal(line, '3');
    await press('backpressure.yaml:', 'Open File');
    await until('the line is shown', () => {
      const { document, selection } = window.activeTextEditor ?? {};
      return document?.uri.path === file().path && selection?.active.line === 2;
    });
  });

  it('Show Log of a command that failed opens the log', async () => {
    await commands.executeCommand('backpressure.addConnection', { name: 'odd', url: 'pigeon://roof' });
    const shown = () => window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output');
    assert.ok(!shown());
    await press('The connection cannot be added', 'Show Log');
    await until('the log is shown', shown);
    await commands.executeCommand('workbench.action.closePanel');
  });
});

describe('the row of a broker that cannot be read', () => {
  afterEach(async () => {
    const running = await app();
    for (const { name } of running.connections.saved()) await running.connections.remove(name);
    await running.reload();
  });

  it('reads it again when its Retry is chosen, and it is gone once that works', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.queues.focus');
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await commands.executeCommand('backpressure.addConnection', { name: 'away', url: `redis://127.0.0.1:${port}` });
    await eventually(running.poller.onDidChange, 'the row', () => running.tree.rows.has('error:away'));
    const command = running.tree.rows.get('error:away')?.command;
    assert.ok(command);
    const before = running.poller.brokers[0]?.history.latest?.at;
    await commands.executeCommand(command.id, command.argument);
    assert.notEqual(running.poller.brokers[0]?.history.latest?.at, before, 'it was asked again');
  });
});

/** A saved broker with a queue that nobody reads and that ages beyond every objective. No queue is told of twice an hour. */
async function becomesCritical(destination: string): Promise<void> {
  const running = await app();
  await running.connections.save('watched', 'demo:healthy');
  await running.reload();
  await commands.executeCommand('backpressure.pauseBroker', 'broker:watched');
  const id = `watched/${destination}/billing`;
  const queue = { id, broker: 'watched', destination, group: 'billing', consumers: 0, consumed: 0 };
  const at = Date.now() + 60_000;
  for (let step = 0; step < 60; step++) {
    const figures = { backlog: step * 1000, produced: step * 1000, ageSeconds: step * 10 };
    const { brokers, ...sweep } = sweepOf(at + step * 10_000, [{ ...queue, ...figures }]);
    await take(running, { ...sweep, brokers: brokers.map((broker) => ({ ...broker, name: 'watched' })) }, 'watched');
  }
}
