import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { TestClient } from '../../harness/languageServer';
import { folder, projectRoot, runFolder } from '../../harness/tools';

const dist = folder(runFolder, 'server');

beforeAll(async () => {
  const modules = path.join(projectRoot, 'node_modules');
  await build({
    entryPoints: [path.join(projectRoot, 'src/server/main.ts')],
    outfile: path.join(dist, 'server.cjs'),
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

async function launched(): Promise<{ client: TestClient; exit: Promise<number | null> }> {
  const started = spawn(process.execPath, [path.join(dist, 'server.cjs'), '--stdio'], { stdio: 'pipe' });
  child = started;
  const exit = once(started, 'exit').then(([code]) => code as number | null);
  const rpc = createMessageConnection(new StreamMessageReader(started.stdout), new StreamMessageWriter(started.stdin));
  const client = new TestClient(rpc);
  await client.start();
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
