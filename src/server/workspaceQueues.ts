import { fileURLToPath } from 'node:url';
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ruleSettingsName } from '../files/ruleSettingsName';
import type { Engine, Found } from '../hazards/engine';
import type { SourceReference } from '../model/scan';
import { referencesChanged, type PlacedHazard, type PlacedReference } from '../protocol/references';
import type { About, Analyses, Read } from './analyses';
import type { StartIndexing } from './indexing';
import { ReferenceIndex } from './referenceIndex';

/** Typing on for that long is one change of the index. Milliseconds. */
const settle = 300;

/**
 * Answers what the editor asks about queues that source names (`protocol/references`), and tells when that changes. Tells
 * also when a `.backpressurerc` did.
 */
export class WorkspaceQueues {
  readonly #index: ReferenceIndex;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(
    connection: Connection,
    engine: Engine,
    private readonly documents: TextDocuments<TextDocument>,
    private readonly analyses: Analyses,
    private readonly judgedAnew: () => void,
    startIndexing: StartIndexing | null,
  ) {
    const changed = () => void connection.sendNotification(referencesChanged).catch(() => undefined);
    const note = (text: string) => connection.console.info(text);
    const open = {
      textOf: (file: string) => this.#open(file)?.getText() ?? null,
      texts: () => new Map(documents.all().flatMap((each) => [[fileOf(each.uri) ?? '', each.getText()]])),
      outdated: (file: string) => this.#outdated(file),
    };
    this.#index = new ReferenceIndex(engine, note, changed, judgedAnew, open, startIndexing);
  }

  /** @param uris of the workspace's folders */
  setFolders(uris: readonly string[]): void {
    this.#index.setFolders(uris.flatMap((uri) => fileOf(uri) ?? []));
  }

  /** Files were made, changed or removed outside of the editor. */
  async refresh(uris: readonly string[]): Promise<void> {
    if (uris.some((uri) => uri.endsWith(`/${ruleSettingsName}`))) this.judgedAnew();
    await this.#index.refresh(uris.flatMap((uri) => fileOf(uri) ?? []));
  }

  /** What other files of a document's workspace folder say. */
  aboutOf(uri: string): About {
    const file = fileOf(uri);
    return file === null ? {} : this.#index.aboutOf(file);
  }

  /** Hazards in a document that only other files of the workspace show. */
  across(uri: string, told: Read['told']): Found[] {
    const file = fileOf(uri);
    return file === null ? [] : this.#index.across(file, told);
  }

  /** All hazards in a document, those included that only other files show. */
  together(uri: string, read: Pick<Read, 'hazards' | 'told'>): Found[] {
    const file = fileOf(uri);
    return file === null ? [...read.hazards] : this.#index.together(file, read);
  }

  /** Takes over what is typed, once the typing rests. */
  async take({ uri }: TextDocument): Promise<void> {
    clearTimeout(this.#timers.get(uri));
    await new Promise<void>((resolve) => this.#timers.set(uri, setTimeout(resolve, settle)));
    await this.#takeNow(uri);
  }

  /** A document was closed: what is saved counts again. */
  async letGo(uri: string): Promise<void> {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    const file = fileOf(uri);
    if (file !== null) await this.#index.take(file, null, null);
  }

  async #takeNow(uri: string): Promise<void> {
    const document = this.documents.get(uri);
    const file = fileOf(uri);
    if (!document || file === null) return;
    const { references, told } = await this.analyses.namedBy(document);
    if (references && this.documents.get(uri)?.version === document.version)
      await this.#index.take(file, references, told);
  }

  #open(file: string): TextDocument | undefined {
    return this.documents.all().find(({ uri }) => fileOf(uri) === file);
  }

  async #outdated(file: string): Promise<readonly SourceReference[] | null> {
    const document = this.#open(file);
    if (!document) return null;
    this.analyses.outdate(document.uri);
    return (await this.analyses.namedBy(document)).references;
  }

  /** Queues that a document names (`asked.ofDocument`). */
  async ofDocument(uri: string): Promise<PlacedReference[] | null> {
    const file = fileOf(uri);
    if (file === null) return [];
    const document = this.documents.get(uri);
    if (!document) return this.#index.ofFile(file);
    const { references } = await this.analyses.namedBy(document);
    return references && this.#index.placed(file, references);
  }

  /** Queues that the files of the workspace name. */
  async ofWorkspace(): Promise<PlacedReference[]> {
    await this.#index.all();
    for (const { uri } of this.documents.all()) await this.#takeNow(uri);
    return this.#index.all();
  }

  /** What can grow without bound in a file, open or not. */
  async hazardsOf(file: string): Promise<PlacedHazard[]> {
    const open = this.#open(file);
    const read = open && (await this.analyses.withFixes(open));
    const hazards = read ? this.#index.together(file, read) : await this.#index.hazardsOf(file);
    return hazards.map(({ line, column, rule, lens, fixes }) => ({
      ...{ line, column, rule, lens },
      fixes: fixes.map(({ title }) => title),
    }));
  }
}

/** The file that a URI names; null: it is none of this machine's. */
export function fileOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}
