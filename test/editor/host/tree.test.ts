import assert from 'node:assert/strict';
import { commands, MarkdownString } from 'vscode';
import { none, unknown } from '../../../src/model/figure';
import { app, eventually, row, rowsWith, sweepOf } from './support';

const hostile = '"><img src=x onerror=alert(1)>';

describe('the tree of queues', () => {
  before(async () => {
    await commands.executeCommand('backpressure.queues.focus');
    await commands.executeCommand('backpressure.startDemo');
  });
  after(() => commands.executeCommand('backpressure.stopDemo'));

  it('shows the demo’s queues with figures, the growing one first', async () => {
    const running = await app();
    await eventually(running.poller.onDidChange, 'the growing queue is known', () =>
      rowsWith(running, 'payment-processor').some(({ description }) => description.includes('↑')),
    );
    const demo = row(running, 'demo');
    const queues = demo.children.map((id) => running.tree.getTreeItem(id));
    assert.equal(queues[0]?.label, 'validated');
    assert.equal(row(running, 'payment-processor').parent, demo.children[0]);
    assert.match(String(queues[0].description), /^[\d,]+( k)? ↑ [\d,]+\/s · .+ old$/);
    assert.ok(queues.length >= 3, `${queues.length} queues`);
    assert.match(running.statusBar.text, /validated › payment-processor/);
  });

  it('keeps ids and stays silent when a sweep changed nothing that is shown', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.pause');
    const [demo] = running.poller.brokers;
    assert.ok(demo);
    const at = Date.now() + 60_000;
    const still = (ms: number) => sweepOf(at + ms, [{ destination: 'quiet', backlog: 0, produced: 7, consumed: 7 }]);
    // Its state settles first: with few readings the trend is not known yet.
    for (let step = 0; step < 30; step++) demo.take(still(step * 10_000));
    const ids = [...running.tree.rows.keys()];
    let events = 0;
    const listener = running.tree.onDidChangeTreeData(() => events++);
    for (let step = 30; step < 40; step++) demo.take(still(step * 10_000));
    assert.equal(events, 0, 'ten sweeps without a change draw nothing');
    assert.deepEqual([...running.tree.rows.keys()], ids);
    demo.take(sweepOf(at + 400_000, [{ destination: 'quiet', backlog: 3, produced: 10, consumed: 7 }]));
    assert.equal(events, 1, 'a change draws once');
    listener.dispose();
  });

  it('shows a number, nothing to count and not readable as three different things', async () => {
    const running = await app();
    const [demo] = running.poller.brokers;
    demo?.take(
      sweepOf(Date.now() + 500_000, [
        { destination: 'empty', backlog: 0 },
        { destination: 'never', missing: { backlog: none('never committed') } },
        { destination: 'secret', missing: { backlog: unknown('denied') } },
      ]),
    );
    assert.equal(row(running, 'empty').description, '0');
    assert.equal(row(running, 'never').description, '– never committed');
    assert.equal(row(running, 'secret').description, '? denied');
  });

  it('shows a hostile queue name as text, in the row and in its hover', async () => {
    const running = await app();
    const [demo] = running.poller.brokers;
    demo?.take(sweepOf(Date.now() + 530_000, [{ destination: hostile, backlog: 1 }]));
    const { id } = row(running, hostile);
    const item = running.tree.resolveTreeItem(running.tree.getTreeItem(id), id);
    assert.equal(item.label, hostile);
    assert.ok(item.tooltip instanceof MarkdownString);
    assert.equal(item.tooltip.isTrusted, false);
    assert.equal(item.tooltip.supportHtml, false);
    assert.ok(!item.tooltip.value.includes('<img'), item.tooltip.value);
  });

  it('groups what several consumer groups read under their destination', async () => {
    const running = await app();
    const [demo] = running.poller.brokers;
    const groups = ['billing', 'shipping'].map((group) => ({
      destination: 'orders',
      group,
      id: `demo/orders/${group}`,
    }));
    demo?.take(
      sweepOf(
        Date.now() + 560_000,
        groups.map((queue) => ({ ...queue, backlog: 0 })),
      ),
    );
    assert.deepEqual(
      row(running, 'orders').children.map((id) => running.tree.rows.get(id)?.label),
      ['billing', 'shipping'],
    );
  });

  it('reads on when it is resumed', async () => {
    const running = await app();
    assert.equal(running.poller.paceMs, null);
    await commands.executeCommand('backpressure.resume');
    assert.notEqual(running.poller.paceMs, null);
  });
});
