import assert from 'node:assert/strict';
import { commands, LanguageModelTextPart, lm, Uri, window, workspace } from 'vscode';
import { app, extension } from './support';

interface Tool {
  name: string;
  canBeReferencedInPrompt: boolean;
  modelDescription: string;
}
const contributed = () =>
  (extension().packageJSON as { contributes: { languageModelTools: Tool[] } }).contributes.languageModelTools;

/** Calls a tool as an assistant does; a test run of the editor asks nobody. */
async function call(name: string, input: object = {}): Promise<string> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
}

describe('the tools for assistants', () => {
  before(async () => {
    await app();
    await commands.executeCommand('backpressure.startDemo');
  });
  after(() => commands.executeCommand('backpressure.stopDemo'));

  it('are all registered, and can be named in a prompt', () => {
    const known = new Set(lm.tools.map(({ name }) => name));
    for (const { name, canBeReferencedInPrompt, modelDescription } of contributed()) {
      assert.ok(known.has(name), name);
      assert.ok(canBeReferencedInPrompt, name);
      assert.ok(modelDescription.length > 100, name);
    }
    assert.equal(contributed().length, 5);
  });

  it('analyze: the sentence with its figures', async () => {
    const text = await call('backpressure_analyze');
    assert.match(text, /payment\\?-processor is the bottleneck/);
    assert.ok(text.length <= 20_200);
  });

  it('list queues: only those that match, worst first', async () => {
    const all = await call('backpressure_list_queues');
    assert.match(all, /^\d+ queues\./);
    const rows = all.split('\n').slice(4);
    assert.match(rows[0] ?? '', /validated/);
    const some = await call('backpressure_list_queues', { match: 'ORDERS', limit: 1 });
    assert.match(some, /^1 queue\./);
  });

  it('recommend a strategy: ranked, each with what it costs', async () => {
    const text = await call('backpressure_recommend_strategy');
    assert.match(text, /^payment\\?-processor is the bottleneck[\s\S]*\n1\. [a-z-]+.*Trade-off: /);
  });

  it('scan source: the goroutine for each message, with its place', async () => {
    const text = await call('backpressure_scan_source');
    assert.match(text, /consumer\\\.go\\:\d+/, 'the place, escaped as Markdown');
    const refused = call('backpressure_scan_source', { path: '../..' });
    await assert.rejects(refused, /outside of the workspace/);
  });

  it('generate alerts: for what the exporter has, as text', async () => {
    const input = { target: 'keda', exporter: 'self' };
    const text = await call('backpressure_generate_alerts', input);
    assert.ok(text.length > 0 && text.length <= 20_200);
  });

  it('refuse what their schema does not know', async () => {
    await assert.rejects(call('backpressure_list_queues', { limit: 'many' }), /schema/);
  });
});

describe('help', () => {
  it('writes an issue with versions and without names, addresses or passwords', async () => {
    await commands.executeCommand('backpressure.addConnection', {
      name: 'secret-name',
      url: 'redis://:s3cret-word@127.0.0.1:1/0',
    });
    await commands.executeCommand('backpressure.writeIssue');
    const text = window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /Backpressure Analyzer \d+\.\d+\.\d+\n- VS Code \d+\.\d+/);
    assert.match(text, /- redis \(saved\): /);
    assert.doesNotMatch(text, /s3cret-word|secret-name|127\.0\.0\.1/);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await commands.executeCommand('backpressure.removeConnection', 'broker:secret-name');
  });

  it('has a picture for every step of the walkthrough, and a command behind every link', async () => {
    const { contributes } = extension().packageJSON as {
      contributes: {
        walkthroughs: { steps: { description: string; media: { image: Record<string, string>; altText: string } }[] }[];
        viewsWelcome: { contents: string }[];
      };
    };
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    for (const { media } of steps) {
      assert.deepEqual(Object.keys(media.image).sort(), ['dark', 'hc', 'hcLight', 'light']);
      for (const image of Object.values(media.image)) {
        const { size } = await workspace.fs.stat(Uri.joinPath(extension().extensionUri, image));
        assert.ok(size > 1000 && size < 100_000, `${image}: ${size} bytes`);
      }
      assert.ok(media.altText.length > 20);
    }
    const texts = [...steps.map(({ description }) => description), ...contributes.viewsWelcome.map((w) => w.contents)];
    const known = new Set(await commands.getCommands(true));
    const links = texts.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id ?? ''));
    assert.deepEqual(
      links.filter((id) => !known.has(id)),
      [],
    );
  });
});
