import path from 'node:path';
import {
  CancellationToken,
  CodeActionKind,
  CodeLensRefreshRequest,
  DiagnosticRefreshRequest,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ruleSettingsAbove } from '../files/ruleSettings';
import type { LoadBinary } from '../hazards/engine';
import { fixedEverywhere } from '../hazards/fixes/everywhere';
import { languageByEditorId } from '../hazards/languages/named';
import type { Pooled } from '../hazards/pool/pool';
import { Engine, pooled, withSettings } from '../hazards/reading';
import { asked, loopQuestion } from '../protocol/references';
import { Analyses, languageOfDocument, type Read } from './analyses';
import type { StartIndexing } from './indexing';
import { fileOf, WorkspaceQueues } from './workspaceQueues';
import { defaults, settings, type Settings } from './settings';
import { allOfRule, allOfRuleOf, wholeTextEdit } from './fixAll';
import { actionsOf, complaintsOf, diagnosticsOf, hoverOf, lensesOf } from './views';

/** Answers an editor about the documents it has open, saved or not. It knows no editor: a test drives it over two streams. */
export class LanguageServer {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #analyses: Analyses;
  readonly #engine: Engine;
  readonly #queues: WorkspaceQueues;
  #client: ClientCapabilities = {};
  #settings: Settings = defaults;
  readonly #noted = new Set<string>();

  private constructor(
    private readonly connection: Connection,
    load: LoadBinary,
    startIndexing: StartIndexing | null,
  ) {
    const note = (text: string) => connection.console.info(text);
    const engine = new Engine(load);
    this.#analyses = new Analyses(engine, note, (uri) => this.#queues.aboutOf(uri));
    this.#engine = engine;
    const judgedAnew = () => this.#judgedAnew();
    this.#queues = new WorkspaceQueues(
      ...([connection, engine, this.#documents, this.#analyses, judgedAnew, startIndexing] as const),
    );
  }

  /**
   * Hooks the server into a connection that does not listen yet.
   * @param load gives `web-tree-sitter.wasm` and the grammars by file name; not called before the first document
   * @param startIndexing reads the files of the workspace for the first time; null: they are read here
   */
  static create(connection: Connection, load: LoadBinary, startIndexing: StartIndexing | null = null): LanguageServer {
    const server = new LanguageServer(connection, load, startIndexing);
    server.#register();
    return server;
  }

  #register(): void {
    const { connection } = this;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#attempt(this.#start()));
    connection.onDidChangeConfiguration(({ settings: pushed }: { settings: unknown }) =>
      this.#attempt(this.#configure(pushed)),
    );
    connection.onCodeLens(({ textDocument: { uri } }, token) =>
      this.#answer(uri, token, [], ({ hazards }, document) =>
        this.#settings.hints.enabled ? lensesOf(hazards, document) : [],
      ),
    );
    connection.onHover(({ textDocument: { uri }, position }, token) =>
      this.#answer(uri, token, null, ({ hazards }, document) => hoverOf(hazards, position, document)),
    );
    connection.onCodeAction((params, token) => this.#actions(params, token));
    connection.onCodeActionResolve((action) => this.#resolve(action));
    connection.onRequest(asked.loopAsPool.method, (question: unknown) => this.#loopAsPool(question));
    connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
      const items = await this.#answer(uri, token, [], allDiagnosticsOf);
      if (items instanceof ResponseError) throw items;
      return { kind: DocumentDiagnosticReportKind.Full, items };
    });
    this.#queues.register();
    this.#documents.onDidChangeContent(({ document }) => {
      this.#push(document);
      this.#attempt(this.#queues.take(document));
    });
    this.#documents.onDidClose(({ document: { uri } }) => {
      this.#analyses.forget(uri);
      this.#attempt(this.#queues.letGo(uri));
      if (!this.#pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    });
    this.#documents.listen(connection);
  }

  #initialize({ capabilities, workspaceFolders }: InitializeParams): InitializeResult {
    this.#client = capabilities;
    this.#queues.setFolders((workspaceFolders ?? []).map(({ uri }) => uri));
    const pulled = { identifier: 'backpressure', interFileDependencies: true, workspaceDiagnostics: false };
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        codeLensProvider: {},
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix], resolveProvider: true },
        ...(this.#pulls && { diagnosticProvider: pulled }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'backpressure' },
    };
  }

  async #start(): Promise<void> {
    if (this.#client.workspace?.didChangeConfiguration?.dynamicRegistration)
      await this.connection.client.register(DidChangeConfigurationNotification.type, { section: 'backpressure' });
    await this.#queues.follow(this.#client);
    await this.#configure(null);
  }

  /** Settings are asked for where the client can be asked; `pushed` is what older clients send along. */
  async #configure(pushed: unknown): Promise<void> {
    const canAsk = this.#client.workspace?.configuration;
    const section: unknown = canAsk
      ? await this.connection.workspace.getConfiguration('backpressure')
      : (pushed as { backpressure?: unknown } | null)?.backpressure;
    this.#settings = settings.parse(section);
    await this.#refresh();
  }

  /** Asks the client to ask again. */
  async #refresh(): Promise<void> {
    if (this.#client.workspace?.codeLens?.refreshSupport)
      await this.connection.sendRequest(CodeLensRefreshRequest.type);
    if (this.#client.workspace?.diagnostics?.refreshSupport)
      await this.connection.sendRequest(DiagnosticRefreshRequest.type);
  }

  get #resolves(): boolean {
    return this.#client.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false;
  }

  #actions({ textDocument: { uri }, range }: CodeActionParams, token: CancellationToken) {
    const shown = ({ hazards }: Read, document: TextDocument): CodeAction[] => [
      ...actionsOf(hazards, range, document),
      ...(this.#resolves ? allOfRuleOf(hazards, range, document) : []),
    ];
    return this.#answer(uri, token, [], shown, (document) => this.#analyses.withFixes(document));
  }

  /** Works out the edit of an action that changes all places of a rule, once it is chosen. */
  async #resolve(action: CodeAction): Promise<CodeAction> {
    const meant = allOfRule.safeParse(action.data);
    const document = meant.success ? this.#documents.get(meant.data.uri) : undefined;
    const language = document && languageOfDocument(document);
    if (!meant.success || !document || !language || document.version !== meant.data.version) return action;
    const { rule } = meant.data;
    const { text } = await fixedEverywhere(this.#engine, document.getText(), {
      ...{ language, path: document.uri, rules: [rule] },
      across: (told) => this.#queues.across(document.uri, told),
    });
    return { ...action, edit: wholeTextEdit(document, text) };
  }

  async #loopAsPool(question: unknown): Promise<Pooled> {
    const { language, text, ...selected } = loopQuestion.parse(question);
    const known = languageByEditorId(language);
    if (known === null) return { refused: `Loops of ${language} are not known.` };
    return this.#engine.read(known, text, (root) => pooled(known, root, text, selected));
  }

  get #pulls(): boolean {
    return this.#client.textDocument?.diagnostic !== undefined;
  }

  /**
   * Asks nothing of the engine for a request that was cancelled, or whose document is closed, by the time it has its turn.
   * Text that changes meanwhile is read again: an answer is always about the text as it is now.
   */
  async #answer<T>(
    uri: string,
    token: CancellationToken,
    nothing: T,
    show: (read: Read, document: TextDocument) => T,
    ask: (document: TextDocument) => Promise<Read> = (document) => this.#analyses.of(document),
  ): Promise<T | ResponseError> {
    await nextTurn();
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const document = this.#documents.get(uri);
    if (!document) return nothing;
    const { version } = document;
    const read = await this.#read(document, ask);
    const rules = this.#rulesOf(uri);
    const hazards = this.#queues.together(uri, read);
    return this.#documents.get(uri)?.version === version
      ? show({ ...read, hazards: withSettings(hazards, { rules }) }, document)
      : this.#answer(uri, token, nothing, show, ask);
  }

  async #read(document: TextDocument, ask: (document: TextDocument) => Promise<Read>): Promise<Read> {
    try {
      return await ask(document);
    } catch (error) {
      this.connection.console.error(`${document.uri} could not be read: ${String(error)}`);
      return { hazards: [], suppressions: [], told: null };
    }
  }

  /** What rules are set to for a file: by the editor, and by the `.backpressurerc` above it, which holds for everybody. */
  #rulesOf(uri: string): Settings['rules'] {
    const file = fileOf(uri);
    try {
      const above = file === null ? {} : ruleSettingsAbove(path.dirname(file)).rules;
      return { ...this.#settings.rules, ...above };
    } catch (error) {
      this.#note(String(error));
      return this.#settings.rules;
    }
  }

  /** Once for each text: every answer would tell it again. */
  #note(text: string): void {
    if (!this.#noted.has(text)) this.connection.console.warn(text);
    this.#noted.add(text);
  }

  /** Other rules hold, or other files show something else: every answer may be another. */
  #judgedAnew(): void {
    this.#attempt(this.#refresh());
    for (const document of this.#documents.all()) this.#push(document);
  }

  /** For clients that do not ask for diagnostics themselves. */
  #push({ uri }: TextDocument): void {
    if (this.#pulls) return;
    const report = (read: Read, document: TextDocument) =>
      this.connection.sendDiagnostics({
        uri,
        version: document.version,
        diagnostics: allDiagnosticsOf(read, document),
      });
    this.#attempt(this.#answer(uri, CancellationToken.None, undefined, report));
  }

  /** What nobody waits for may fail with a line in the log. */
  #attempt(work: Promise<unknown>): void {
    work
      .catch((error: unknown) => this.connection.console.error(String(error)))
      // The client has gone.
      .catch(() => undefined);
  }
}

const allDiagnosticsOf = ({ hazards, suppressions }: Read, document: TextDocument) => [
  ...diagnosticsOf(hazards, document),
  ...complaintsOf(suppressions, document),
];

/** Lets what has already arrived (edits, cancellations) be read first. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
