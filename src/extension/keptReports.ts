import { Uri, workspace } from 'vscode';
import type { Report } from '../model/report';
import type { KeptReport } from '../protocol/page';

interface Kept {
  id: number;
  report: Report;
}

/** Reports of analyses that are kept to be looked at again and compared. */
const mostKept = 10;
/** A report of some thousand queues; what is longer is kept as long as the window. Bytes, so 20 MB in all at most. */
const largestFile = 2e6;

/** The reports of the last analyses, a file each in the extension's own storage, so that they outlive a reload of the window. */
export class KeptReports {
  #kept: Kept[] = [];
  #recalled: Promise<void> | null = null;

  /** @param folder where the files lie; it is made when the first is written */
  constructor(
    private readonly folder: Uri,
    private readonly failed: (error: unknown) => void,
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

  /** Reads the files, the first time it is called. One that holds no report of this version is left out. */
  recall(): Promise<void> {
    this.#recalled ??= this.#read().catch((error: unknown) => this.failed(error));
    return this.#recalled;
  }

  /** Keeps one more; the oldest make way. */
  async add(report: Report): Promise<void> {
    await this.recall();
    const id = (this.#kept[0]?.id ?? 0) + 1;
    const all = [{ id, report }, ...this.#kept];
    this.#kept = all.slice(0, mostKept);
    // Whoever waits for the report does not wait for the disk.
    this.#write(id, report, all.slice(mostKept)).catch((error: unknown) => this.failed(error));
  }

  async #read(): Promise<void> {
    const { reportSchema } = await import('./later');
    const names = await Promise.resolve(workspace.fs.readDirectory(this.folder)).catch(() => []);
    const ids = names.flatMap(([name]) => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
    const latest = ids.sort((a, b) => b - a).slice(0, mostKept);
    const read = await Promise.all(
      latest.map(async (id) => {
        const text = await Promise.resolve(workspace.fs.readFile(this.#file(id))).catch(() => null);
        const parsed = text && reportSchema.safeParse(json(new TextDecoder().decode(text)));
        return parsed?.success ? [{ id, report: parsed.data }] : [];
      }),
    );
    this.#kept = read.flat();
  }

  async #write(id: number, report: Report, gone: readonly Kept[]): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(report));
    if (bytes.byteLength <= largestFile) await workspace.fs.writeFile(this.#file(id), bytes);
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
