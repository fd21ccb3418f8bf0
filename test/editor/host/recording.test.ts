import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { commands, Uri, workspace } from 'vscode';
import { KeptReports } from '../../../src/extension/keptReports';
import { demoSweeps } from '../../../src/measure/demo/index';
import { recordingLine } from '../../../src/measure/recording';
import { app, eventually, row, rowsWith, until } from './support';

const growing = 'demo/validated/payment-processor';
const opening = Date.UTC(2026, 0, 1, 10, 0, 0);

/** Twenty minutes of the demo's bottleneck in a file of the workspace. */
async function recorded(): Promise<Uri> {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const uri = Uri.joinPath(folder.uri, 'incident.jsonl');
  const sweeps = demoSweeps('bottleneck', opening, 1200, 10);
  await workspace.fs.writeFile(uri, Buffer.from(sweeps.map((sweep) => `${recordingLine(sweep)}\n`).join('')));
  return uri;
}

describe('a recording', () => {
  afterEach(async () => {
    await commands.executeCommand('backpressure.closeRecording');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is opened from the explorer: tree and report are those of the moment that is chosen', async () => {
    const running = await app();
    const uri = await recorded();
    await commands.executeCommand('backpressure.openRecording', uri);
    const backlog = () => running.analyst.report?.queues.find(({ id }) => id === growing)?.backlog ?? null;
    await eventually(running.analyst.onDidChange, 'its report', () => backlog() !== null);
    const { open } = running.recording;
    assert.ok(open);
    assert.equal(open.moments.length, 121);
    assert.equal(running.analyst.status.phase, 'replaying');
    // It began to grow a minute and a half before the end: the report says so as the tree does.
    assert.match(running.analyst.report?.sentence ?? '', /^payment-processor is the bottleneck/);
    assert.match(row(running, 'validated').description, /^growing · /);
    assert.ok(running.panel.visible);
    const late = backlog() ?? 0;
    const inTree = () => rowsWith(running, 'validated').map(({ description }) => description)[0] ?? '';
    const before = inTree();
    assert.notEqual(before, '');

    running.recording.show((open.moments[60] ?? 0) + 500);
    await eventually(running.analyst.onDidChange, 'an earlier report', () => (backlog() ?? late) < late);
    assert.equal(Date.parse(running.analyst.report?.window.to ?? ''), open.moments[60]);
    await eventually(running.poller.onDidChange, 'the tree of that moment', () => inTree() !== before);
    await eventually(running.recording.onDidChange, 'its changes are known', () =>
      Boolean(running.recording.open?.changes.some(({ queue }) => queue === growing)),
    );

    await commands.executeCommand('backpressure.closeRecording');
    await eventually(running.poller.onDidChange, 'nothing is shown', () => running.poller.brokers.length === 0);
    assert.equal(running.analyst.report, null);
  });

  it('that is none is refused with its line', async () => {
    const running = await app();
    const uri = await recorded();
    await workspace.fs.writeFile(uri, Buffer.from('{"version":1,"at":5}\n'));
    await assert.rejects(running.recording.read(uri), /at/);
    assert.equal(running.recording.open, null);
  });
});

describe('the last reports', () => {
  it('are kept so that two of them can be compared', async () => {
    await commands.executeCommand('backpressure.startDemo');
    await commands.executeCommand('backpressure.analyze');
    await commands.executeCommand('backpressure.analyze');
    const { analyst } = await app();
    const [after, before] = analyst.last;
    assert.ok(after && before);
    assert.ok(Date.parse(after.at) >= Date.parse(before.at));
    assert.match(analyst.keptReport(before.id)?.sentence ?? '', /payment-processor is the bottleneck/);
    await commands.executeCommand('backpressure.stopDemo');
  });

  it('of a newer version are told, stay as they are, and no later one takes their place', async () => {
    await commands.executeCommand('backpressure.startDemo');
    await commands.executeCommand('backpressure.analyze');
    const report = (await app()).analyst.report;
    assert.ok(report);
    await commands.executeCommand('backpressure.stopDemo');
    const place = Uri.joinPath(await recorded(), '../reports');
    const newer = Buffer.from('{"version":2,"verdict":"of a later form"}');
    await workspace.fs.writeFile(Uri.joinPath(place, '7.json'), newer);
    const told: number[] = [];
    const fail = (error: unknown) => assert.fail(String(error));
    const kept = () => new KeptReports(place, fail, (count) => told.push(count));
    const now = kept();
    await now.add(report);
    const written = Uri.joinPath(place, '8.json').fsPath;
    await until('it is on the disk', () => existsSync(written));
    const later = kept();
    await later.recall();
    assert.deepEqual(told, [1, 1]);
    assert.deepEqual(
      later.list.map(({ id, sentence }) => [id, sentence]),
      [[8, report.sentence]],
    );
    assert.deepEqual(Buffer.from(await workspace.fs.readFile(Uri.joinPath(place, '7.json'))), newer);
    await workspace.fs.delete(place, { recursive: true });
  });
});
