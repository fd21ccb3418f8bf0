import assert from 'node:assert/strict';
import { commands, env, MarkdownString } from 'vscode';
import { none, unknown } from '../../../src/model/figure';
import { app, eventually, row, rowsWith, sweepOf, take } from './support';

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
    assert.match(String(queues[0].description), /^growing · [\d,]+( k)? ↑ [\d,]+\/s · .+ old$/);
    assert.ok(queues.length >= 3, `${queues.length} queues`);
    assert.match(running.statusBar.text, /validated › payment-processor/);
  });

  it('keeps ids and stays silent when a sweep changed nothing that is shown', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.pause');
    const at = Date.now() + 60_000;
    const still = (ms: number) => sweepOf(at + ms, [{ destination: 'quiet', backlog: 0, produced: 7, consumed: 7 }]);
    // Its state settles first: with few readings the trend is not known yet.
    for (let step = 0; step < 30; step++) await take(running, still(step * 10_000));
    const ids = [...running.tree.rows.keys()];
    let events = 0;
    const listener = running.tree.onDidChangeTreeData(() => events++);
    for (let step = 30; step < 40; step++) await take(running, still(step * 10_000));
    assert.equal(events, 0, 'ten sweeps without a change draw nothing');
    assert.deepEqual([...running.tree.rows.keys()], ids);
    await take(running, sweepOf(at + 400_000, [{ destination: 'quiet', backlog: 3, produced: 10, consumed: 7 }]));
    assert.equal(events, 1, 'a change draws once');
    listener.dispose();
  });

  it('shows a number, nothing to count and not readable as three different things', async () => {
    const running = await app();
    await take(
      running,
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
    await take(running, sweepOf(Date.now() + 530_000, [{ destination: hostile, backlog: 1 }]));
    const { id } = row(running, hostile);
    const item = running.tree.resolveTreeItem(running.tree.getTreeItem(id), id);
    assert.equal(item.label, hostile);
    assert.ok(item.tooltip instanceof MarkdownString);
    assert.deepEqual(item.tooltip.isTrusted, {
      enabledCommands: ['backpressure.analyze', 'backpressure.showChart'],
    });
    assert.equal(item.tooltip.supportHtml, false);
    assert.ok(!item.tooltip.value.includes('<img'), item.tooltip.value);
  });

  it('groups what several consumer groups read under their destination', async () => {
    const running = await app();
    const groups = ['billing', 'shipping'].map((group) => ({
      destination: 'invoices',
      group,
      id: `demo/invoices/${group}`,
    }));
    await take(
      running,
      sweepOf(
        Date.now() + 560_000,
        groups.map((queue) => ({ ...queue, backlog: 0 })),
      ),
    );
    assert.deepEqual(
      row(running, 'invoices').children.map((id) => running.tree.rows.get(id)?.label),
      ['billing', 'shipping'],
    );
  });

  it('opens a group to its partitions when they are asked for, and only then', async () => {
    const running = await app();
    const partition = { start: 0, end: 9, committed: 4, backlog: 5, consumer: 'worker-1' };
    const partitions = [0, 1].map((n) => ({ ...partition, partition: n }));
    await take(
      running,
      sweepOf(Date.now() + 570_000, [
        { destination: 'events', group: 'archive', id: 'demo/events/archive', backlog: 10, partitions },
      ]),
    );
    const { id, children } = row(running, 'archive');
    assert.deepEqual(children, []);
    assert.deepEqual(
      running.tree.getChildren(id).map((child) => running.tree.rows.get(child)?.label),
      ['partition 0', 'partition 1'],
    );
  });

  it('is filtered, sorted, pinned and cut short by commands, and says so', async () => {
    const running = await app();
    const names = Array.from({ length: 450 }, (_, n) => `queue-${String(n).padStart(3, '0')}`);
    await take(
      running,
      sweepOf(
        Date.now() + 580_000,
        names.map((destination, n) => ({ destination, backlog: n % 2 })),
      ),
    );
    const listed = () => row(running, 'demo').children.map((id) => running.tree.rows.get(id)?.label);
    await commands.executeCommand('backpressure.filterQueues', 'QUEUE-');
    await commands.executeCommand('backpressure.sortQueues', 'name');
    assert.deepEqual(listed().slice(-2), ['queue-199', '200 more …']);
    await commands.executeCommand('backpressure.showMore', 'broker:demo');
    assert.deepEqual(listed().slice(-2), ['queue-399', '50 more …']);
    await commands.executeCommand('backpressure.filterQueues', '44');
    assert.equal(listed().length, 14, 'queue-044, -144, -244, -344 and -440 to -449 once each');
    assert.match(running.tree.message, /Only names with “44” of \d+ queues\.$/);
    await commands.executeCommand('backpressure.hideEmpty');
    assert.deepEqual(listed(), ['queue-441', 'queue-443', 'queue-445', 'queue-447', 'queue-449']);
    await commands.executeCommand('backpressure.pinQueue', 'queue:demo/queue-449');
    assert.equal(listed()[0], 'queue-449');
    await commands.executeCommand('backpressure.unpinQueue', 'queue:demo/queue-449');
    await running.tree.reveal('demo/queue-430');
    assert.ok(running.tree.rows.has('queue:demo/queue-430'), 'what is revealed is no longer hidden');
    await commands.executeCommand('backpressure.clearFilter');
    await commands.executeCommand('backpressure.showEmpty');
    await commands.executeCommand('backpressure.sortQueues', 'worst');
  });

  it('copies a row of the report and the command line that asks for the same', async () => {
    await commands.executeCommand('backpressure.copyReportRow', 'queue:demo/queue-001');
    assert.match(await env.clipboard.readText(), /^\| queue \| backlog [\s\S]*\n\| queue\\-001 \| 1 \|/);
    await commands.executeCommand('backpressure.copyCommandLine', 'queue:demo/queue-001');
    assert.equal(await env.clipboard.readText(), 'backpressure queues --broker demo:bottleneck --match queue-001');
    await commands.executeCommand('backpressure.copyCommandLine', 'broker:demo');
    assert.equal(await env.clipboard.readText(), 'backpressure analyze --broker demo:bottleneck');
  });

  it('leaves a paused broker alone, and says so', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.resume');
    await commands.executeCommand('backpressure.pauseBroker', 'broker:demo');
    assert.match(row(running, 'demo').description, /^paused · /);
    assert.match(row(running, 'demo').kind, /-paused$/);
    const [demo] = running.poller.brokers;
    const seen = demo?.history.latest;
    await commands.executeCommand('backpressure.refresh');
    assert.equal(demo?.history.latest, seen, 'a refresh of all does not read it');
    await commands.executeCommand('backpressure.resumeBroker', 'broker:demo');
    assert.doesNotMatch(row(running, 'demo').kind, /-paused$/);
    await commands.executeCommand('backpressure.pause');
  });

  it('reads on when it is resumed', async () => {
    const running = await app();
    assert.equal(running.poller.paceMs, null);
    await commands.executeCommand('backpressure.resume');
    assert.notEqual(running.poller.paceMs, null);
  });
});
