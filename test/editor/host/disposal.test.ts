import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { app, eventually } from './support';

describe('the end', () => {
  it('leaves nothing that reads, shows or listens', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.startDemo');
    await commands.executeCommand('backpressure.analyze');
    const [demo] = running.poller.brokers;
    assert.ok(demo);
    let events = 0;
    running.poller.onDidChange(() => events++);
    running.dispose();
    const seen = demo.history.latest;
    assert.deepEqual(running.poller.brokers, []);
    assert.equal(running.panel.visible, false);
    // The window closes a tab in its own time.
    const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs);
    const closed = () => tabs().every(({ label }) => label !== 'Backpressure Report');
    await eventually(window.tabGroups.onDidChangeTabs, 'the report is closed', closed);
    running.poller.paused = true;
    assert.equal(events, 0, 'nobody is told anything any more');
    await demo.refresh(new AbortController().signal);
    assert.equal(demo.history.latest, seen, 'a closed broker is read no more');
  });
});
