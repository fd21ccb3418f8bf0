import path from 'node:path';
import {
  CancellationToken,
  LSPErrorCodes,
  ResponseError,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  type Connection,
  type Diagnostic,
  type Hover,
  type Position,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ruleSettingsAbove } from '../files/ruleSettings';
import type { LoadBinary } from '../hazards/engine';
import { fixedEverywhere } from '../hazards/fixes/everywhere';
import { languageByEditorId } from '../hazards/languages/named';
import type { Pooled } from '../hazards/pool/pool';
import { Engine, pooled, withSettings } from '../hazards/reading';
import { loopQuestion } from '../protocol/references';
import { Analyses, type Read } from './analyses';
import { languageOfDocument } from './documents';
import { explanationOf } from './explanations';
import { allOfRule, allOfRuleOf, wholeTextEdit } from './fixAll';
import type { StartIndexing } from './indexing';
import { attempt, pulls } from './manners';
import { settings, type Settings } from './settings';
import { actionsOf, complaintsOf, diagnosticsOf, hoverOf, lensesOf } from './views';
import { fileOf, WorkspaceQueues } from './workspaceQueues';

/** What a server knows by the time that it has something to answer. */
export interface Known {
  connection: Connection;
  documents: TextDocuments<TextDocument>;
  client: ClientCapabilities;
  /** URIs of the workspace's folders. */
  folders: readonly string[];
  /** `backpressure.*` as the client has it. */
  section: unknown;
  /** Asks the client to ask again. */
  refresh: () => Promise<void>;
  load: LoadBinary;
  startIndexing: StartIndexing | null;
}

/** What a request is answered with; the error: nobody waits for it any more. */
type Answer<T> = Promise<T | ResponseError>;

/** Answers about the documents that an editor has open, saved or not. */
export class Answers {
  /** Queues that the source of the workspace names. */
  readonly queues: WorkspaceQueues;
  readonly #analyses: Analyses;
  readonly #engine: Engine;
  readonly #documents: Known['documents'];
  readonly #connection: Connection;
  readonly #client: ClientCapabilities;
  readonly #refresh: Known['refresh'];
  #settings: Settings;
  readonly #noted = new Set<string>();

  constructor({ connection, documents, client, folders, section, refresh, load, startIndexing }: Known) {
    const engine = new Engine(load);
    const note = (text: string) => connection.console.info(text);
    const judgedAnew = () => this.#judgedAnew();
    this.#analyses = new Analyses(engine, note, (uri) => this.queues.aboutOf(uri));
    this.queues = new WorkspaceQueues(
      ...([connection, engine, documents, this.#analyses, judgedAnew, startIndexing] as const),
    );
    [this.#engine, this.#documents, this.#connection, this.#client] = [engine, documents, connection, client];
    this.#refresh = refresh;
    this.#settings = settings.parse(section);
    this.queues.setFolders(folders);
    for (const document of documents.all()) this.changed(document);
  }

  /** The settings of the client are others. */
  configure(section: unknown): void {
    this.#settings = settings.parse(section);
  }

  /** A document was opened or changed. */
  changed(document: TextDocument): void {
    this.#push(document);
    this.#attempt(this.queues.take(document));
  }

  closed(uri: string): void {
    this.#analyses.forget(uri);
    this.#attempt(this.queues.letGo(uri));
    if (!pulls(this.#client)) void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  lenses(uri: string, token: CancellationToken): Answer<CodeLens[]> {
    return this.#answer(uri, token, [], ({ hazards }, document) =>
      this.#settings.hints.enabled ? lensesOf(hazards, document) : [],
    );
  }

  hover(uri: string, position: Position, token: CancellationToken): Answer<Hover | null> {
    return this.#answer(uri, token, null, ({ hazards }, document) => hoverOf(hazards, position, document));
  }

  diagnostics(uri: string, token: CancellationToken): Answer<Diagnostic[]> {
    return this.#answer(uri, token, [], allDiagnosticsOf);
  }

  get #resolves(): boolean {
    return this.#client.textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false;
  }

  actions({ textDocument: { uri }, range }: CodeActionParams, token: CancellationToken): Answer<CodeAction[]> {
    const shown = ({ hazards }: Read, document: TextDocument): CodeAction[] => [
      ...actionsOf(hazards, range, document),
      ...(this.#resolves ? allOfRuleOf(hazards, range, document) : []),
      ...explanationOf(hazards, range, document),
    ];
    return this.#answer(uri, token, [], shown, (document) => this.#analyses.withFixes(document));
  }

  /** Works out the edit of an action that changes all places of a rule, once it is chosen. */
  async resolve(action: CodeAction): Promise<CodeAction> {
    const meant = allOfRule.safeParse(action.data);
    const document = meant.success ? this.#documents.get(meant.data.uri) : undefined;
    const language = document && languageOfDocument(document);
    if (!meant.success || !document || !language || document.version !== meant.data.version) return action;
    const { rule } = meant.data;
    const { text } = await fixedEverywhere(this.#engine, document.getText(), {
      ...{ language, path: document.uri, rules: [rule] },
      across: (told) => this.queues.across(document.uri, told),
    });
    return { ...action, edit: wholeTextEdit(document, text) };
  }

  /** The text in which a loop is a pool (`asked.loopAsPool`). */
  async loopAsPool(question: unknown): Promise<Pooled> {
    const { language, text, ...selected } = loopQuestion.parse(question);
    const known = languageByEditorId(language);
    if (known === null) return { refused: `Loops of ${language} are not known.` };
    return this.#engine.read(known, text, (root) => pooled(known, root, text, selected));
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
  ): Answer<T> {
    await nextTurn();
    if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const document = this.#documents.get(uri);
    if (!document) return nothing;
    const { version } = document;
    const read = await this.#read(document, ask);
    const rules = this.#rulesOf(uri);
    const hazards = this.queues.together(uri, read);
    return this.#documents.get(uri)?.version === version
      ? show({ ...read, hazards: withSettings(hazards, { rules }) }, document)
      : this.#answer(uri, token, nothing, show, ask);
  }

  async #read(document: TextDocument, ask: (document: TextDocument) => Promise<Read>): Promise<Read> {
    try {
      return await ask(document);
    } catch (error) {
      this.#connection.console.error(`${document.uri} could not be read: ${String(error)}`);
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
    if (!this.#noted.has(text)) this.#connection.console.warn(text);
    this.#noted.add(text);
  }

  /** Other rules hold, or other files show something else: every answer may be another. */
  #judgedAnew(): void {
    this.#attempt(this.#refresh());
    for (const document of this.#documents.all()) this.#push(document);
  }

  /** For clients that do not ask for diagnostics themselves. */
  #push({ uri }: TextDocument): void {
    if (pulls(this.#client)) return;
    const report = (read: Read, document: TextDocument) =>
      this.#connection.sendDiagnostics({
        uri,
        version: document.version,
        diagnostics: allDiagnosticsOf(read, document),
      });
    this.#attempt(this.#answer(uri, CancellationToken.None, undefined, report));
  }

  #attempt(work: Promise<unknown>): void {
    attempt(this.#connection, work);
  }
}

const allDiagnosticsOf = ({ hazards, suppressions }: Read, document: TextDocument) => [
  ...diagnosticsOf(hazards, document),
  ...complaintsOf(suppressions, document),
];

/** Lets what has already arrived (edits, cancellations) be read first. */
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
