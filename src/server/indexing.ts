import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FileTold } from './savedFiles';

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
 * @param bundle of `indexWorker.ts`
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
