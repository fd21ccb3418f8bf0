import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { app } from './support';

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
    assert.deepEqual(
      window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label === 'Backpressure Report'),
      [],
    );
    running.poller.paused = true;
    assert.equal(events, 0, 'nobody is told anything any more');
    await demo.refresh(new AbortController().signal);
    assert.equal(demo.history.latest, seen, 'a closed broker is read no more');
  });
});
