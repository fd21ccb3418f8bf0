import { EventEmitter, languages, Range, Uri, ViewColumn, window, workspace, type Disposable } from 'vscode';
import { Owner } from '../owner';

const scheme = 'backpressure-code';

/** Shows beside the file what would be written, while its options are chosen. Ending it closes its tab. */
export class Preview implements Disposable {
  readonly #owner = new Owner();
  readonly #changed = this.#owner.own(new EventEmitter<Uri>());
  readonly #uri: Uri;
  #text = '';

  /** @param fileName gives the tab its name */
  constructor(
    fileName: string,
    private readonly languageId: string,
  ) {
    this.#uri = Uri.from({ scheme, path: `/${fileName}`, query: 'preview' });
    this.#owner.own(
      workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: () => this.#text,
      }),
    );
  }

  /** Changes what is shown. */
  set text(text: string) {
    this.#text = text;
    this.#changed.fire(this.#uri);
  }

  /**
   * Opens it without taking the focus from the question.
   * @param line to show, from 0
   */
  async open(line = 0): Promise<void> {
    const document = await workspace.openTextDocument(this.#uri);
    await languages.setTextDocumentLanguage(document, this.languageId);
    await window.showTextDocument(document, {
      ...{ viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true },
      selection: new Range(line, 0, line, 0),
    });
    // The person may have stepped out meanwhile.
    if (this.#owner.ended) this.#close();
  }

  dispose(): void {
    this.#owner.dispose();
    this.#close();
  }

  #close(): void {
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    const ours = tabs.filter(({ input }) => isFor(input, this.#uri));
    if (ours.length > 0) void window.tabGroups.close(ours, true);
  }
}

const isFor = (input: unknown, uri: Uri) =>
  typeof input === 'object' && input !== null && 'uri' in input && String(input.uri) === String(uri);
