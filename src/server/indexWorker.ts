import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '../hazards/reading';
import type { IndexedWorkspace } from './indexing';
import { SavedFiles, type FileTold } from './savedFiles';

const { folders, open } = workerData as IndexedWorkspace;
const saved = new SavedFiles(
  new Engine((name) => readFile(path.join(__dirname, 'grammars', name))),
  (file) => open.get(file) ?? null,
  // A thread of its own may wait for the disk.
  (file) => readFileSync(file, 'utf8'),
);
saved.setFolders(folders);

/** Paths in, what those files tell out, in their order. */
parentPort?.on('message', (files: readonly string[]) => {
  void inTurn(files).then((told) => parentPort?.postMessage(told));
});

/** One after the other, so that one text is held at a time. */
async function inTurn(files: readonly string[]): Promise<FileTold[]> {
  const told: FileTold[] = [];
  for (const file of files) told.push(await saved.tell(file));
  return told;
}
