import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { asked, type PlacedReference } from '../../../src/protocol/references';
import { TestClient } from '../../harness/languageServer';
import { folder, projectRoot, runFolder } from '../../harness/tools';

const dist = folder(runFolder, 'server');

beforeAll(async () => {
  const modules = path.join(projectRoot, 'node_modules');
  await build({
    entryPoints: ['main', 'indexWorker'].map((name) => path.join(projectRoot, 'src/server', `${name}.ts`)),
    outdir: dist,
    bundle: true,
    platform: 'node',
    target: 'node20',
    alias: { 'web-tree-sitter': path.join(modules, 'web-tree-sitter/web-tree-sitter.cjs') },
    logLevel: 'error',
  });
  const grammars = folder(dist, 'grammars');
  cpSync(path.join(modules, 'web-tree-sitter/web-tree-sitter.wasm'), path.join(grammars, 'web-tree-sitter.wasm'));
  const go = 'tree-sitter-go.wasm';
  cpSync(path.join(modules, '@vscode/tree-sitter-wasm/wasm', go), path.join(grammars, go));
});

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let child: ChildProcess | null = null;
afterEach(() => child?.kill());

async function launched(folders: string[] = []): Promise<{ client: TestClient; exit: Promise<number | null> }> {
  const started = spawn(process.execPath, [path.join(dist, 'main.js'), '--stdio'], { stdio: 'pipe' });
  child = started;
  const exit = once(started, 'exit').then(([code]) => code as number | null);
  const rpc = createMessageConnection(new StreamMessageReader(started.stdout), new StreamMessageWriter(started.stdin));
  const client = new TestClient(rpc);
  await client.start({ folders });
  return { client, exit };
}

it('answers from a process of its own and ends with 0 after shutdown and exit', async () => {
  const { client, exit } = await launched();
  await client.open(
    'file:///a.go',
    'package a\nfunc f(l net.Listener) {\n\tfor {\n\t\tc, _ := l.Accept()\n\t\tgo serve(c)\n\t}\n}\n',
  );
  expect(await client.lenses('file:///a.go')).toEqual([{ line: 4, title: 'unbounded: one goroutine per connection' }]);
  await client.rpc.sendRequest('shutdown');
  await client.rpc.sendNotification('exit');
  expect(await exit).toBe(0);
});

it('ends with 1 when it is told to exit without a shutdown', async () => {
  const { client, exit } = await launched();
  await client.rpc.sendNotification('exit');
  expect(await exit).toBe(1);
});

it('reads the workspace on a thread that ends, with what is typed in its documents', async () => {
  const workspace = mkdtempSync(path.join(tmpdir(), 'workspace-'));
  const names = path.join(workspace, 'names.go');
  writeFileSync(names, 'package main\n\nconst topic = "saved"\n');
  const reader =
    'package main\n\nimport "github.com/segmentio/kafka-go"\n\nvar r = kafka.NewReader(kafka.ReaderConfig{Topic: topic, GroupID: "g"})\n';
  writeFileSync(path.join(workspace, 'main.go'), reader);
  const { client } = await launched([workspace]);
  const queues = async () =>
    (await client.rpc.sendRequest<PlacedReference[]>(asked.ofWorkspace.method)).map(
      ({ path: file, destination }) => `${file} ${destination ?? ''}`,
    );
  const threads = () => readdirSync(`/proc/${child?.pid ?? ''}/task`).length;
  await client.open(pathToFileURL(names).href, 'package main\n\nconst topic = "typed"\n\nfunc f() { go f() }\n');
  // It reads a grammar, for which Node starts the threads that read files.
  await client.lenses(pathToFileURL(names).href);
  const before = threads();
  expect(await queues()).toEqual(['main.go typed']);
  expect(threads()).toBeLessThanOrEqual(before);
});
