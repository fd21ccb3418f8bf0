import type { FilesBelow } from '../model/filesBelow';
import { workspaceAt } from './workspace';

/** So much text is kept at most. Characters. */
const most = 32 * 1024 * 1024;

/** Files of a folder as they are when they are first asked for: for one pass over it. */
export function filesOnceAt(root: string): FilesBelow {
  const disk = workspaceAt(root);
  const folders = new Map<string, readonly string[]>();
  const texts = new Map<string, string | null>();
  let characters = 0;
  return {
    list: (folder) => {
      const known = folders.get(folder) ?? disk.list(folder);
      folders.set(folder, known);
      return known;
    },
    read: (path) => {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const text = disk.read(path);
      characters += text?.length ?? 0;
      if (characters <= most) texts.set(path, text);
      return text;
    },
  };
}
