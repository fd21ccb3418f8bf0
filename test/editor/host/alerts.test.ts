import assert from 'node:assert/strict';
import { commands, window } from 'vscode';
import { parse } from 'yaml';
import { app, eventually, row, rowsWith } from './support';

describe('Generate Alert Rules', () => {
  afterEach(async () => {
    await commands.executeCommand('backpressure.stopDemo');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('writes the rules of the queue it was called on, for the exporter that is chosen', async () => {
    const running = await app();
    await commands.executeCommand('backpressure.startDemo');
    await eventually(running.poller.onDidChange, 'its rates are known', () =>
      rowsWith(running, 'payment-processor').some(({ description }) => description.includes('↑')),
    );
    const written = commands.executeCommand('backpressure.generateAlertRules', row(running, 'payment-processor').id);
    // The question has no event, so the answer is given until the rules are there.
    while (window.activeTextEditor?.document.languageId !== 'yaml') {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await written;
    const text = window.activeTextEditor.document.getText();
    const { groups } = parse(text) as { groups: { name: string; rules: { alert: string; expr: string }[] }[] };
    assert.deepEqual(
      groups.map(({ name }) => name),
      ['backpressure demo/validated/payment-processor'],
    );
    assert.equal(groups[0]?.rules[0]?.alert, 'BackpressureGrowing');
    assert.match(text, /^ *# .*Measured: [\d,.]+\/s arrive/m);
  });
});
