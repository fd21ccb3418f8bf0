import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Configuration } from '../discover/configuration/configuration';
import { isConfiguration } from '../discover/configuration/read';
import { settingsOf } from '../files/configuration';
import { Ignored } from '../files/ignored';
import { sized, walk } from '../files/walk';
import { workspaceAt } from '../files/workspace';
import type { FileFacts } from '../hazards/across/facts';
import { Package, type Joined } from '../hazards/across/join';
import { strongest } from '../hazards/across/strongest';
import type { Engine, Found, ScanOptions, TextScan } from '../hazards/engine';
import { languageOf } from '../hazards/languages/all';
import type { FilesBelow } from '../model/filesBelow';
import type { SourceReference } from '../model/scan';
import type { PlacedReference } from '../protocol/references';
import type { About } from './analyses';

interface Root {
  folder: string;
  ignored: Ignored;
  /** Read when the first file of the folder is. */
  configuration: Configuration | null;
}

/** What the editor knows of open documents. */
export interface OpenDocuments {
  /** As it is typed; null: the file is not open. */
  textOf(file: string): string | null;
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
  #roots: Root[] = [];
  #folders: readonly string[] = [];
  #reading: Promise<void> | null = null;
  #turn = 0;

  /**
   * @param note told of a file that cannot be read
   * @param changed told when a file names other queues than before
   * @param judgedAnew told when files show something else about each other than before
   */
  constructor(
    private readonly engine: Engine,
    private readonly note: (text: string) => void,
    private readonly changed: () => void,
    private readonly judgedAnew: () => void,
    private readonly documents: OpenDocuments,
  ) {}

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
    const scan = await this.#scan(file, { only: [], ...this.aboutOf(file) });
    this.#learn(file, scan?.told ?? null);
    return this.placed(file, scan?.references ?? []);
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
    const scan = await this.#scan(file, {});
    const open = (scan?.hazards ?? []).filter(({ suppressed }) => suppressed === null);
    return this.together(file, { hazards: open, told: scan?.told ?? null });
  }

  async #scan(file: string, options: ScanOptions): Promise<TextScan | null> {
    const language = languageOf(file);
    const { reason } = { reason: null, ...sized(file) };
    if (reason !== null) this.note(`${file} is not read: ${reason}`);
    if (!language || reason !== null) return null;
    const source = await readFile(file, 'utf8').catch((error: unknown) => {
      this.note(`${file} is not read: ${String(error)}`);
      return null;
    });
    return source !== null ? this.engine.scanText(language, source, this.relative(file), options) : null;
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

  /** What files of the workspace folder set for the program that a file belongs to, and where it stands among them. */
  aboutOf(file: string): About {
    const root = this.#rootOf(file);
    if (!root) return {};
    root.configuration ??= new Configuration(existsSync(root.folder) ? settingsOf(root.folder, root.ignored) : []);
    const relative = this.relative(file);
    const among = { path: relative, files: this.#filesFor(file, root.folder) };
    return { environment: root.configuration.of(relative), among };
  }

  /** The files of a folder, open ones as they are typed. What is looked at is noted, to read the file again. */
  #filesFor(file: string, folder: string): FilesBelow {
    const saved = workspaceAt(folder);
    this.#looked.delete(file);
    const note = (looked: string) => this.#looked.set(file, (this.#looked.get(file) ?? new Set<string>()).add(looked));
    return {
      list: (below) => {
        note(path.join(folder, below, path.sep));
        return saved.list(below);
      },
      read: (below) => {
        const full = path.join(folder, below);
        note(full);
        return this.documents.textOf(full) ?? saved.read(below);
      },
    };
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
  relative(file: string): string {
    const root = this.#rootOf(file)?.folder;
    return root === undefined ? path.basename(file) : path.relative(root, file).split(path.sep).join('/');
  }

  placed(file: string, references: readonly SourceReference[]): PlacedReference[] {
    const relative = this.relative(file);
    return references.map((reference) => ({ ...reference, path: relative, file }));
  }

  #startAgain(): void {
    this.#turn++;
    this.#roots = this.#folders.map((folder) => ({
      folder,
      ignored: new Ignored(folder, { folder, patterns: [] }, false),
      configuration: null,
    }));
    if (!this.#reading) return;
    this.#reading = null;
    this.changed();
  }

  async #readAll(turn: number): Promise<void> {
    this.#byFile.clear();
    this.#told.clear();
    this.#package = null;
    for (const { folder, ignored } of this.#roots)
      for (const files of inBatches(walk(folder, folder, ignored))) {
        if (turn !== this.#turn) return;
        const found = await Promise.all(files.map(async ({ file }) => ({ file, references: await this.ofFile(file) })));
        for (const { file, references } of found)
          if (references.length > 0 && !this.#byFile.has(file)) this.#byFile.set(file, references);
      }
  }

  async #set(file: string, typed: PlacedReference[] | null): Promise<void> {
    const before = this.#byFile.get(file) ?? [];
    const counts = this.#rootOf(file)?.ignored.leavesOut(file, false) === false;
    const after = !counts ? [] : (typed ?? (existsSync(file) ? await this.ofFile(file) : []));
    if (!counts || !existsSync(file)) this.#learn(file, null);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    if (after.length > 0) this.#byFile.set(file, after);
    else this.#byFile.delete(file);
    this.changed();
  }

  #rootOf(file: string): Root | undefined {
    return this.#roots.find(({ folder }) => file.startsWith(folder + path.sep));
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
