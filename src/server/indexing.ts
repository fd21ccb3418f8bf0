import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { parentPort, Worker } from 'node:worker_threads';
import type { LoadBinary } from '../hazards/engine';
import { Engine } from '../hazards/reading';
import { SavedFiles, type FileTold } from './savedFiles';

/** Reads the files of a workspace for the first time, which takes seconds and memory. */
export interface Indexing {
  /** @throws what ends the reading */
  tell(files: readonly string[]): Promise<readonly FileTold[]>;
  /** Gives back what it holds. */
  end(): Promise<void>;
}

/** What is read: the workspace's folders, and open documents as they are typed, by file. */
export interface IndexedWorkspace {
  folders: readonly string[];
  open: ReadonlyMap<string, string>;
}

export type StartIndexing = (workspace: IndexedWorkspace) => Indexing;

/**
 * On a thread of its own, so that whoever types meanwhile waits for nothing, and the memory of parsers is given back.
 * @param bundle the file that calls `readAsThread` when it is no main thread
 */
export const onThread =
  (bundle: string): StartIndexing =>
  (workspace) => {
    const worker = new Worker(bundle, { workerData: workspace });
    return {
      tell: async (files) => {
        worker.postMessage(files);
        const [told] = (await once(worker, 'message')) as [FileTold[]];
        return told;
      },
      end: async () => {
        await worker.terminate();
      },
    };
  };

/** The thread: paths in, what those files tell out, in their order. */
export function readAsThread({ folders, open }: IndexedWorkspace, load: LoadBinary): void {
  // A thread of its own may wait for the disk.
  const saved = new SavedFiles(
    new Engine(load),
    (file) => open.get(file) ?? null,
    (file) => readFileSync(file, 'utf8'),
  );
  saved.setFolders(folders);
  parentPort?.on('message', (files: readonly string[]) => {
    void inTurn(saved, files).then((told) => parentPort?.postMessage(told));
  });
}

/** One after the other, so that one text is held at a time. */
async function inTurn(saved: SavedFiles, files: readonly string[]): Promise<FileTold[]> {
  const told: FileTold[] = [];
  for (const file of files) told.push(await saved.tell(file));
  return told;
}
