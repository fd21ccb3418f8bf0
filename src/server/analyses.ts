import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileFacts } from '../hazards/across/facts';
import type { Engine, Found, ScanOptions, TextScan } from '../hazards/engine';
import { alertFiles, languageByEditorId } from '../hazards/languages/all';
import type { SourceReference } from '../model/scan';
import { stillThere, type Remembered } from './halfTyped';

/** What one version of a document's text says. */
export interface Read {
  hazards: readonly Found[];
  /** Comments that explain hazards away. */
  suppressions: TextScan['suppressions'];
  /** Queues that it names; null: it is half-typed, and what it named before counts. */
  references: readonly SourceReference[] | null;
  /** What it tells the other files of its package; null: nothing is told across its files. */
  told: FileFacts<Found> | null;
}

interface Analysis {
  version: number;
  result: Promise<Read>;
}

/** What the other files of its workspace say about a text. */
export type About = Pick<ScanOptions, 'environment' | 'among'>;

/** What was found in each open document, worked out once for each version of its text. */
export class Analyses {
  readonly #byUri = new Map<string, Analysis>();
  readonly #last = new Map<string, Remembered[]>();
  readonly #skipped = new Map<string, string>();

  /**
   * @param note told once when a document is not read, and why
   * @param aboutOf what the other files of its workspace say
   */
  constructor(
    private readonly engine: Engine,
    private readonly note: (text: string) => void,
    private readonly aboutOf: (uri: string) => About,
  ) {}

  /** Hazards that nobody has explained away, and queues, in the text as it is now. @throws what loading a grammar throws */
  of(document: TextDocument): Promise<Read> {
    const known = this.#byUri.get(document.uri);
    if (known?.version === document.version) return known.result;
    const result = this.#read(document);
    this.#byUri.set(document.uri, { version: document.version, result });
    return result;
  }

  /** What other files say has changed: it is read again when it is asked for. */
  outdate(uri: string): void {
    this.#byUri.delete(uri);
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
    this.#last.delete(uri);
    this.#skipped.delete(uri);
  }

  async #read(document: TextDocument): Promise<Read> {
    const { uri } = document;
    const language = languageOfDocument(document);
    if (language === null) return { hazards: [], suppressions: [], references: [], told: null };
    const text = document.getText();
    const scan = await this.engine.scanText(language, text, uri, this.aboutOf(uri));
    this.#tell(uri, scan.skipped);
    const lines = text.split(/\r?\n/);
    const open = scan.hazards.filter(({ suppressed }) => suppressed === null);
    const found = [...open, ...stillThere(this.#last.get(uri) ?? [], scan, lines)];
    this.#last.set(
      uri,
      found.map((hazard) => ({ hazard, text: lines[hazard.line - 1] ?? '' })),
    );
    const references = scan.broken.length > 0 ? null : scan.references;
    return { hazards: found, suppressions: scan.suppressions, references, told: scan.told };
  }

  #tell(uri: string, skipped: string | null): void {
    if (skipped !== null && this.#skipped.get(uri) !== skipped) this.note(`${uri} is not read: ${skipped}`);
    if (skipped === null) this.#skipped.delete(uri);
    else this.#skipped.set(uri, skipped);
  }
}

/** What reads a document; null: nothing does. */
export const languageOfDocument = ({ languageId }: TextDocument) =>
  languageId === alertFiles ? alertFiles : languageByEditorId(languageId);
