import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Configuration } from '../discover/configuration/configuration';
import { settingsOf } from '../files/configuration';
import { Ignored } from '../files/ignored';
import { sized, walk, type Walked } from '../files/walk';
import { workspaceAt } from '../files/workspace';
import type { FileFacts } from '../hazards/across/facts';
import type { Engine, Found, ScanOptions, TextScan } from '../hazards/engine';
import { languageOf } from '../hazards/languages/named';
import type { FilesBelow } from '../model/filesBelow';
import type { SourceReference } from '../model/scan';
import type { About } from './analyses';

interface Root {
  folder: string;
  ignored: Ignored;
  /** Read when the first file of the folder is. */
  configuration: Configuration | null;
}

/** What a file tells as it is saved. */
export interface FileTold {
  /** Absolute. */
  file: string;
  /** Queues that it names. */
  references: readonly SourceReference[];
  /** What it tells the other files of its package. */
  told: FileFacts<Found> | null;
  /** What was looked at to tell its queues: absolute paths; of folders with a separator at their end. */
  looked: readonly string[];
  /** Why it was not read, in words; null: it was. */
  unread: string | null;
}

/** The files of the workspace as they are saved, and what a scan says of each. */
export class SavedFiles {
  #roots: Root[] = [];

  /**
   * @param textOf an open document as it is typed, which counts where another file names something of it; null: it is not open
   * @param read gives what a file holds
   */
  constructor(
    private readonly engine: Engine,
    private readonly textOf: (file: string) => string | null,
    private readonly read: (file: string) => string | Promise<string> = (file) => readFile(file, 'utf8'),
  ) {}

  /** Sets the workspace's folders, absolute paths; what they leave out and set is read anew. */
  setFolders(folders: readonly string[]): void {
    this.#roots = folders.map((folder) => ({
      folder,
      ignored: new Ignored(folder, { folder, patterns: [] }, false),
      configuration: null,
    }));
  }

  /** All files that a scan would look at. */
  *walked(): Generator<Walked> {
    for (const { folder, ignored } of this.#roots) yield* walk(folder, folder, ignored);
  }

  /** Would a scan read the file, were it there? */
  counts = (file: string): boolean => this.#rootOf(file)?.ignored.leavesOut(file, false) === false;

  /** Relative to the workspace folder, with `/`; a file outside keeps its name. */
  relative(file: string): string {
    const root = this.#rootOf(file)?.folder;
    return root === undefined ? path.basename(file) : path.relative(root, file).split(path.sep).join('/');
  }

  /**
   * What files of the workspace folder set for the program that a file belongs to, and where it stands among them.
   * @param looked told of each file and folder that is looked at meanwhile
   */
  aboutOf(file: string, looked: (place: string) => void): About {
    const root = this.#rootOf(file);
    if (!root) return {};
    root.configuration ??= new Configuration(existsSync(root.folder) ? settingsOf(root.folder, root.ignored) : []);
    const relative = this.relative(file);
    const among = { path: relative, files: this.#filesAt(root.folder, looked) };
    return { environment: root.configuration.of(relative), among };
  }

  async tell(file: string): Promise<FileTold> {
    const looked = new Set<string>();
    const about = this.aboutOf(file, (place) => looked.add(place));
    const { scan, unread } = await this.scan(file, { only: [], ...about });
    return { file, references: scan?.references ?? [], told: scan?.told ?? null, looked: [...looked], unread };
  }

  /** Scans one file; null: it cannot be read, which `unread` says, or nothing reads its language. */
  async scan(file: string, options: ScanOptions): Promise<{ scan: TextScan | null; unread: string | null }> {
    const language = languageOf(file);
    const { reason } = { reason: null, ...sized(file) };
    if (!language || reason !== null) return { scan: null, unread: reason };
    try {
      const source = await this.read(file);
      return { scan: await this.engine.scanText(language, source, this.relative(file), options), unread: null };
    } catch (error) {
      return { scan: null, unread: String(error) };
    }
  }

  #filesAt(folder: string, looked: (place: string) => void): FilesBelow {
    const saved = workspaceAt(folder);
    return {
      list: (below) => {
        looked(path.join(folder, below, path.sep));
        return saved.list(below);
      },
      read: (below) => {
        const full = path.join(folder, below);
        looked(full);
        return this.textOf(full) ?? saved.read(below);
      },
    };
  }

  #rootOf(file: string): Root | undefined {
    return this.#roots.find(({ folder }) => file.startsWith(folder + path.sep));
  }
}
