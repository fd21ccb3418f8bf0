import assert from 'node:assert/strict';
import { commands, env, LanguageModelTextPart, lm, MarkdownString, window } from 'vscode';
import type { App } from '../../../src/extension/context';
import { renderHtml } from '../../../src/diagnose/render/html';
import { renderJson } from '../../../src/diagnose/render/json';
import { renderMarkdown } from '../../../src/diagnose/render/markdown';
import { recordingLine } from '../../../src/measure/recording';
import { app, connectionsText, eventually, until } from './support';

const redis = process.env.BACKPRESSURE_EDITOR_REDIS;
/** As the runner looks for it on the disk (run.mts). */
const wrong = 'a-wrong-passw0rd-of-the-test';

describe('a password', () => {
  afterEach(async () => {
    const running = await app();
    for (const { name } of running.connections.saved()) await running.connections.remove(name);
    await running.reload();
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  (redis === undefined ? it.skip : it)(
    'that is used is in nothing that is shown, kept, copied or exported',
    async () => {
      const secret = new URL(redis ?? '').password;
      const running = await app();
      await commands.executeCommand('backpressure.queues.focus');
      await commands.executeCommand('backpressure.addConnection', { name: 'vault', url: redis });
      const isRead = () => running.poller.brokers.some(({ queues }) => queues.length > 0);
      await eventually(running.poller.onDidChange, 'its queues', isRead);
      // What was read until then is enough for a report.
      const analysis = commands.executeCommand('backpressure.analyze');
      await until('it is analyzed', () => running.analyst.status.phase === 'sampling');
      running.analysis.cancel();
      await analysis;
      assert.match(running.analyst.status.text, /^Cancelled: the report is about the \d+ readings/);

      const everything = await shownAnywhere(running);
      for (const [place, text] of Object.entries(everything)) {
        assert.ok(text.length > 0, `${place} has a text`);
        assert.ok(!text.includes(secret), `${place}: ${text}`);
      }
      assert.match(everything['report as JSON'] ?? '', /127\.0\.0\.1/, 'the address, which is no secret, is told');
    },
  );

  (redis === undefined ? it.skip : it)('that is wrong is asked for again, and not shown either', async () => {
    const running = await app();
    const url = (redis ?? '').replace(/:[^:@/]+@/, `:${wrong}@`);
    await commands.executeCommand('backpressure.queues.focus');
    await commands.executeCommand('backpressure.addConnection', { name: 'vault', url });
    await eventually(running.poller.onDidChange, 'the error row', () => running.tree.rows.has('error:vault'));
    const row = running.tree.rows.get('error:vault');
    assert.match(row?.label ?? '', /^not let in — Enter Password…$/);
    assert.deepEqual(row?.command, {
      ...{ id: 'backpressure.enterPassword', title: 'Enter Password…', argument: 'broker:vault' },
    });
    assert.ok(!treeText(running).includes(wrong));
    assert.ok(!connectionsText().includes(wrong));
  });
});

/** Every row with its hover and what it does. */
const treeText = ({ tree }: App) =>
  [...tree.rows]
    .map(([id, row]) => {
      const { tooltip } = tree.resolveTreeItem(tree.getTreeItem(id), id);
      return JSON.stringify([row, tooltip instanceof MarkdownString ? tooltip.value : tooltip]);
    })
    .join('\n');

/** All that this connection left for a person, a file or an assistant to see. */
async function shownAnywhere(running: App): Promise<Record<string, string>> {
  const { analyst, memory, notifier, poller, statusBar } = running;
  const { report } = analyst;
  assert.ok(report);
  const [queue] = report.queues;
  const copied = async (command: string, row: string) => {
    await commands.executeCommand(command, row);
    return env.clipboard.readText();
  };
  await commands.executeCommand('backpressure.writeIssue');
  const issue = window.activeTextEditor?.document.getText() ?? '';
  const tool = async (name: string) => {
    const { content } = await lm.invokeTool(name, { input: {}, toolInvocationToken: undefined });
    return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
  };
  return {
    tree: treeText(running),
    settings: connectionsText(),
    'status bar': statusBar.text,
    issue,
    'command line of the broker': await copied('backpressure.copyCommandLine', 'broker:vault'),
    'command line of a queue': await copied('backpressure.copyCommandLine', `queue:${queue?.id ?? ''}`),
    'row of the report': await copied('backpressure.copyReportRow', `queue:${queue?.id ?? ''}`),
    'report as HTML': renderHtml(report),
    'report as Markdown': renderMarkdown(report),
    'report as JSON': renderJson(report),
    'what the page gets': JSON.stringify([report, analyst.history(), analyst.status, analyst.last]),
    recording: poller.brokers
      .flatMap(({ history }) => (history.latest ? recordingLine(history.latest) : []))
      .join('\n'),
    'what the workspace remembers': JSON.stringify(memory.keys().map((key) => [key, memory.get(key)])),
    messages: `${notifier.told.length} messages: ${notifier.told.join('\n')}`,
    'a tool for assistants': await tool('backpressure_list_queues'),
  };
}
