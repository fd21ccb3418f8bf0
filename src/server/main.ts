import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { onThread } from './indexing';
import { LanguageServer } from './server';

/** The connection that the command line asks for: `--stdio`, `--node-ipc`, `--socket`. */
const connection = createConnection(ProposedFeatures.all);
/** The grammars stand beside the bundle. */
const load = (name: string) => readFile(path.join(__dirname, 'grammars', name));
LanguageServer.create(connection, load, onThread(path.join(__dirname, 'indexWorker.js')));
connection.listen();
