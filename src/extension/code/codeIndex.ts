import { EventEmitter, type Disposable, type TextDocument, type Uri } from 'vscode';
import type { PlacedHazard, PlacedReference } from '../../protocol/references';
import type { Hints } from '../languageClient';
import { Owner } from '../owner';

/** What the language server knows of queues in the workspace's code; asked once for each version of a document. */
export class CodeIndex implements Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<void>());
  readonly #documents = new Map<string, { version: number; references: Promise<PlacedReference[]> }>();
  #all: Promise<PlacedReference[]> | null = null;

  /** The code of the workspace names other queues than before. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly hints: Hints) {
    this.#owner.own(
      hints.onReferencesChanged(() => {
        this.#all = null;
        this.#documents.clear();
        this.#changed.fire();
      }),
    );
  }

  /** References of a document as its text is now; while it is half-typed, those of the text before. */
  ofDocument({ uri, version }: TextDocument): Promise<PlacedReference[]> {
    const key = uri.toString();
    const known = this.#documents.get(key);
    if (known?.version === version) return known.references;
    const references = this.#askAbout(uri, known?.references ?? Promise.resolve([]));
    this.#documents.set(key, { version, references });
    return references;
  }

  /** References of all files of the workspace. */
  all(): Promise<PlacedReference[]> {
    this.#all ??= this.#askAboutAll().catch((error: unknown) => {
      this.#all = null;
      throw error;
    });
    return this.#all;
  }

  /** What can grow without bound in a file, by its absolute path. */
  async hazardsOf(file: string): Promise<PlacedHazard[]> {
    const { asked } = await import('../later');
    return asked.hazardsOfFile.answer.parse(await this.hints.ask(asked.hazardsOfFile.method, { file }));
  }

  /** Forgets a document that was closed. */
  forget(uri: Uri): void {
    this.#documents.delete(uri.toString());
  }

  dispose(): void {
    this.#owner.dispose();
  }

  async #askAbout(uri: Uri, before: Promise<PlacedReference[]>): Promise<PlacedReference[]> {
    const { asked } = await import('../later');
    const answer = await this.hints.ask(asked.ofDocument.method, { uri: uri.toString() });
    return asked.ofDocument.answer.parse(answer) ?? before;
  }

  async #askAboutAll(): Promise<PlacedReference[]> {
    const { asked } = await import('../later');
    return asked.ofWorkspace.answer.parse(await this.hints.ask(asked.ofWorkspace.method, {}));
  }
}
