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
}

/**
 * Copies source files of the labelled packages, so that every program reads the same ones. Whoever asks removes the folder.
 * @param only one language of the corpus, for a small tree
 * @param most how many files, at most
 * @throws {Error} for a package that cannot be had
 */
export async function corpusTree(only?: string, most = Infinity): Promise<CorpusTree> {
  const tree = await mkdtemp(path.join(folder(runFolder), 'corpus-'));
  let [files, bytes] = [0, 0];
  for (const language of corpusLanguages().filter((each) => only === undefined || each === only)) {
    for (const each of corpusOf(language)) {
      const source = await packageSource(each);
      if (!source.ok) throw new Error(source.reason);
      for (const file of sourceFiles(source.value)) {
        if (files >= most) return { tree, files, bytes };
        const target = path.join(tree, each.name.replace(/[/:]/g, '+'), file);
        folder(path.dirname(target));
        await cp(path.join(source.value, file), target);
        files += 1;
        bytes += statSync(target).size;
      }
    }
  }
  return { tree, files, bytes };
}
