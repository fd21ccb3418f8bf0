import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileFacts } from '../hazards/across/facts';
import type { Engine, Found, ScanOptions, TextScan } from '../hazards/engine';
import { TypedText } from '../hazards/reading';
import type { SourceReference } from '../model/scan';
import { languageOfDocument } from './documents';
import { stillThere, type Remembered } from './halfTyped';

/** What one version of a document's text says. */
export interface Read {
  hazards: readonly Found[];
  /** Comments that explain hazards away. */
  suppressions: TextScan['suppressions'];
  /** Places of which only other files show whether they are hazards; of what it tells the others, only that. */
  told: FileFacts<Found> | null;
}

/** What a document tells about the rest of its workspace. */
interface Named {
  /** Queues that it names; null: it is half-typed, and what it named before counts. */
  references: readonly SourceReference[] | null;
  told: FileFacts<Found> | null;
}

/** What is kept of an open document. */
interface Kept {
  readonly typed: TypedText;
  read: Answer<Read> | null;
  fixed: Answer<Read> | null;
  named: Answer<Named> | null;
  last: Remembered[];
  skipped: string | null;
}

interface Answer<T> {
  version: number;
  result: Promise<T>;
}

/** What the other files of its workspace say about a text. */
export type About = Pick<ScanOptions, 'environment' | 'among'>;

/** What was found in each open document, worked out once for each version of its text. */
export class Analyses {
  readonly #kept = new Map<string, Kept>();

  /**
   * @param note told once when a document is not read, and why
   * @param aboutOf what the other files of its workspace say
   */
  constructor(
    private readonly engine: Engine,
    private readonly note: (text: string) => void,
    private readonly aboutOf: (uri: string) => About,
  ) {}

  /** Hazards that nobody has explained away in the text as it is now, without their fixes. @throws what loading a grammar throws */
  of(document: TextDocument): Promise<Read> {
    const kept = this.#keptOf(document);
    if (kept.read?.version === document.version) return kept.read.result;
    const result = this.#read(document, kept);
    kept.read = { version: document.version, result };
    return result;
  }

  /** The same with their fixes, which take longer: no key waits for them. @throws what loading a grammar throws */
  withFixes(document: TextDocument): Promise<Read> {
    const kept = this.#keptOf(document);
    if (kept.fixed?.version === document.version) return kept.fixed.result;
    const result = this.#fixed(document, kept);
    kept.fixed = { version: document.version, result };
    return result;
  }

  /**
   * What the text as it is now tells about its workspace. Apart from its hazards, since that takes as long again, and no
   * key waits for it.
   * @throws what loading a grammar throws
   */
  namedBy(document: TextDocument): Promise<Named> {
    const kept = this.#keptOf(document);
    if (kept.named?.version === document.version) return kept.named.result;
    const result = this.#names(document, kept);
    kept.named = { version: document.version, result };
    return result;
  }

  /** What other files say has changed: its queues are read again when they are asked for. */
  outdate(uri: string): void {
    const kept = this.#kept.get(uri);
    if (kept) kept.named = null;
  }

  forget(uri: string): void {
    this.#kept.get(uri)?.typed.forget();
    this.#kept.delete(uri);
  }

  #keptOf({ uri }: TextDocument): Kept {
    const kept = this.#kept.get(uri) ?? {
      ...{ typed: new TypedText(), read: null, fixed: null, named: null },
      ...{ last: [], skipped: null },
    };
    this.#kept.set(uri, kept);
    return kept;
  }

  async #read(document: TextDocument, kept: Kept): Promise<Read> {
    const text = document.getText();
    const scan = await this.#scan(document, kept, { unnamed: true, unfixed: true });
    if (scan === null) return { hazards: [], suppressions: [], told: null };
    const lines = text.split(/\r?\n/);
    const open = scan.hazards.filter(({ suppressed }) => suppressed === null);
    const found = [...open, ...stillThere(kept.last, scan, lines)];
    kept.last = found.map((hazard) => ({ hazard, text: lines[hazard.line - 1] ?? '' }));
    return { hazards: found, suppressions: scan.suppressions, told: scan.told };
  }

  async #fixed(document: TextDocument, kept: Kept): Promise<Read> {
    const scan = await this.#scan(document, kept, { unnamed: true });
    // Nothing is fixed in half-typed text, and what was there before is remembered.
    if (scan === null || scan.broken.length > 0) return this.of(document);
    const hazards = scan.hazards.filter(({ suppressed }) => suppressed === null);
    return { hazards, suppressions: scan.suppressions, told: scan.told };
  }

  async #names(document: TextDocument, kept: Kept): Promise<Named> {
    const scan = await this.#scan(document, kept, {});
    if (scan === null) return { references: [], told: null };
    return { references: scan.broken.length > 0 ? null : scan.references, told: scan.told };
  }

  /** Null: nothing reads the document. */
  async #scan(document: TextDocument, kept: Kept, wanted: ScanOptions): Promise<TextScan | null> {
    const { uri } = document;
    const language = languageOfDocument(document);
    if (language === null) return null;
    const scan = await this.engine.scanText(language, document.getText(), uri, {
      ...wanted,
      ...this.aboutOf(uri),
      typed: kept.typed,
    });
    // It was closed meanwhile.
    if (this.#kept.get(uri) !== kept) kept.typed.forget();
    this.#tell(uri, kept, scan.skipped);
    return scan;
  }

  #tell(uri: string, kept: Kept, skipped: string | null): void {
    if (skipped !== null && kept.skipped !== skipped) this.note(`${uri} is not read: ${skipped}`);
    kept.skipped = skipped;
  }
}
