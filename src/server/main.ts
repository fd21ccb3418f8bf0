import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { onThread, readAsThread, type IndexedWorkspace } from './indexing';
import { LanguageServer } from './server';

/** The grammars stand beside the bundle. */
const load = (name: string) => readFile(path.join(__dirname, 'grammars', name));

if (isMainThread) {
  /** The connection that the command line asks for: `--stdio`, `--node-ipc`, `--socket`. */
  const connection = createConnection(ProposedFeatures.all);
  LanguageServer.create(connection, load, onThread(__filename));
  connection.listen();
} else readAsThread(workerData as IndexedWorkspace, load);
