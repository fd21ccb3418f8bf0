import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CancellationTokenSource, type CodeAction } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, describe, expect, it } from 'vitest';
import { asked } from '../../../src/protocol/references';
import { serverInProcess, type ClientOptions, type TestClient } from '../../harness/languageServer';
import { folder, runFolder } from '../../harness/tools';
import { installedBinary } from '../../harness/hazardEngine';

const uri = 'file:///orders/consumer.go';
const consumer = `package orders

import "github.com/segmentio/kafka-go"

func consume(reader *kafka.Reader) {
	for {
		message, err := reader.FetchMessage(ctx)
		if err != nil {
			return
		}
		go func() {
			handle(message)
		}()
	}
}
`;
const spawnLine = 10;
const lens = { line: spawnLine, title: 'unbounded: one goroutine per message' };

let close: () => void = () => undefined;
afterEach(() => close());

async function started(options: ClientOptions = {}, load = installedBinary): Promise<TestClient> {
  const server = serverInProcess(load);
  close = server.close;
  await server.client.start(options);
  return server.client;
}

describe('the language server', () => {
  it('loads nothing before the first Go document with a goroutine in it', async () => {
    const loaded: string[] = [];
    const client = await started({}, (name) => {
      loaded.push(name);
      return installedBinary(name);
    });
    await client.open('file:///a.txt', 'go on', 'plaintext');
    await client.open('file:///b.go', 'package b\n');
    expect(await client.lenses('file:///a.txt')).toEqual([]);
    expect(await client.lenses('file:///b.go')).toEqual([]);
    expect(loaded).toEqual([]);
    await client.open(uri, consumer);
    expect(await client.lenses(uri)).toEqual([lens]);
    expect(loaded).toEqual(['web-tree-sitter.wasm', 'tree-sitter-go.wasm']);
  });

  it('answers about unsaved text: the lens goes when a permit is typed and comes back without it', async () => {
    const client = await started();
    await client.open(uri, consumer);
    expect(await client.lenses(uri)).toEqual([lens]);
    await client.edit(uri, 2, [spawnLine, 0, spawnLine, 0], '\t\tslots <- struct{}{}\n');
    expect(await client.lenses(uri)).toEqual([]);
    await client.edit(uri, 3, [spawnLine, 0, spawnLine + 1, 0], '');
    expect(await client.lenses(uri)).toEqual([lens]);
  });

  it('keeps a lens on its line while the function around it is half-typed', async () => {
    const client = await started();
    await client.open(uri, consumer);
    await client.lenses(uri);
    await client.edit(uri, 2, [9, 3, 9, 3], '\n\t\tif (broken[ {');
    expect(await client.lenses(uri)).toEqual([{ ...lens, line: spawnLine + 1 }]);
    await client.edit(uri, 3, [10, 0, 11, 0], '');
    expect(await client.lenses(uri)).toEqual([lens]);
    await client.edit(uri, 4, [spawnLine, 0, spawnLine + 3, 0], '');
    expect(await client.lenses(uri)).toEqual([]);
  });

  it('shows no lens where a comment says what bounds it', async () => {
    const client = await started();
    const explained = consumer.replace(
      '\t\tgo func',
      '\t\t// backpressure: bounded-by the window of the sender\n\t\tgo func',
    );
    await client.open(uri, explained);
    expect(await client.lenses(uri)).toEqual([]);
  });

  it('explains itself on hover, with the code as code and everything else escaped', async () => {
    const client = await started();
    await client.open(uri, consumer.replace('FetchMessage(ctx)', 'FetchMessage(/* <img src=x> */ ctx)'));
    const hover = await client.rpc.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
      textDocument: { uri },
      position: { line: spawnLine, character: 3 },
    });
    const text = hover.contents.value;
    expect(text).toContain('unbounded: one goroutine per message'.replace(':', '\\:'));
    expect(text).toContain('`reader.FetchMessage(/* <img src=x> */ ctx)`');
    expect(text).toContain('errgroup SetLimit');
    expect(text).toContain('backpressure: bounded-by <reason>');
    expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/<(?!reason)/);
    const beside = { textDocument: { uri }, position: { line: spawnLine + 1, character: 3 } };
    expect(await client.rpc.sendRequest('textDocument/hover', beside)).toBeNull();
  });

  it('offers a fix at the place, for the text as it is now', async () => {
    const client = await started();
    await client.open(uri, consumer);
    const actionsAt = (line: number) =>
      client.rpc.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line, character: 0 }, end: { line, character: 0 } },
        context: { diagnostics: [] },
      });
    const [action] = await actionsAt(spawnLine);
    expect(action).toMatchObject({ title: expect.stringContaining('semaphore') as string, isPreferred: true });
    const [change] = action?.edit?.documentChanges ?? [];
    expect(change).toMatchObject({ textDocument: { uri, version: 1 } });
    const edits = change && 'edits' in change ? change.edits : [];
    expect(edits.map(({ range }) => range.start.line)).toEqual([5, spawnLine, spawnLine]);
    expect(await actionsAt(spawnLine + 1)).toEqual([]);
  });

  it('says with each lens where its place is', async () => {
    const client = await started();
    await client.open(uri, consumer);
    const [first] = await client.rpc.sendRequest<object[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(first).toMatchObject({
      range: { start: { line: spawnLine, character: 2 }, end: { line: spawnLine, character: 13 } },
      command: { command: 'backpressure.showHazard', arguments: [{ uri, line: spawnLine, character: 2 }] },
    });
  });

  it('gives diagnostics to clients that ask, and offers them only to those', async () => {
    const client = await started({ capabilities: { textDocument: { diagnostic: {} } } });
    await client.open(uri, consumer);
    const report = await client.rpc.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    expect(report).toMatchObject({
      kind: 'full',
      items: [{ code: 'go/unbounded-spawn', range: { start: { line: spawnLine, character: 2 } } }],
    });
    expect(client.diagnostics).toEqual([]);
  });

  it('takes severities and rules that are off from the settings, and from the file above, which goes before', async () => {
    const root = mkdtempSync(path.join(folder(runFolder, 'server'), 'rules-'));
    const file = pathToFileURL(path.join(root, 'a.go')).href;
    let rules: unknown = { 'go/unbounded-spawn': 'off' };
    const capabilities = { workspace: { configuration: true, codeLens: { refreshSupport: true } } };
    const client = await started({ capabilities, configuration: () => ({ rules }), folders: [root] });
    await client.until(() => client.refreshed === 1);
    await client.open(file, consumer);
    expect(await client.lenses(file)).toEqual([]);
    rules = { 'go/unbounded-spawn': 'nonsense' };
    await client.rpc.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.refreshed === 2);
    expect(await client.lenses(file)).toEqual([lens]);
    writeFileSync(path.join(root, '.backpressurerc'), 'rules: { go/unbounded-spawn: off }\n');
    const change = { uri: pathToFileURL(path.join(root, '.backpressurerc')).href, type: 1 };
    await client.rpc.sendNotification('workspace/didChangeWatchedFiles', { changes: [change] });
    await client.until(() => client.refreshed === 3);
    expect(await client.lenses(file)).toEqual([]);
  });

  it('tells whoever shows the hazards of an open file elsewhere what fixes them', async () => {
    const client = await started();
    await client.open(uri, consumer);
    const told = await client.rpc.sendRequest(asked.hazardsOfFile.method, { file: fileURLToPath(uri) });
    expect(told).toMatchObject([{ rule: 'go/unbounded-spawn', fixes: [expect.stringMatching(/at most/)] }]);
  });

  it('fixes all places of a rule in a file at once', async () => {
    const capabilities = { textDocument: { codeAction: { resolveSupport: { properties: ['edit'] } } } };
    const client = await started({ capabilities });
    const body = '\tfor job := range jobs {\n\t\tgo func() {\n\t\t\tjob.Run()\n\t\t}()\n\t}\n';
    const text = `package a\n\nfunc f(jobs chan Job) {\n${body}}\n\nfunc g(jobs chan Job) {\n${body}}\n`;
    await client.open(uri, text);
    const position = { line: 4, character: 2 };
    const actions = await client.rpc.sendRequest<CodeAction[]>('textDocument/codeAction', {
      ...{ textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } },
    });
    const all = actions.find(({ title }) => title === 'Fix all 2 of go/unbounded-spawn in this file');
    expect(all?.edit).toBeUndefined();
    const { edit } = await client.rpc.sendRequest<CodeAction>('codeAction/resolve', all);
    const [change] = edit?.documentChanges ?? [];
    const document = TextDocument.create(uri, 'go', 1, text);
    const changed = TextDocument.applyEdits(document, change && 'edits' in change ? change.edits : []);
    expect(changed.match(/ := make\(chan struct\{\}, 8\)/g)).toHaveLength(2);
    expect(changed).toContain('permits <- struct{}{}');
  });

  it('offers to say in a comment what bounds a place, last and once; without a reason it does not count', async () => {
    const client = await started();
    await client.open(uri, consumer);
    const actionsAt = (line: number, endLine = line) =>
      client.rpc.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line, character: 0 }, end: { line: endLine, character: 0 } },
        context: { diagnostics: [] },
      });
    const last = (await actionsAt(spawnLine)).at(-1);
    expect(last).toMatchObject({ title: 'Say what bounds it, in a comment', data: { asksReason: true } });
    expect(last).not.toHaveProperty('isPreferred');
    const [change] = last?.edit?.documentChanges ?? [];
    const [edit] = change && 'edits' in change ? change.edits : [];
    const start = { line: spawnLine, character: 0 };
    expect(edit).toEqual({ range: { start, end: start }, newText: '\t\t// backpressure: bounded-by \n' });
    await client.edit(uri, 2, [spawnLine, 0, spawnLine, 0], edit?.newText ?? '');
    expect(await client.lenses(uri)).toEqual([{ ...lens, line: spawnLine + 1 }]);
    const titles = (await actionsAt(spawnLine + 1)).map(({ title }) => title);
    expect(titles).not.toContain(last?.title);
    await client.edit(uri, 3, [spawnLine, 30, spawnLine, 30], 'a limit of 8 of the sender');
    expect(await client.lenses(uri)).toEqual([]);
    expect(await actionsAt(0, spawnLine + 2)).toEqual([]);
    await client.edit(uri, 4, [spawnLine, 30, spawnLine, 56], '');
    expect(await client.lenses(uri)).toEqual([{ ...lens, line: spawnLine + 1 }]);
  });

  it('says where an explanation explains nothing, or gives no reason', async () => {
    const client = await started();
    const said = (reason: string, body: string) =>
      `package a\n\nfunc f() {\n\t// backpressure: bounded-by ${reason}\n\t${body}\n}\n`;
    await client.open(uri, said('four partitions', 'handle()'));
    await client.until(() => client.diagnostics.length === 1);
    const range = { start: { line: 3, character: 1 } };
    expect(client.diagnostics[0]?.diagnostics).toMatchObject([{ code: 'bounded-by', range, severity: 3, tags: [1] }]);
    await client.open('file:///bare.go', said('', 'go handle()'));
    await client.until(() => client.diagnostics.length === 2);
    expect(client.diagnostics[1]?.diagnostics[0]?.message).toContain('gives no reason');
  });

  it('sends diagnostics to other clients, for what is proven only, and clears them on close', async () => {
    const client = await started();
    await client.open(
      'file:///hint.go',
      'package a\nfunc f(jobs chan Job) {\n\tfor job := range jobs {\n\t\tgo job.Run()\n\t}\n}\n',
    );
    await client.open(uri, consumer);
    await client.until(() => client.diagnostics.length === 2);
    expect(client.diagnostics[0]).toMatchObject({ uri: 'file:///hint.go', diagnostics: [] });
    expect(client.diagnostics[1]).toMatchObject({ uri, version: 1, diagnostics: [{ code: 'go/unbounded-spawn' }] });
    expect(await client.lenses('file:///hint.go')).toEqual([{ line: 3, title: 'unbounded: one goroutine per value' }]);
    await client.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.until(() => client.diagnostics.length === 3);
    expect(client.diagnostics[2]).toMatchObject({ uri, diagnostics: [] });
  });

  it('drops a cancelled request and reads nothing for it', async () => {
    const loaded: string[] = [];
    const client = await started({ capabilities: { textDocument: { diagnostic: {} } } }, (name) => {
      loaded.push(name);
      return installedBinary(name);
    });
    await client.open(uri, consumer);
    const source = new CancellationTokenSource();
    const request = client.rpc.sendRequest('textDocument/codeLens', { textDocument: { uri } }, source.token);
    source.cancel();
    await expect(request).rejects.toMatchObject({ code: -32800 });
    expect(loaded).toEqual([]);
  });

  it('answers for the newest text when edits overtake a request', async () => {
    const client = await started();
    await client.open(uri, consumer);
    const asked = client.lenses(uri);
    void client.edit(uri, 2, [0, 0, 0, 0], '// One line more.\n');
    const first = await asked;
    expect([[lens], [{ ...lens, line: spawnLine + 1 }]]).toContainEqual(first);
    expect(await client.lenses(uri)).toEqual([{ ...lens, line: spawnLine + 1 }]);
  });

  it('answers for the newest text when it changes while the grammar is loading', async () => {
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (finish = resolve));
    let begun: () => void = () => undefined;
    const begins = new Promise<void>((resolve) => (begun = resolve));
    const client = await started({}, async (name) => {
      begun();
      await held;
      return installedBinary(name);
    });
    await client.open(uri, consumer);
    const asked = client.lenses(uri);
    await begins;
    await client.edit(uri, 2, [0, 0, 0, 0], '// One line more.\n');
    await client.rpc.sendRequest('textDocument/hover', {
      textDocument: { uri: 'file:///none' },
      position: { line: 0, character: 0 },
    });
    finish();
    expect(await asked).toEqual([{ ...lens, line: spawnLine + 1 }]);
  });

  it('follows the setting that switches hints off and on', async () => {
    let enabled = false;
    const client = await started({
      capabilities: { workspace: { configuration: true, codeLens: { refreshSupport: true } } },
      configuration: () => ({ hints: { enabled } }),
    });
    await client.until(() => client.refreshed === 1);
    await client.open(uri, consumer);
    expect(await client.lenses(uri)).toEqual([]);
    enabled = true;
    await client.rpc.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => client.refreshed === 2);
    expect(await client.lenses(uri)).toEqual([lens]);
  });

  it('does not read a text of more than 2 MB, and says why once', async () => {
    const client = await started();
    await client.open(uri, `${consumer}//${'x'.repeat(2 * 1024 * 1024)}\n`);
    expect(await client.lenses(uri)).toEqual([]);
    await client.edit(uri, 2, [0, 0, 0, 0], '//\n');
    expect(await client.lenses(uri)).toEqual([]);
    expect(client.log).toEqual([`${uri} is not read: longer than 2 MB`]);
  });

  it('goes on without hints, and says so, when a grammar cannot be loaded', async () => {
    const client = await started({}, () => Promise.reject(new Error('no such file')));
    await client.open(uri, consumer);
    expect(await client.lenses(uri)).toEqual([]);
    await client.until(() => client.log.length > 0);
    expect(client.log[0]).toContain('no such file');
    expect(await client.lenses('file:///none.go')).toEqual([]);
  });
});
