import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  commands,
  languages,
  Position,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
  type CodeLens,
  type Hover,
  type Location,
  type MarkdownString,
} from 'vscode';
import type { App } from '../../../src/extension/context';
import { queueReading, type QueueReading, type Sweep } from '../../../src/model/sweep';
import { app, eventually, take, until } from './support';

const at = (path: string) => {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return Uri.joinPath(folder.uri, path);
};
const consumer = at('billing/app.py');
const producer = at('intake/app.py');
const spawning = at('billing/spawn.py');
const pipelineFile = at('backpressure.yaml');
const write = (uri: Uri, text: string) => workspace.fs.writeFile(uri, Buffer.from(text));
const consumerText = (options: string) => `from kafka import KafkaConsumer

consumer = KafkaConsumer("orders", ${options})
`;

const spawningText = `import asyncio
from aiokafka import AIOKafkaConsumer


async def main():
    consumer = AIOKafkaConsumer("orders", group_id="billing")
    async for message in consumer:
        asyncio.create_task(handle(message))
`;

/** A sweep of the Kafka `main`, which nobody has to run: every row is a group of \`orders\`. */
function sweep(secondsAgo: number, rows: (Partial<QueueReading> & { group: string })[]): Sweep {
  const broker = { name: 'main', system: 'kafka' as const, url: 'kafka://127.0.0.1:9', state: 'ok' as const };
  const rest = { error: null, pressure: [], alarms: [], roundTripSeconds: null, notApplicable: [] };
  return {
    version: 1,
    at: new Date(Date.now() - secondsAgo * 1000).toISOString(),
    brokers: [{ ...broker, ...rest, sweep: { seconds: 0, requests: 0, bytes: 0 } }],
    queues: rows.map((row) =>
      queueReading.parse({
        ...{ id: `main/orders/${row.group}`, broker: 'main', system: 'kafka', kind: 'topic', destination: 'orders' },
        ...{ waiting: row.backlog ?? null, consumers: 1, ...row },
      }),
    ),
    stages: [],
    steps: [],
  };
}

/** A minute that ends now, in which billing's backlog grew by so many a second, from nothing, at 100/s arriving. */
async function minute({ poller }: App, growth: number): Promise<void> {
  const broker = poller.brokers.find(({ config }) => config.name === 'main');
  assert.ok(broker);
  const judged = eventually(poller.onDidChange, 'the queues are judged', () => broker.queues.length > 0);
  const seconds = Array.from({ length: 16 }, (_, n) => n * 4);
  broker.rewind(
    seconds.map((passed) => {
      const [produced, backlog] = [100 * passed, growth * passed];
      return sweep(60 - passed, [{ group: 'billing', backlog, produced, consumed: produced - backlog }]);
    }),
  );
  await judged;
}
const grow = (running: App) => minute(running, 50);

const titles = async (uri: Uri) =>
  (await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri, 100)).map(
    ({ range, command }) => `${range.start.line + 1} ${command?.title ?? ''}`,
  );

describe('queues in code', () => {
  let running: App;

  before(async () => {
    running = await app();
    await write(consumer, consumerText('group_id="billing"'));
    await write(
      producer,
      'from kafka import KafkaProducer\n\nproducer = KafkaProducer()\nproducer.send("orders", b"1")\n',
    );
    running.poller.paused = true;
    const list = [{ name: 'main', url: 'kafka://127.0.0.1:9' }];
    const added = eventually(running.poller.onDidChange, 'the broker is known', () =>
      running.poller.brokers.some(({ config }) => config.name === 'main'),
    );
    await workspace.getConfiguration('backpressure').update('connections', list, true);
    await added;
    await window.showTextDocument(consumer);
    await grow(running);
  });

  after(async () => {
    await workspace.getConfiguration('backpressure').update('connections', undefined, true);
    running.poller.paused = false;
    await commands.executeCommand('workbench.action.closeAllEditors');
    for (const uri of [consumer, producer, spawning, pipelineFile])
      await Promise.resolve(workspace.fs.delete(uri)).catch(() => undefined);
  });

  it('say above a consumer how much waits, and why on hover', async () => {
    assert.deepEqual(await titles(consumer), ['3 orders · billing: 3,000 waiting, growing 50/s, drains never']);
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', consumer, new Position(2, 3));
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content as MarkdownString).value)
      .join('\n');
    assert.match(text, /▁.*█/);
    assert.match(text, /growing/);
  });

  it('say the same above the producer, and nothing where a broker is not read', async () => {
    await window.showTextDocument(producer);
    assert.deepEqual(await titles(producer), ['4 orders · billing: 3,000 waiting, growing 50/s, drains never']);
  });

  it('make what can grow beside a consumer weigh more while its queue grows', async () => {
    await write(spawning, spawningText);
    await window.showTextDocument(spawning);
    const problems = () => languages.getDiagnostics(spawning);
    await eventually(languages.onDidChangeDiagnostics, 'it is found, and weighs more', () =>
      problems().some(({ message }) => message.endsWith('It weighs now: orders · billing grows.')),
    );
    const [heavy] = problems();
    await minute(running, 0);
    await eventually(languages.onDidChangeDiagnostics, 'it weighs as before', () =>
      problems().some(({ message }) => !message.includes('weighs now')),
    );
    const [light] = problems();
    assert.equal(light && heavy && light.severity - heavy.severity, 1);
    await workspace.fs.delete(spawning);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await grow(running);
  });

  it('are told anew only when a reader would care', async () => {
    await window.showTextDocument(consumer);
    await titles(consumer);
    let told = 0;
    const listener = running.code.lenses.onDidChangeCodeLenses(() => told++);
    await take(running, sweep(0, [{ group: 'billing', backlog: 3001, produced: 6001, consumed: 3000 }]), 'main');
    await running.code.lenses.update();
    assert.equal(told, 0);
    await take(running, sweep(0, [{ group: 'billing', backlog: 9000, produced: 12_000, consumed: 3000 }]), 'main');
    await eventually(running.code.lenses.onDidChangeCodeLenses, 'the line is told anew', () => told === 1);
    listener.dispose();
    await grow(running);
  });

  it('are read while such code can be seen, and left alone when it is closed', async () => {
    const before = running.poller.holders;
    await commands.executeCommand('workbench.action.closeAllEditors');
    await running.code.lenses.update();
    assert.equal(running.poller.holders, before - 1);
    await window.showTextDocument(consumer);
    await running.code.lenses.update();
    assert.equal(running.poller.holders, before);
  });

  it('are marked where the bottleneck is consumed when somebody asks, until they are cleared', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('backpressure.markBottleneck');
    const marks = () => languages.getDiagnostics(consumer).filter(({ code }) => code === 'bottleneck-now');
    assert.deepEqual(
      marks().map(({ range }) => range.start.line),
      [2],
    );
    assert.match(marks()[0]?.message ?? '', /^billing is the bottleneck now: /);
    assert.equal(window.activeTextEditor?.document.uri.fsPath, consumer.fsPath);
    assert.equal(window.activeTextEditor.selection.start.line, 2);
    await commands.executeCommand('backpressure.clearMarks');
    assert.deepEqual(marks(), []);
  });

  it('are listed by the editor from the row of a queue, one place after the other', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('backpressure.findCodeReferences', 'main/orders/billing');
    const stands = () =>
      `${window.activeTextEditor?.document.uri.fsPath}:${window.activeTextEditor?.selection.start.line}`;
    assert.equal(stands(), `${consumer.fsPath}:2`);
    await commands.executeCommand('goToNextReference');
    await eventually(
      window.onDidChangeTextEditorSelection,
      'the next place',
      () => stands() === `${producer.fsPath}:3`,
    );
    await commands.executeCommand('closeReferenceSearch');
    await window.showTextDocument(consumer);
  });

  it('lead to all of their places, and say where there is none', async () => {
    const references = await commands.executeCommand<Location[]>(
      'vscode.executeReferenceProvider',
      consumer,
      new Position(2, 28),
    );
    assert.deepEqual(
      references.map(({ uri, range }) => `${workspace.asRelativePath(uri)}:${range.start.line + 1}`).sort(),
      ['billing/app.py:3', 'intake/app.py:4'],
    );
    let changes = 0;
    const listener = running.code.index.onDidChange(() => changes++);
    await workspace.fs.delete(producer);
    await eventually(running.code.index.onDidChange, 'the file is gone', () => changes > 0);
    listener.dispose();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('backpressure.goToCode', 'main/orders/billing');
    assert.equal(window.activeTextEditor?.document.uri.fsPath, consumer.fsPath);
    assert.equal(window.activeTextEditor.selection.start.line, 2);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('backpressure.goToCode', 'main/else/billing');
    assert.equal(window.activeTextEditor, undefined);
  });

  it('cannot be renamed in one place, and say what would be left behind', async () => {
    await assert.rejects(
      Promise.resolve(
        commands.executeCommand('vscode.executeDocumentRenameProvider', consumer, new Position(2, 28), 'other'),
      ),
      /"orders" is a queue’s name.*3,000 waiting/,
    );
  });

  it('offer a choice where more than one could be meant, which the pipeline file remembers', async () => {
    await window.showTextDocument(consumer);
    const groups = ['billing', 'audit'].map((group) => ({ group, backlog: 7, produced: 7, consumed: 0 }));
    await take(running, sweep(0, groups), 'main');
    const document = await workspace.openTextDocument(consumer);
    const editor = await window.showTextDocument(document);
    await editor.edit((edit) => edit.replace(document.lineAt(2).range, 'consumer = KafkaConsumer("orders")'));
    const [lens] = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', consumer, 100);
    assert.equal(lens?.command?.title, 'orders: 2 groups read it – choose…');
    const [reference] = (lens.command.arguments ?? []) as unknown[];
    const asked = commands.executeCommand(lens.command.command, reference);
    await commands.executeCommand('workbench.action.quickOpenSelectNext');
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await asked;
    const text = Buffer.from(await workspace.fs.readFile(pipelineFile)).toString();
    assert.match(text, /chosen for billing\/app\.py:3/);
    assert.deepEqual(languages.getDiagnostics(pipelineFile), []);
    assert.match((await titles(consumer))[0] ?? '', /^3 orders · (audit|billing): 7 waiting/);
    await document.save();
  });

  it('add up to a pipeline that is proposed beside the file that is there, taken over when told so, and written over nothing', async () => {
    const now = () => readFileSync(pipelineFile.fsPath, 'utf8');
    const before = now();
    await commands.executeCommand('backpressure.derivePipeline');
    const isDiff = () => window.tabGroups.activeTabGroup.activeTab?.input instanceof TabInputTextDiff;
    assert.ok(isDiff());
    assert.equal(now(), before);
    const { text } = running.code.proposals;
    assert.ok(text.includes(before.trimEnd()));
    const taken = eventually(running.pipelineFile.onDidChange, 'it is taken over', () => now() === text);
    await commands.executeCommand('notification.acceptPrimaryAction');
    await taken;
    await commands.executeCommand('backpressure.derivePipeline');
    await until('nothing is left to take', () => !isDiff());
    const gone = eventually(running.pipelineFile.onDidChange, 'it is gone', () => running.pipelineFile.loaded === null);
    await workspace.fs.delete(pipelineFile);
    await gone;
    await commands.executeCommand('backpressure.derivePipeline');
    const { document } = window.activeTextEditor ?? {};
    assert.equal(document?.uri.scheme, 'backpressure-derived');
    assert.match(document.getText(), /destination: orders # billing\/app\.py:3 \(literal\)/);
    await assert.rejects(Promise.resolve(workspace.fs.stat(pipelineFile)));
  });
});
