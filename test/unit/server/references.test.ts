import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asked, type PlacedReference } from '../../../src/protocol/references';
import { serverInProcess, type TestClient } from '../../harness/languageServer';
import { installedBinary } from '../../harness/hazardEngine';

const consumer = (topic: string) => `from kafka import KafkaConsumer
consumer = KafkaConsumer(${topic}, group_id="billing")
`;

let folder: string;
let client: TestClient;
let close: () => void;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'references-'));
  const server = serverInProcess(installedBinary);
  ({ client, close } = server);
  write('billing/app.py', consumer('"orders"'));
  write('node_modules/library/consumer.py', consumer('"theirs"'));
  write('tests/test_billing.py', consumer('"tried"'));
  await client.start({ folders: [folder] });
});
afterEach(() => {
  close();
  rmSync(folder, { recursive: true });
});

function write(file: string, text: string): string {
  const full = path.join(folder, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}
const uriOf = (file: string) => pathToFileURL(path.join(folder, file)).href;
const all = async () => asked.ofWorkspace.answer.parse(await client.rpc.sendRequest(asked.ofWorkspace.method));
const inWords = (each: PlacedReference) =>
  `${each.path}:${each.line} ${each.role} ${each.destination ?? '?'} ${each.group ?? ''}`;
const said = (references: readonly PlacedReference[]) => references.map(inWords);
const told = (...files: string[]) =>
  client.rpc.sendNotification('workspace/didChangeWatchedFiles', {
    changes: files.map((file) => ({ uri: uriOf(file), type: 2 })),
  });

describe('the index of queues that source names', () => {
  it('has the files that a scan reads, and no tests or other people’s packages', async () => {
    expect(said(await all())).toEqual(['billing/app.py:2 consume orders billing']);
  });

  it('follows files that are written, made and removed outside of the editor', async () => {
    await all();
    write('billing/app.py', `\n${consumer('"paid"')}`);
    write('shipping/app.py', consumer('"shipped"'));
    await told('billing/app.py', 'shipping/app.py');
    await client.until(() => client.referencesChanged === 2);
    expect(said(await all())).toEqual([
      'billing/app.py:3 consume paid billing',
      'shipping/app.py:2 consume shipped billing',
    ]);
    rmSync(path.join(folder, 'billing'), { recursive: true });
    expect(said(await all())).toEqual(['shipping/app.py:2 consume shipped billing']);
  });

  it('is read here when the thread that should read it ends', async () => {
    const end = vi.fn(() => Promise.resolve());
    const failing = { tell: () => Promise.reject(new Error('no memory')), end };
    close();
    ({ client, close } = serverInProcess(installedBinary, () => failing));
    await client.start({ folders: [folder] });
    expect(said(await all())).toEqual(['billing/app.py:2 consume orders billing']);
    expect(end).toHaveBeenCalledOnce();
    expect(client.log.join('\n')).toContain('files are read without a thread: Error: no memory');
  });

  it('counts what is typed, and what is saved once the document is closed', async () => {
    await all();
    await client.open(uriOf('billing/app.py'), consumer('"typed"'), 'python');
    await client.until(() => client.referencesChanged === 1);
    expect(said(await all())).toEqual(['billing/app.py:2 consume typed billing']);
    await client.rpc.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf('billing/app.py') } });
    await client.until(() => client.referencesChanged === 2);
    expect(said(await all())).toEqual(['billing/app.py:2 consume orders billing']);
  });

  it('counts what is typed already when it is first asked', async () => {
    await client.open(uriOf('billing/app.py'), consumer('"typed"'), 'python');
    expect(said(await all())).toEqual(['billing/app.py:2 consume typed billing']);
  });

  it('reads names that a Compose file gives the program of a folder, and again when that changes', async () => {
    const compose = (topic: string) =>
      `services:\n  billing:\n    build: billing\n    environment: { TOPIC: ${topic} }\n`;
    write('compose.yml', compose('orders.eu'));
    write('billing/app.py', `import os\n${consumer('os.environ["TOPIC"]')}`);
    write('shipping/app.py', `import os\n${consumer('os.environ["TOPIC"]')}`);
    await told('compose.yml');
    const consumed = ['billing/app.py:3 consume orders.eu billing', 'shipping/app.py:3 consume ? billing'];
    expect(said(await all())).toEqual(consumed);
    write('compose.yml', compose('orders.us'));
    await told('compose.yml');
    expect(said(await all())[0]).toBe('billing/app.py:3 consume orders.us billing');
  });

  it('reads names from a .env file, and again when that changes', async () => {
    write('.env', 'TOPIC=orders.eu\n');
    write('billing/app.py', `import os\n${consumer('os.environ["TOPIC"]')}`);
    await told('.env');
    expect(said(await all())).toEqual(['billing/app.py:3 consume orders.eu billing']);
    write('.env', 'TOPIC=orders.us\n');
    await told('.env');
    await client.until(() => client.referencesChanged === 1);
    expect(said(await all())).toEqual(['billing/app.py:3 consume orders.us billing']);
  });

  it('follows constants of another file, saved or typed, for files that are open and not', async () => {
    write('billing/topics.py', 'ORDERS = "orders.eu"\n');
    const text = `from .topics import ORDERS\n${consumer('ORDERS')}`;
    write('billing/app.py', text);
    write('shipping/app.py', text.replace('.topics', 'billing.topics'));
    const both = (topic: string) =>
      ['billing', 'shipping'].map((folder) => `${folder}/app.py:3 consume ${topic} billing`);
    expect(said(await all())).toEqual(both('orders.eu'));
    await client.open(uriOf('billing/app.py'), text, 'python');
    write('billing/topics.py', 'ORDERS = "orders.us"\n');
    await told('billing/topics.py');
    await client.until(() => client.referencesChanged === 2);
    expect(said(await all())).toEqual(both('orders.us'));
    await client.open(uriOf('billing/topics.py'), 'ORDERS = "orders.jp"\n', 'python');
    await client.until(() => client.referencesChanged === 4);
    expect(said(await all())).toEqual(both('orders.jp'));
    expect((await all()).map(({ origin }) => origin)).toEqual(['billing/topics.py:1', 'billing/topics.py:1']);
  });

  it('answers about one document as it is typed, and keeps still while it is half-typed', async () => {
    const uri = uriOf('billing/app.py');
    const ofDocument = async () =>
      asked.ofDocument.answer.parse(await client.rpc.sendRequest(asked.ofDocument.method, { uri }));
    expect(said((await ofDocument()) ?? [])).toEqual(['billing/app.py:2 consume orders billing']);
    await client.open(uri, consumer('"typed"'), 'python');
    expect(said((await ofDocument()) ?? [])).toEqual(['billing/app.py:2 consume typed billing']);
    await client.edit(uri, 2, [1, 20, 1, 20], '((');
    expect(await ofDocument()).toBeNull();
  });
});
