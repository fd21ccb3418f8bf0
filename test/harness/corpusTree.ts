import { statSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { sourceFiles } from '../bench/rules/sourceFiles';
import { corpusLanguages, corpusOf } from './hazardCorpus';
import { packageSource } from './packageSources';
import { folder, runFolder } from './tools';

/** A copy of public source in a folder of its own. */
export interface CorpusTree {
  tree: string;
  files: number;
  bytes: number;
  /** Why packages are not in it. */
  missing: string[];
}

/**
 * Copies source files of the labelled packages, so that every program reads the same ones. Whoever asks removes the folder.
 * @param each how many files of each language, at most
 * @param only one language of the corpus, for a small tree
 */
export async function corpusTree(each: number, only?: string): Promise<CorpusTree> {
  const tree = await mkdtemp(path.join(folder(runFolder), 'corpus-'));
  const copied: CorpusTree = { tree, files: 0, bytes: 0, missing: [] };
  for (const language of corpusLanguages().filter((name) => only === undefined || name === only))
    await copyOf(language, each, copied);
  return copied;
}

async function copyOf(language: string, most: number, copied: CorpusTree): Promise<void> {
  const end = copied.files + most;
  for (const published of corpusOf(language)) {
    const source = await packageSource(published);
    if (!source.ok) {
      copied.missing.push(source.reason);
      continue;
    }
    for (const file of sourceFiles(source.value)) {
      if (copied.files >= end) return;
      const target = path.join(copied.tree, published.name.replace(/[/:]/g, '+'), file);
      folder(path.dirname(target));
      await cp(path.join(source.value, file), target);
      copied.files += 1;
      copied.bytes += statSync(target).size;
    }
  }
}
