import { cp, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { folder, runFolder } from '../../harness/tools';
import type { Reported } from './patterns';

/**
 * What a scanner says of these files when it is given one folder that holds them: semgrep starts a process for each path
 * that it is given, which takes longer than the search, and leaves files out by their names.
 */
export async function inOneTree(
  files: readonly string[],
  ask: (tree: string) => Promise<Reported[]>,
): Promise<Reported[]> {
  const tree = await mkdtemp(path.join(folder(runFolder), 'gathered-'));
  try {
    for (const [i, file] of files.entries()) await cp(file, path.join(tree, `${i}${path.extname(file)}`));
    return (await ask(tree)).map((each) => {
      const file = files[Number.parseInt(path.basename(each.file), 10)];
      if (file === undefined) throw new Error(`${each.file} is none of the files that were to be searched`);
      return { ...each, file };
    });
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}
