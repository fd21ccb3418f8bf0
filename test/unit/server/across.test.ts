import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { serverInProcess, type TestClient } from '../../harness/languageServer';
import { installedBinary } from '../../harness/hazardEngine';
import { packages } from '../hazards/across/packages';

vi.setConfig({ testTimeout: 60_000 });

const [shop] = packages;
const worker = 'shop/worker.py';
const consume = 'shop/consume.py';

let folder: string;
let client: TestClient;
let close: () => void;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'across-'));
  for (const [file, text] of Object.entries(shop?.files ?? {})) write(file, text);
  ({ client, close } = serverInProcess(installedBinary));
  await client.start({ folders: [folder] });
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}
const uriOf = (file: string) => pathToFileURL(path.join(folder, file)).href;
const lastOf = (file: string) => client.diagnostics.filter(({ uri }) => uri === uriOf(file)).at(-1)?.diagnostics ?? [];

it('shows in one document what only another file calls for each message, and follows that file', async () => {
  await client.open(uriOf(worker), shop?.files[worker] ?? '', 'python');
  await client.until(() => lastOf(worker).length === 1);
  expect(lastOf(worker)[0]?.message).toContain(shop?.way ?? '?');

  await client.open(uriOf(consume), shop?.bounded[consume] ?? '', 'python');
  await client.until(() => lastOf(worker).length === 0);

  await client.rpc.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(consume) } });
  await client.until(() => lastOf(worker).length === 1);
});
