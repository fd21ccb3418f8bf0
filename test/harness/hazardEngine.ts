import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../../src/hazards/engine';
import { applied } from '../../src/hazards/fixes/edits';
import type { Language } from '../../src/hazards/rule';
import { projectRoot } from './tools';

const folders = ['node_modules/web-tree-sitter', 'node_modules/@vscode/tree-sitter-wasm/wasm'];

/** Grammars as they are installed, so that no build is needed first. */
export async function installedBinary(name: string): Promise<Uint8Array> {
  const folder = folders[name === 'web-tree-sitter.wasm' ? 0 : 1] ?? '';
  return readFile(path.join(projectRoot, folder, name));
}

export const engine = new Engine(installedBinary);

/** Applies a fix by its id wherever it is offered, and sees that its rule finds nothing there any more, so that a second time changes nothing. */
export async function fixedText(language: Language, name: string, text: string, id: string): Promise<string> {
  const only = [id.split('/').slice(0, 2).join('/')];
  const { hazards } = await engine.scanText(language, text, name, { only });
  const fix = hazards.flatMap(({ fixes }) => fixes).find((each) => each.id === id);
  if (!fix) throw new Error(`${id} is not offered: ${JSON.stringify(hazards)}`);
  const result = applied(text, fix.edits);
  const left = (await engine.scanText(language, result, name, { only })).hazards;
  if (left.length > 0)
    throw new Error(`${id} leaves a hazard: ${left.map(({ message }) => message).join(' ')}\n${result}`);
  return result;
}
