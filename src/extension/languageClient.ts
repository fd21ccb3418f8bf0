import {
  EventEmitter,
  Uri,
  workspace,
  type Diagnostic,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type OutputChannel,
  type TextDocument,
} from 'vscode';
import type { LanguageClient, Middleware } from 'vscode-languageclient/node';
import { withCursorAtReason } from './code/reason';
import { Owner } from './owner';
import { settings } from './settings';

type ProvideDiagnostics = NonNullable<Middleware['provideDiagnostics']>;
type DiagnosticReport = Awaited<ReturnType<ProvideDiagnostics>>;

/** Languages that the server reads, as the editor names them. */
export const sourceLanguages = [
  'go',
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'python',
  'java',
  'rust',
  'csharp',
];

/** A file of alert rules: other YAML alone does not start the server. */
const isRuleFile = (document: TextDocument) =>
  document.languageId === 'yaml' && /^[ \t-]*alert:/m.test(document.getText());

/** The language server in a process of its own, started when the first file it knows is opened, or a question asked. */
export class Hints implements Disposable {
  readonly #owner = new Owner();
  readonly #referencesChanged = this.#owner.own(new EventEmitter<void>());
  #client: Promise<LanguageClient> | null = null;

  /** Sets what a problem in a document weighs at the moment. */
  weigh: (document: TextDocument, diagnostics: readonly Diagnostic[]) => Promise<Diagnostic[]> = (_document, given) =>
    Promise.resolve([...given]);

  /** The queues that the workspace's code names are others. */
  readonly onReferencesChanged = this.#referencesChanged.event;

  constructor(
    private readonly context: ExtensionContext,
    private readonly log: LogOutputChannel,
  ) {
    this.#owner.own(workspace.onDidOpenTextDocument(() => this.#adjust()));
    this.#owner.own(
      workspace.onDidChangeConfiguration((change) => {
        if (['hints', 'liveFigures'].some((name) => change.affectsConfiguration(`backpressure.${name}`)))
          this.#adjust();
      }),
    );
    this.#owner.own({ dispose: () => this.#stop() });
    this.#adjust();
  }

  /** Is the server running, or about to? */
  get started(): boolean {
    return this.#client !== null;
  }

  /** Is that a document that the server reads? */
  reads({ languageId, uri }: TextDocument): boolean {
    return this.started && uri.scheme === 'file' && sourceLanguages.includes(languageId);
  }

  /** Has a document's problems judged again. */
  async judgeAgain(document: TextDocument): Promise<void> {
    const client = await this.#client;
    const feature = client?.getFeature('textDocument/diagnostic');
    feature?.getProvider(document)?.onDidChangeDiagnosticsEmitter.fire();
  }

  /** Asks the server something of ours, and starts it where it does not run. @throws what the server answers with, or when it cannot start */
  async ask(method: string, params: object): Promise<unknown> {
    const client = await (this.#client ??= this.#start());
    return client.sendRequest(method, params);
  }

  dispose(): void {
    this.#owner.dispose();
  }

  #adjust(): void {
    const isWanted = settings.hints() || settings.liveFigures();
    const isOpen = workspace.textDocuments.some(
      (document) => sourceLanguages.includes(document.languageId) || isRuleFile(document),
    );
    if (isWanted && isOpen) {
      this.#client ??= this.#start();
      this.#client.catch((error: unknown) => this.log.error(`the language server did not start: ${String(error)}`));
    } else if (!isWanted) this.#stop();
  }

  async #start(): Promise<LanguageClient> {
    const { LanguageClient, TransportKind, referencesChanged } = await import('./later');
    const module = Uri.joinPath(this.context.extensionUri, 'dist', 'server.js').fsPath;
    const client = new LanguageClient(
      'backpressure',
      'Backpressure Hints',
      { module, transport: TransportKind.ipc },
      {
        documentSelector: [...sourceLanguages, 'yaml'].map((language) => ({ language, scheme: 'file' })),
        outputChannel: this.#untilTheEnd(),
        middleware: {
          provideDiagnostics: (document, ...rest) => this.#weighed(document, ...rest),
          provideCodeActions: async (document, range, context, token, next) =>
            (await next(document, range, context, token))?.map(withCursorAtReason),
          workspace: {
            // The setting that ends the server is told to it after its end.
            didChangeConfiguration: (sections, next) => (this.#client === null ? Promise.resolve() : next(sections)),
          },
        },
      },
    );
    client.onNotification(referencesChanged, () => this.#referencesChanged.fire());
    await client.start();
    this.log.info('the language server runs');
    return client;
  }

  async #weighed(...[document, before, token, next]: Parameters<ProvideDiagnostics>): Promise<DiagnosticReport> {
    const report = await next(document, before, token);
    if (!report || !('items' in report) || !('languageId' in document)) return report;
    return { ...report, items: await this.weigh(document, report.items) };
  }

  /** The log, for as long as it is open: a server that is ended together with the window still has its last words. */
  #untilTheEnd(): OutputChannel {
    const { log } = this;
    const whileOpen = (write: () => void) => {
      if (!this.#owner.ended) write();
    };
    return {
      ...log,
      append: (text) => whileOpen(() => log.append(text)),
      appendLine: (text) => whileOpen(() => log.appendLine(text)),
      dispose: () => undefined,
    };
  }

  #stop(): void {
    const client = this.#client;
    this.#client = null;
    void client?.then((running) => running.dispose()).catch(() => undefined);
  }
}
