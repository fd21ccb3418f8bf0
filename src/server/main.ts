import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { LanguageServer } from './server';

/** The process: the connection that the command line asks for (`--stdio`, `--node-ipc`, `--socket`), grammars beside the bundle. */
const connection = createConnection(ProposedFeatures.all);
LanguageServer.create(connection, (name) => readFile(path.join(__dirname, 'grammars', name)));
connection.listen();
