import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createConnection,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-languageserver/node';
import type { StartIndexing } from '../../src/server/indexing';
import { LanguageServer } from '../../src/server/server';
import type { LoadBinary } from '../../src/hazards/engine';

/** What a client in a test says it can do; the same names as in the protocol. */
export interface ClientOptions {
  capabilities?: object;
  /** Answers `workspace/configuration`. */
  configuration?: () => unknown;
  /** Absolute paths. */
  folders?: readonly string[];
}

/** An editor's end of a connection to the server: the real protocol over two streams, and no editor. */
export class TestClient {
  readonly log: string[] = [];
  readonly diagnostics: { uri: string; version?: number; diagnostics: { code: string; message: string }[] }[] = [];
  refreshed = 0;
  /** How often it was told that the references of the workspace changed. */
  referencesChanged = 0;
  #heard: (() => void)[] = [];

  constructor(readonly rpc: MessageConnection) {}

  async start({ capabilities = {}, configuration = () => null, folders = [] }: ClientOptions = {}): Promise<unknown> {
    this.rpc.onRequest('workspace/configuration', () => [configuration()]);
    this.rpc.onRequest('client/registerCapability', () => null);
    this.rpc.onRequest('workspace/codeLens/refresh', () => {
      this.refreshed++;
      this.#tell();
      return null;
    });
    this.rpc.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
      this.#tell();
    });
    this.rpc.onNotification('textDocument/publishDiagnostics', (params: TestClient['diagnostics'][number]) => {
      this.diagnostics.push(params);
      this.#tell();
    });
    this.rpc.onNotification('backpressure/referencesChanged', () => {
      this.referencesChanged++;
      this.#tell();
    });
    this.rpc.listen();
    const workspaceFolders = folders.map((folder) => ({
      uri: pathToFileURL(folder).href,
      name: path.basename(folder),
    }));
    const params = { processId: null, rootUri: null, capabilities, workspaceFolders };
    const answer = await this.rpc.sendRequest('initialize', params);
    await this.rpc.sendNotification('initialized', {});
    return answer;
  }

  /** Waits until something the server told makes the condition true. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#heard.push(resolve));
  }

  open(uri: string, text: string, languageId = 'go'): Promise<void> {
    return this.rpc.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** One incremental edit: `text` in place of the range between the two positions (from 0). */
  edit(uri: string, version: number, [line, character, endLine, endCharacter]: Place, text: string): Promise<void> {
    const range = { start: { line, character }, end: { line: endLine, character: endCharacter } };
    return this.rpc.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  async lenses(uri: string): Promise<{ line: number; title: string }[]> {
    const lenses = await this.rpc.sendRequest<Lens[]>('textDocument/codeLens', { textDocument: { uri } });
    return lenses.map(({ range, command }) => ({ line: range.start.line, title: command.title }));
  }

  #tell(): void {
    for (const go of this.#heard.splice(0)) go();
  }
}

type Place = [line: number, character: number, endLine: number, endCharacter: number];

interface Lens {
  range: { start: { line: number; character: number }; end: { line: number; character: number } };
  command: { title: string; command: string; arguments: unknown[] };
}

/** A server in this process at the other end of two streams. Never send it `exit`: that would end this process. */
export function serverInProcess(
  load: LoadBinary,
  startIndexing: StartIndexing | null = null,
): { client: TestClient; close: () => void } {
  const up = new PassThrough();
  const down = new PassThrough();
  const connection = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  LanguageServer.create(connection, load, startIndexing);
  connection.listen();
  const client = new TestClient(createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up)));
  return {
    client,
    close: () => {
      client.rpc.dispose();
      connection.dispose();
    },
  };
}
