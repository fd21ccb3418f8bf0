import assert from 'node:assert/strict';
import { commands, env, languages, Uri, window, workspace } from 'vscode';
import { report as reportSchema, type Report } from '../../../src/model/report';
import { app, eventually } from './support';

const folder = () => {
  const [first] = workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first.uri;
};
const file = () => Uri.joinPath(folder(), 'backpressure.yaml');
const analyze = () => commands.executeCommand<Report | null>('backpressure.analyze');

describe('Analyze Backpressure', () => {
  afterEach(async () => {
    await Promise.resolve(workspace.fs.delete(file())).catch(() => undefined);
    await commands.executeCommand('backpressure.stopDemo');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('names the demo’s bottleneck at once, and shows the page', async () => {
    await commands.executeCommand('backpressure.startDemo');
    const report = await analyze();
    assert.ok(report);
    const [worst] = reportSchema.parse(report).bottlenecks;
    assert.equal(worst?.stage, 'payment-processor');
    assert.match(report.sentence, /^payment-processor is the bottleneck/);
    assert.ok(Math.abs(worst.deficit - 750) < 25, `1,050/s arrive, 300/s are finished; said: ${worst.deficit}`);
    const running = await app();
    assert.equal(running.analyst.status.phase, 'live');
    assert.ok(running.panel.visible);
  });

  it('finds nothing wrong in the healthy demo', async () => {
    await commands.executeCommand('backpressure.startDemo', 'healthy');
    assert.deepEqual((await analyze())?.bottlenecks, []);
  });

  it('keeps the page alive while it can be seen', async () => {
    await commands.executeCommand('backpressure.startDemo');
    const before = await analyze();
    const running = await app();
    await commands.executeCommand('backpressure.refresh');
    await eventually(running.analyst.onDidChange, 'a later report', () => {
      const now = running.analyst.report;
      return now !== null && before !== null && now.window.to > before.window.to;
    });
  });

  it('answers a broken pipeline file with its line and column, in the message and where it stands', async () => {
    const uri = file();
    const running = await app();
    await workspace.fs.writeFile(
      uri,
      Buffer.from(
        'pipeline: orders\nbrokers:\n  main: { url: "pigeon://roof" }\nstages:\n  sender: { consumes: [{ broker: main, destination: orders, group: sender }] }\n',
      ),
    );
    await eventually(running.pipelineFile.onDidChange, 'the file is read', () => running.pipelineFile.loaded !== null);
    assert.equal(await analyze(), null);
    assert.equal(running.analyst.status.phase, 'failed');
    assert.match(running.analyst.status.text, /^backpressure\.yaml:3:\d+: /);
    assert.ok(languages.getDiagnostics(uri).some(({ range }) => range.start.line === 2));
    await workspace.fs.delete(uri);
    await eventually(running.pipelineFile.onDidChange, 'the file is gone', () => running.pipelineFile.loaded === null);
    assert.deepEqual(languages.getDiagnostics(uri), []);
  });

  it('offers a commented sample where there is no pipeline file', async () => {
    await commands.executeCommand('backpressure.openPipelineFile');
    const text = window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /^# .+\npipeline: orders\nbrokers:/);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('copies the id of a queue', async () => {
    await commands.executeCommand('backpressure.copyId', 'queue:demo/orders/billing');
    assert.equal(await env.clipboard.readText(), 'demo/orders/billing');
  });
});
