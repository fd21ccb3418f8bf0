import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Configuration } from '../discover/configuration/configuration';
import { isConfiguration } from '../discover/configuration/read';
import { settingsOf } from '../files/configuration';
import { Ignored } from '../files/ignored';
import { walk } from '../files/walk';
import type { FileFacts } from '../hazards/across/facts';
import { Package } from '../hazards/across/join';
import type { Engine, Found, ScanOptions, TextScan } from '../hazards/engine';
import { languageOf } from '../hazards/languages/all';
import type { Environment } from '../model/environment';
import type { SourceReference } from '../model/scan';
import type { PlacedReference } from '../protocol/references';

interface Root {
  folder: string;
  ignored: Ignored;
  /** Read when the first file of the folder is. */
  configuration: Configuration | null;
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
    const scan = await this.#scan(file, { only: [], environment: this.environmentOf(file) });
    this.#learn(file, scan?.told ?? null);
    return this.placed(file, scan?.references ?? []);
  }

  /**
   * Hazards in a file that only the other files of the workspace show. The first question has them read; `judgedAnew`
   * tells when they are.
   * @param told what the file tells now
   */
  across(file: string, told: FileFacts<Found> | null): Found[] {
    const open = told?.pending.filter(({ hazard }) => hazard.suppressed === null) ?? [];
    if (!told || open.length === 0) return [];
    if (!this.#reading) {
      void this.all().then(this.judgedAnew, (error: unknown) => this.note(String(error)));
      return [];
    }
    this.#package ??= new Package(new Map([...this.#told].map(([each, facts]) => [this.relative(each), facts])));
    return this.#package.of(this.relative(file), { ...told, pending: open }).hazards;
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
    return [...open, ...this.across(file, scan?.told ?? null)];
  }

  async #scan(file: string, options: ScanOptions): Promise<TextScan | null> {
    const language = languageOf(file);
    const source =
      language &&
      (await readFile(file, 'utf8').catch((error: unknown) => {
        this.note(`${file} is not read: ${String(error)}`);
        return null;
      }));
    return language && source !== null ? this.engine.scanText(language, source, this.relative(file), options) : null;
  }

  /** Takes over what an open document names as it is typed; null: it was closed. */
  async take(
    file: string,
    references: readonly SourceReference[] | null,
    told: FileFacts<Found> | null,
  ): Promise<void> {
    if (references) this.#open.add(file);
    else this.#open.delete(file);
    if (!this.#reading) return;
    const before = this.#package;
    if (references) this.#learn(file, told);
    await this.#set(file, references ? this.placed(file, references) : null);
    if (before && this.#package !== before) this.judgedAnew();
  }

  /** Reads again what was made, changed or removed outside of the editor. */
  async refresh(files: readonly string[]): Promise<void> {
    const names = files.map((file) => path.basename(file));
    if (names.some((name) => name === '.gitignore' || isConfiguration(name))) this.#startAgain();
    if (!this.#reading) return;
    await this.#reading;
    const before = this.#package;
    for (const file of files) if (!this.#open.has(file) || !existsSync(file)) await this.#set(file, null);
    if (before && this.#package !== before) this.judgedAnew();
  }

  /** What files of the workspace folder set for the program that a file belongs to. */
  environmentOf(file: string): Environment {
    const root = this.#rootOf(file);
    if (!root) return new Map();
    root.configuration ??= new Configuration(existsSync(root.folder) ? settingsOf(root.folder, root.ignored) : []);
    return root.configuration.of(this.relative(file));
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
