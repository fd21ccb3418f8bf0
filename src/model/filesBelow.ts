/** The files of a folder, by paths relative to it, with `/`. */
export interface FilesBelow {
  /** Names of the entries of a folder below, itself being empty; none: it is not there. */
  list(folder: string): readonly string[];
  /** Text of a file; null: it cannot be read. */
  read(path: string): string | null;
}

/** The folder of a file; empty: the root. */
export const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** `a/b`, `a`, `` of `a/b/c.go`: the folder of a file and those above, nearest first. */
export function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).concat('');
}

/** `a/c.go` of `a/b` and `../c.go`; null: it leads out of the root. */
export function pathFrom(folder: string, relative: string): string | null {
  const parts: string[] = [];
  for (const part of `${folder}/${relative}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}
