import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import { app, connectionsText, eventually, row, rowsWith, sweepOf, take } from './support';

const password = 's3cret-of-the-test';

describe('connections', () => {
  afterEach(async () => {
    const running = await app();
    for (const { name } of running.connections.saved()) {
      await commands.executeCommand('backpressure.removeConnection', `broker:${name}`);
    }
  });

  it('shows a broker that is away with what happened and the next step', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.queues.focus');
    await commands.executeCommand('backpressure.addConnection', {
      name: 'away',
      url: `redis://127.0.0.1:${await closedPort()}`,
    });
    await eventually(running.poller.onDidChange, 'the error row', () => running.tree.rows.has('error:away'));
    const error = running.tree.rows.get('error:away');
    assert.ok(error);
    assert.match(error.label, /— Retry$/);
    assert.equal(error.command?.id, 'backpressure.refresh');
    assert.notEqual(error.description, '');
    assert.equal(row(running, 'away').kind, 'saved-failed');
  });

  it('never writes a password into the settings', async () => {
    const running = await app();
    const url = `redis://app:${password}@127.0.0.1:${await closedPort()}/0`;
    await commands.executeCommand('backpressure.addConnection', { name: 'cache', url });
    assert.ok(!connectionsText().includes(password), connectionsText());
    const [loaded] = await running.connections.load();
    assert.ok(loaded && 'config' in loaded);
    assert.equal(loaded.config.password, password, 'it is put back from the secret storage');
    await commands.executeCommand('backpressure.removeConnection', 'broker:cache');
    await running.connections.save('cache', loaded.url);
    const [again] = await running.connections.load();
    assert.ok(again && 'config' in again);
    assert.equal(again.config.password, null, 'removing a connection forgets its password');
  });

  it('brings a removed connection back with its password', async () => {
    const running = await app();
    const url = `redis://app:${password}@127.0.0.1:${await closedPort()}`;
    await running.connections.save('cache', url);
    const removed = await running.connections.remove('cache');
    assert.deepEqual(running.connections.saved(), []);
    await running.connections.restore(removed);
    const [loaded] = await running.connections.load();
    assert.ok(loaded && 'config' in loaded);
    assert.equal(loaded.config.password, password);
    assert.ok(!connectionsText().includes(password), connectionsText());
  });

  it('keeps the password of a URL as long as one connection uses it', async () => {
    const running = await app();
    const url = `redis://app:${password}@127.0.0.1:${await closedPort()}`;
    await running.connections.save('one', url);
    await running.connections.save('two', url);
    await running.connections.remove('one');
    const [two] = await running.connections.load();
    assert.ok(two && 'config' in two);
    assert.equal(two.config.password, password);
  });

  it('reads the connections of the user and of the workspace side by side, the workspace’s first where both have a name', async () => {
    const running = await app();
    await running.connections.save('mine', 'demo:healthy');
    await running.connections.save('both', 'demo:healthy');
    await running.connections.save('both', 'demo:draining', 'workspace');
    await running.connections.save('ours', 'demo:draining', 'workspace');
    const saved = running.connections.saved().map(({ name, url, scope }) => `${name} ${url} ${scope}`);
    assert.deepEqual(saved.sort(), [
      'both demo:draining workspace',
      'mine demo:healthy user',
      'ours demo:draining workspace',
    ]);
    await running.connections.remove('both');
    assert.deepEqual(
      running.connections
        .saved()
        .map(({ name }) => name)
        .sort(),
      ['mine', 'ours'],
    );
  });

  it('tells once when a queue becomes critical', async () => {
    const running = await app();
    await running.connections.save('watched', 'demo:healthy');
    await running.reload();
    await commands.executeCommand('backpressure.pauseBroker', 'broker:watched');
    const watched = running.poller.brokers.find(({ config }) => config.name === 'watched');
    assert.ok(watched);
    const at = Date.now() + 60_000;
    const orders = { broker: 'watched', destination: 'orders', group: 'billing', consumers: 0, consumed: 0 };
    const told = running.notifier.told.length;
    // Nobody reads it, and it ages beyond every objective.
    for (let step = 0; step < 60; step++) {
      const arrived = step * 1000;
      const queue = { ...orders, id: 'watched/orders/billing', backlog: arrived, produced: arrived };
      const { brokers, ...sweep } = sweepOf(at + step * 10_000, [{ ...queue, ageSeconds: step * 10 }]);
      await take(running, { ...sweep, brokers: brokers.map((broker) => ({ ...broker, name: 'watched' })) }, 'watched');
    }
    assert.equal(watched.queues[0]?.severity, 'critical');
    const now = running.notifier.told.slice(told);
    assert.equal(now.length, 1, now.join('\n'));
    assert.match(now[0] ?? '', /^orders › billing is critical\. /);
    await commands.executeCommand('notifications.clearAll');
  });

  it('moves a password that was typed into the settings to the secret storage', async () => {
    const running = await app();
    const settings = workspace.getConfiguration('backpressure');
    const url = `redis://app:${password}@127.0.0.1:${await closedPort()}`;
    await settings.update('connections', [{ name: 'typed', url }], ConfigurationTarget.Global);
    await eventually(running.poller.onDidChange, 'the broker', () => rowsWith(running, 'typed').length > 0);
    assert.ok(!connectionsText().includes(password), connectionsText());
    const [loaded] = await running.connections.load();
    assert.ok(loaded && 'config' in loaded);
    assert.equal(loaded.config.password, password);
  });

  it('says in its row what is wrong with a URL that is none', async () => {
    const running = await app();
    const settings = workspace.getConfiguration('backpressure');
    await settings.update('connections', [{ name: 'odd', url: 'carrier-pigeon://roof' }], ConfigurationTarget.Global);
    await eventually(running.poller.onDidChange, 'the row', () => running.tree.rows.has('broken:odd'));
    assert.match(running.tree.rows.get('broken:odd')?.label ?? '', /unknown kind of broker "carrier-pigeon:"/);
  });

  const redis = process.env.BACKPRESSURE_EDITOR_REDIS;
  (redis === undefined ? it.skip : it)('shows the queues of a real Redis that asks for a password', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.queues.focus');
    await commands.executeCommand('backpressure.addConnection', { name: 'redis', url: redis });
    await eventually(running.poller.onDidChange, 'the group’s row', () => rowsWith(running, 'billing').length > 0);
    assert.match(row(running, 'orders').description, /^no consumer · 5\b/);
    assert.match(row(running, 'billing').spoken, /^orders › billing: /);
    assert.match(running.statusBar.text, /queue/);
  });
});

/** A port of loopback on which nothing listens. */
function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 1));
    });
  });
}
