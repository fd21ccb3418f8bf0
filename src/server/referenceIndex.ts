import { existsSync } from 'node:fs';
import path from 'node:path';
import { isConfiguration } from '../discover/configuration/read';
import type { FileFacts } from '../hazards/across/facts';
import { strongest } from '../hazards/across/strongest';
import type { Engine, Found, TextScan } from '../hazards/engine';
import { Package, type Joined } from '../hazards/reading';
import type { SourceReference } from '../model/scan';
import type { PlacedReference } from '../protocol/references';
import type { About } from './analyses';
import type { Indexing, StartIndexing } from './indexing';
import { SavedFiles, type FileTold } from './savedFiles';

/** What the editor knows of open documents. */
export interface OpenDocuments {
  /** As it is typed; null: the file is not open. */
  textOf(file: string): string | null;
  /** All of them by file, as they are typed. */
  texts(): ReadonlyMap<string, string>;
  /** Queues that an open document names now that other files changed; null: it is closed or half-typed. */
  outdated(file: string): Promise<readonly SourceReference[] | null>;
}

/**
 * Which queues the files of the workspace name. Nothing is read before somebody asks; then every file that a scan would
 * read is, one after the other, so that questions about open documents are answered in between.
 */
export class ReferenceIndex {
  readonly #byFile = new Map<string, PlacedReference[]>();
  /** What each file tells the others of its package. */
  readonly #told = new Map<string, FileFacts<Found>>();
  #package: Package<Found> | null = null;
  /** Files that are open in the editor: what is typed counts, not what is saved. */
  readonly #open = new Set<string>();
  /** What was looked at to tell the queues of a file: absolute paths; of folders with a separator at their end. */
  readonly #looked = new Map<string, Set<string>>();
  readonly #saved: SavedFiles;
  #folders: readonly string[] = [];
  #reading: Promise<void> | null = null;
  #turn = 0;

  /**
   * @param note told of a file that cannot be read
   * @param changed told when a file names other queues than before
   * @param judgedAnew told when files show something else about each other than before
   * @param startIndexing reads all files for the first time; null: they are read here
   */
  constructor(
    engine: Engine,
    private readonly note: (text: string) => void,
    private readonly changed: () => void,
    private readonly judgedAnew: () => void,
    private readonly documents: OpenDocuments,
    private readonly startIndexing: StartIndexing | null,
  ) {
    this.#saved = new SavedFiles(engine, (file) => documents.textOf(file));
  }

  /** Sets the workspace's folders, absolute paths. What was read of others is forgotten. */
  setFolders(folders: readonly string[]): void {
    this.#folders = folders;
    this.#startAgain();
  }

  /** References of all files, in their order. */
  async all(): Promise<PlacedReference[]> {
    await (this.#reading ??= this.#readAll(++this.#turn));
    for (const file of this.#byFile.keys()) if (!existsSync(file)) this.#byFile.delete(file);
    return [...this.#byFile.keys()].sort().flatMap((file) => this.#byFile.get(file) ?? []);
  }

  /** References of one file as it is saved. */
  async ofFile(file: string): Promise<PlacedReference[]> {
    return this.#takeOver(await this.#saved.tell(file));
  }

  #takeOver({ file, references, told, looked, unread }: FileTold): PlacedReference[] {
    if (unread !== null) this.note(`${file} is not read: ${unread}`);
    this.#looked.set(file, new Set(looked));
    this.#learn(file, told);
    return this.placed(file, references);
  }

  /**
   * Hazards in a file that only the other files of the workspace show. The first question has them read; `judgedAnew`
   * tells when they are.
   * @param told what the file tells now
   */
  across(file: string, told: FileFacts<Found> | null): Found[] {
    return this.#joined(file, told).hazards;
  }

  /** All hazards in a file: those that it shows by itself, and those that only the other files of the workspace show. */
  together(file: string, { hazards, told }: { hazards: readonly Found[]; told: TextScan['told'] }): Found[] {
    return strongest(hazards, this.#joined(file, told));
  }

  #joined(file: string, told: FileFacts<Found> | null): Joined<Found> {
    const nothing = { hazards: [], passed: [] };
    const open = told?.pending.filter(({ hazard }) => hazard.suppressed === null) ?? [];
    if (!told || open.length === 0) return nothing;
    if (!this.#reading) {
      void this.all().then(this.judgedAnew, (error: unknown) => this.note(String(error)));
      return nothing;
    }
    this.#package ??= new Package(new Map([...this.#told].map(([each, facts]) => [this.relative(each), facts])));
    return this.#package.of(this.relative(file), { ...told, pending: open });
  }

  /** Takes over what a file tells the others; the package is made anew where that is something else than before. */
  #learn(file: string, told: FileFacts<Found> | null): void {
    const before = this.#told.get(file);
    if (told) this.#told.set(file, told);
    else this.#told.delete(file);
    const same = JSON.stringify([before?.calls, before?.classes]) === JSON.stringify([told?.calls, told?.classes]);
    if (!same) this.#package = null;
  }

  /** What can grow without bound in a file as it is saved, and is not explained away. */
  async hazardsOf(file: string): Promise<Found[]> {
    const { scan, unread } = await this.#saved.scan(file, {});
    if (unread !== null) this.note(`${file} is not read: ${unread}`);
    const open = (scan?.hazards ?? []).filter(({ suppressed }) => suppressed === null);
    return this.together(file, { hazards: open, told: scan?.told ?? null });
  }

  /** Takes over what an open document names as it is typed; null: it was closed. */
  async take(
    file: string,
    references: readonly SourceReference[] | null,
    told: FileFacts<Found> | null,
  ): Promise<void> {
    if (references) this.#open.add(file);
    else this.#open.delete(file);
    if (this.#reading) {
      const before = this.#package;
      if (references) this.#learn(file, told);
      await this.#set(file, references ? this.placed(file, references) : null);
      if (before && this.#package !== before) this.judgedAnew();
    }
    await this.#readAgain([file]);
  }

  /** Reads again what was made, changed or removed outside of the editor. */
  async refresh(files: readonly string[]): Promise<void> {
    const names = files.map((file) => path.basename(file));
    if (names.some((name) => name === '.gitignore' || isConfiguration(name))) this.#startAgain();
    if (this.#reading) {
      await this.#reading;
      const before = this.#package;
      for (const file of files) if (!this.#open.has(file) || !existsSync(file)) await this.#set(file, null);
      if (before && this.#package !== before) this.judgedAnew();
    }
    await this.#readAgain(files);
  }

  /** What the other files of its workspace say about a file. What is looked at is noted, to read the file again. */
  aboutOf(file: string): About {
    const looked = new Set<string>();
    this.#looked.set(file, looked);
    return this.#saved.aboutOf(file, (place) => looked.add(place));
  }

  /** Reads again the files whose queues depend on one of these; through how many others they do does not matter. */
  async #readAgain(files: readonly string[]): Promise<void> {
    const changed = files.flatMap((file) => [file, path.dirname(file) + path.sep]);
    for (const [file, looked] of [...this.#looked]) {
      if (files.includes(file) || !changed.some((each) => looked.has(each))) continue;
      const isOpen = this.#open.has(file);
      const typed = isOpen ? await this.documents.outdated(file) : null;
      if (isOpen && !typed) continue;
      if (this.#reading) await this.#set(file, typed && this.placed(file, typed));
      else if (typed) this.changed();
    }
  }

  /** Relative to the workspace folder, with `/`; a file outside keeps its name. */
  readonly relative = (file: string): string => this.#saved.relative(file);

  placed(file: string, references: readonly SourceReference[]): PlacedReference[] {
    const relative = this.relative(file);
    return references.map((reference) => ({ ...reference, path: relative, file }));
  }

  #startAgain(): void {
    this.#turn++;
    this.#saved.setFolders(this.#folders);
    if (!this.#reading) return;
    this.#reading = null;
    this.changed();
  }

  async #readAll(turn: number): Promise<void> {
    this.#byFile.clear();
    this.#told.clear();
    this.#package = null;
    const typedBefore = this.documents.texts();
    const indexing = this.startIndexing?.({ folders: this.#folders, open: typedBefore }) ?? this.#here;
    let reader = indexing;
    try {
      for (const walked of inBatches(this.#saved.walked())) {
        const files = walked.map(({ file }) => file);
        const told = await reader.tell(files).catch((error: unknown) => {
          this.note(`files are read without a thread: ${String(error)}`);
          return (reader = this.#here).tell(files);
        });
        if (turn !== this.#turn) return;
        for (const each of told) {
          const references = this.#takeOver(each);
          if (references.length > 0 && !this.#byFile.has(each.file)) this.#byFile.set(each.file, references);
        }
      }
    } finally {
      await indexing.end();
    }
    const changed = [...this.documents.texts()].filter(([file, text]) => typedBefore.get(file) !== text);
    await this.#readAgain(changed.map(([file]) => file));
  }

  readonly #here: Indexing = {
    tell: (files) => Promise.all(files.map((file) => this.#saved.tell(file))),
    end: () => Promise.resolve(),
  };

  async #set(file: string, typed: PlacedReference[] | null): Promise<void> {
    const before = this.#byFile.get(file) ?? [];
    const counts = this.#saved.counts(file);
    const after = !counts ? [] : (typed ?? (existsSync(file) ? await this.ofFile(file) : []));
    if (!counts || !existsSync(file)) this.#learn(file, null);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    if (after.length > 0) this.#byFile.set(file, after);
    else this.#byFile.delete(file);
    this.changed();
  }
}

/** So many files are read while others are parsed; few enough that a question in between does not wait long. */
const batchSize = 16;

function* inBatches<T>(all: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const each of all) {
    batch.push(each);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
