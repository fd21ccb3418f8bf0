import { Uri, workspace } from 'vscode';
import type { Report } from '../model/report';
import type { KeptReport } from '../protocol/page';

interface Kept {
  id: number;
  report: Report;
}

/** Reports of analyses that are kept to be looked at again and compared. */
const mostKept = 10;
/** Of the form of a report (src/model/report.ts). */
const reportVersion = 1;
/** A report of some thousand queues; what is longer is kept as long as the window. Bytes, so 20 MB in all at most. */
const largestFile = 2e6;

/** The reports of the last analyses, a file each in the extension's own storage, so that they outlive a reload of the window. */
export class KeptReports {
  #kept: Kept[] = [];
  #recalled: Promise<void> | null = null;
  /** The highest that a file has: one that is not understood is not written over either. */
  #lastId = 0;

  /**
   * @param folder where the files lie; it is made when the first is written
   * @param newer told how many were kept by a newer version of this extension, where there are such
   */
  constructor(
    private readonly folder: Uri,
    private readonly failed: (error: unknown) => void,
    private readonly newer: (count: number) => void,
  ) {}

  /** Latest first. */
  get list(): KeptReport[] {
    return this.#kept.map(({ id, report }) => ({ id, at: report.window.to, sentence: report.sentence }));
  }

  /** The latest; null while there is none. */
  get latest(): Report | null {
    return this.#kept[0]?.report ?? null;
  }

  /** Null once it made way for later ones. */
  find(id: number): Report | null {
    return this.#kept.find((kept) => kept.id === id)?.report ?? null;
  }

  /** Reads the files, the first time it is called. One that holds no report of this version is left out, and stays. */
  recall(): Promise<void> {
    this.#recalled ??= this.#read().catch((error: unknown) => this.failed(error));
    return this.#recalled;
  }

  /** Keeps one more; the oldest make way. */
  async add(report: Report): Promise<void> {
    await this.recall();
    const id = ++this.#lastId;
    const all = [{ id, report }, ...this.#kept];
    this.#kept = all.slice(0, mostKept);
    // Whoever waits for the report does not wait for the disk.
    this.#write(id, report, all.slice(mostKept)).catch((error: unknown) => this.failed(error));
  }

  async #read(): Promise<void> {
    const { reportSchema } = await import('./later');
    const names = await Promise.resolve(workspace.fs.readDirectory(this.folder)).catch(() => []);
    const ids = names.flatMap(([name]) => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
    this.#lastId = Math.max(0, ...ids);
    const texts = await Promise.all(
      ids
        .sort((a, b) => b - a)
        .map(async (id) => {
          const bytes = await Promise.resolve(workspace.fs.readFile(this.#file(id))).catch(() => new Uint8Array());
          return { id, value: json(new TextDecoder().decode(bytes)) };
        }),
    );
    const read = texts.flatMap(({ id, value }) => {
      const { success, data } = reportSchema.safeParse(value);
      return success ? [{ id, report: data }] : [];
    });
    this.#kept = read.slice(0, mostKept);
    const newer = texts.filter(({ value }) => Number((Object(value) as { version?: unknown }).version) > reportVersion);
    if (newer.length > 0) this.newer(newer.length);
  }

  async #write(id: number, report: Report, gone: readonly Kept[]): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(report));
    // Beside its place first: a file that is cut short by the end of the process is never taken for a report.
    const part = Uri.joinPath(this.folder, `${id}.part`);
    if (bytes.byteLength <= largestFile) {
      await workspace.fs.writeFile(part, bytes);
      await workspace.fs.rename(part, this.#file(id));
    }
    // One that was too long has no file.
    for (const { id } of gone) await Promise.resolve(workspace.fs.delete(this.#file(id))).catch(() => undefined);
  }

  readonly #file = (id: number) => Uri.joinPath(this.folder, `${id}.json`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
