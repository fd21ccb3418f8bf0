import { Uri, workspace, type Disposable, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { Owner } from './owner';
import { settings } from './settings';

const languages = ['go', 'javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'python'];

/** The language server in a process of its own, started when the first file it knows is opened. */
export class Hints implements Disposable {
  readonly #owner = new Owner();
  #client: Promise<LanguageClient> | null = null;

  constructor(
    private readonly context: ExtensionContext,
    private readonly log: LogOutputChannel,
  ) {
    this.#owner.own(workspace.onDidOpenTextDocument(() => this.#adjust()));
    this.#owner.own(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('backpressure.hints')) this.#adjust();
      }),
    );
    this.#owner.own({ dispose: () => this.#stop() });
    this.#adjust();
  }

  /** Is the server running, or about to? */
  get started(): boolean {
    return this.#client !== null;
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #adjust(): void {
    const wanted = settings.hints() && workspace.textDocuments.some(({ languageId }) => languages.includes(languageId));
    if (wanted) {
      this.#client ??= this.#start();
      this.#client.catch((error: unknown) => this.log.error(`the language server did not start: ${String(error)}`));
    } else if (!settings.hints()) this.#stop();
  }

  async #start(): Promise<LanguageClient> {
    const { LanguageClient, TransportKind } = await import('./later');
    const module = Uri.joinPath(this.context.extensionUri, 'dist', 'server.js').fsPath;
    const client = new LanguageClient(
      'backpressure',
      'Backpressure Hints',
      { module, transport: TransportKind.ipc },
      { documentSelector: languages.map((language) => ({ language, scheme: 'file' })), outputChannel: this.log },
    );
    await client.start();
    this.log.info('the language server runs');
    return client;
  }

  #stop(): void {
    const client = this.#client;
    this.#client = null;
    void client?.then((running) => running.dispose()).catch(() => undefined);
  }
}
