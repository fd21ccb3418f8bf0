import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { commands, Uri, window, workspace } from 'vscode';
import { app, connectionsText, eventually } from './support';

const folder = () => {
  const [first] = workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
};
const place = (name: string) => Uri.joinPath(folder(), name);
const write = (name: string, text: string) => workspace.fs.writeFile(place(name), Buffer.from(text));

describe('brokers that the workspace names', () => {
  afterEach(async () => {
    const running = await app();
    for (const { name } of running.connections.saved()) await running.connections.remove(name);
    await running.reload();
    for (const name of ['compose.yaml', '.env']) {
      await Promise.resolve(workspace.fs.delete(place(name))).catch(() => undefined);
    }
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are offered with where they were found, without their password, and nobody contacts them', async () => {
    let contacts = 0;
    const server = createServer((socket) => {
      contacts++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await write('.env', `# where the orders wait\nREDIS_URL=redis://:hush@127.0.0.1:${port}/0\n`);
    await write('compose.yaml', 'services:\n  mq:\n    image: rabbitmq:3\n    ports: ["5672:5672"]\n');
    const { found, poller } = await app();
    await commands.executeCommand('backpressure.queues.focus');
    const rows = (await found.search()).map((each) => found.getTreeItem(each));
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description]),
      [
        [`redis://@127.0.0.1:${port}/0`, '.env:2'],
        ['amqp://127.0.0.1:5672', 'compose.yaml:2'],
      ],
    );
    assert.ok(!JSON.stringify(rows.map(({ label, tooltip }) => [label, tooltip])).includes('hush'));
    await commands.executeCommand('backpressure.refresh');
    assert.equal(contacts, 0);
    assert.deepEqual(poller.brokers, []);
    await new Promise((resolve) => server.close(resolve));
  });

  it('are those of the files as they are now, when files change while they are searched', async () => {
    const { found } = await app();
    await write('.env', 'REDIS_URL=redis://127.0.0.1:6379/0\n');
    const first = found.search();
    await write('.env', 'REDIS_URL=redis://127.0.0.1:6380/0\n');
    const second = await found.search();
    assert.deepEqual(await first, second);
    assert.deepEqual(
      second.map(({ url }) => url),
      ['redis://127.0.0.1:6380/0'],
    );
  });

  it('are shown where they stand', async () => {
    await write('compose.yaml', 'services:\n  mq:\n    image: rabbitmq:3\n    ports: ["5672:5672"]\n');
    const { found } = await app();
    const [mq] = await found.search();
    await commands.executeCommand('backpressure.openFound', mq);
    assert.equal(window.activeTextEditor?.selection.active.line, 1);
  });

  const redis = process.env.BACKPRESSURE_EDITOR_REDIS;
  (redis === undefined ? it.skip : it)('are read once one is added, and then no longer offered', async () => {
    await write('.env', `REDIS_URL=${redis}\n`);
    const running = await app();
    const [found] = await running.found.search();
    assert.ok(found);
    await commands.executeCommand('backpressure.addFound', found);
    await eventually(running.poller.onDidChange, 'its queues', () =>
      running.poller.brokers.some(({ queues }) => queues.length > 0),
    );
    assert.deepEqual(running.found.found, []);
    assert.ok(!connectionsText().includes(new URL(redis ?? '').password), 'its password is not in the settings');
  });
});
