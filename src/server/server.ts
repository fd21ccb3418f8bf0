import {
  CodeActionKind,
  CodeLensRefreshRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LoadBinary } from '../hazards/engine';
import { methods } from '../protocol/referenceMethods';
import type { Answers } from './answers';
import { isRead } from './documents';
import type { StartIndexing } from './indexing';
import { attempt, pulls } from './manners';
import { watched } from './watched';

/**
 * Speaks the language protocol with an editor that it does not know: a test drives it over two streams. What reads
 * documents is loaded for the first of them (`later`); until then there is nothing to say.
 */
export class LanguageServer {
  readonly #documents = new TextDocuments(TextDocument);
  #client: ClientCapabilities = {};
  #folders: readonly string[] = [];
  #section: unknown;
  #answers: Promise<Answers> | null = null;

  private constructor(
    private readonly connection: Connection,
    private readonly load: LoadBinary,
    private readonly startIndexing: StartIndexing | null,
  ) {}

  /**
   * Hooks the server into a connection that does not listen yet.
   * @param load gives `web-tree-sitter.wasm` and the grammars by file name; not called before the first document
   * @param startIndexing reads the files of the workspace for the first time; null: they are read here
   */
  static create(connection: Connection, load: LoadBinary, startIndexing: StartIndexing | null = null): LanguageServer {
    const server = new LanguageServer(connection, load, startIndexing);
    server.#registerLife();
    server.#registerDocuments();
    server.#registerQuestions();
    return server;
  }

  #registerLife(): void {
    const { connection } = this;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#attempt(this.#start()));
    connection.onDidChangeConfiguration(({ settings: pushed }: { settings: unknown }) =>
      this.#attempt(this.#configure(pushed)),
    );
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#tell((answers) => answers.queues.refresh(changes.map(({ uri }) => uri))),
    );
  }

  #registerDocuments(): void {
    this.#documents.onDidChangeContent(({ document }) => {
      if (this.#answers) this.#tell((answers) => answers.changed(document));
      else if (isRead(document)) this.#attempt(this.#loaded());
    });
    this.#documents.onDidClose(({ document: { uri } }) => this.#tell((answers) => answers.closed(uri)));
    this.#documents.listen(this.connection);
  }

  #registerQuestions(): void {
    const { connection } = this;
    connection.onCodeLens(({ textDocument: { uri } }, token) =>
      this.#about(uri, [], (answers) => answers.lenses(uri, token)),
    );
    connection.onHover(({ textDocument: { uri }, position }, token) =>
      this.#about(uri, null, (answers) => answers.hover(uri, position, token)),
    );
    connection.onCodeAction((params, token) =>
      this.#about(params.textDocument.uri, [], (answers) => answers.actions(params, token)),
    );
    connection.onCodeActionResolve(async (action) => (await this.#loaded()).resolve(action));
    connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
      const items = await this.#about(uri, [], (answers) => answers.diagnostics(uri, token));
      if (items instanceof ResponseError) throw items;
      return { kind: DocumentDiagnosticReportKind.Full, items };
    });
    const { ofDocument, ofWorkspace, hazardsOfFile, loopAsPool } = methods;
    connection.onRequest(loopAsPool, async (question: unknown) => (await this.#loaded()).loopAsPool(question));
    connection.onRequest(ofDocument, async ({ uri }: { uri: string }) => (await this.#loaded()).queues.ofDocument(uri));
    connection.onRequest(ofWorkspace, async () => (await this.#loaded()).queues.ofWorkspace());
    connection.onRequest(hazardsOfFile, async ({ file }: { file: string }) =>
      (await this.#loaded()).queues.hazardsOf(file),
    );
  }

  #initialize({ capabilities, workspaceFolders }: InitializeParams): InitializeResult {
    this.#client = capabilities;
    this.#folders = (workspaceFolders ?? []).map(({ uri }) => uri);
    const pulled = { identifier: 'backpressure', interFileDependencies: true, workspaceDiagnostics: false };
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeLensProvider: {},
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true },
        ...(pulls(capabilities) && { diagnosticProvider: pulled }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'backpressure' },
    };
  }

  async #start(): Promise<void> {
    const { workspace } = this.#client;
    if (workspace?.didChangeConfiguration?.dynamicRegistration)
      await this.connection.client.register(DidChangeConfigurationNotification.type, { section: 'backpressure' });
    if (workspace?.workspaceFolders) this.#followFolders();
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration)
      await this.connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watched });
    await this.#configure(null);
  }

  #followFolders(): void {
    this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      this.#folders = [...this.#folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      this.#tell((answers) => answers.queues.setFolders(this.#folders));
    });
  }

  /** Settings are asked for where the client can be asked; `pushed` is what older clients send along. */
  async #configure(pushed: unknown): Promise<void> {
    this.#section = this.#client.workspace?.configuration
      ? await this.connection.workspace.getConfiguration('backpressure')
      : (pushed as { backpressure?: unknown } | null)?.backpressure;
    (await this.#answers)?.configure(this.#section);
    await this.#refresh();
  }

  /** Asks the client to ask again. */
  async #refresh(): Promise<void> {
    if (this.#client.workspace?.codeLens?.refreshSupport)
      await this.connection.sendRequest(CodeLensRefreshRequest.type);
    if (this.#client.workspace?.diagnostics?.refreshSupport)
      await this.connection.sendRequest(DiagnosticRefreshRequest.type);
  }

  #loaded(): Promise<Answers> {
    return (this.#answers ??= import('./later').then(
      ({ Answers }) =>
        new Answers({
          ...{ connection: this.connection, documents: this.#documents, client: this.#client },
          ...{ folders: this.#folders, section: this.#section },
          refresh: () => this.#refresh(),
          ...{ load: this.load, startIndexing: this.startIndexing },
        }),
    ));
  }

  /** Loads nothing for a document that no rule reads. */
  async #about<T>(uri: string, nothing: T, ask: (answers: Answers) => Promise<T | ResponseError>) {
    const document = this.#documents.get(uri);
    return this.#answers || (document && isRead(document)) ? ask(await this.#loaded()) : nothing;
  }

  /** Tells of a change, where anything was answered that it could change. */
  #tell(of: (answers: Answers) => Promise<void> | void): void {
    if (this.#answers) this.#attempt(this.#answers.then(of));
  }

  #attempt(work: Promise<unknown>): void {
    attempt(this.connection, work);
  }
}
