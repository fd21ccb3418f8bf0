import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { app, eventually } from './support';

const growing = 'demo/validated/payment-processor';
const charts = () =>
  window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label === 'validated › payment-processor');

describe('the chart of a queue', () => {
  afterEach(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('backpressure.stopDemo');
  });

  it('opens for a row of the tree, once for each queue, and reads on while it is seen', async () => {
    await commands.executeCommand('backpressure.startDemo');
    const running = await app();
    await commands.executeCommand('backpressure.showChart', `queue:${growing}`);
    await commands.executeCommand('backpressure.showChart', growing);
    assert.deepEqual(running.charts.open, [growing]);
    assert.notEqual(running.poller.paceMs, null);
    await eventually(window.tabGroups.onDidChangeTabs, 'one tab', () => charts().length === 1);
  });
});
