import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../../../src/hazards/engine';
import { projectRoot } from '../../harness/tools';

const folders = ['node_modules/web-tree-sitter', 'node_modules/@vscode/tree-sitter-wasm/wasm'];

/** Grammars as they are installed, so that no build is needed first. */
export async function installedBinary(name: string): Promise<Uint8Array> {
  const folder = folders[name === 'web-tree-sitter.wasm' ? 0 : 1] ?? '';
  return readFile(path.join(projectRoot, folder, name));
}

export const engine = new Engine(installedBinary);
