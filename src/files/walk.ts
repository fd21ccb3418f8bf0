import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import path from 'node:path';
import { readBy } from '../hazards/languages/named';
import type { Scan } from '../model/scan';
import type { Ignored } from './ignored';

/** Longer files are not even opened. Bytes; the engine's own limit is in characters, which are never fewer bytes. */
const longestFile = 2 * 1024 * 1024;

/** A file to scan. */
export interface Readable {
  /** Absolute. */
  file: string;
  bytes: number;
}

/** A file to scan, or one that is not read, with why. Paths are absolute. */
export type Walked = Readable | { file: string; reason: string };

/**
 * Source files below a folder, in the order of their names. Symbolic links are not followed: what they lead to inside
 * the root is met at its own place, and what is outside is told.
 */
export function* walk(folder: string, root: string, ignored: Ignored): Generator<Walked> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { file: folder, reason: reasonOf(error) };
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isFile() && readBy(file) === null) continue;
    if (ignored.leavesOut(file, entry.isDirectory())) continue;
    if (entry.isDirectory()) yield* walk(file, root, ignored);
    else if (entry.isSymbolicLink()) yield* outside(file, root);
    else if (entry.isFile()) yield sized(file);
  }
}

/** A file that was named: it is read whatever it is called, if its language is. */
export function sized(file: string): Walked {
  try {
    const found = statSync(file);
    if (!found.isFile()) return { file, reason: 'no plain file' };
    return found.size > longestFile ? { file, reason: 'longer than 2 MB' } : { file, bytes: found.size };
  } catch (error) {
    return { file, reason: reasonOf(error) };
  }
}

function* outside(link: string, root: string): Generator<Walked> {
  try {
    const target = realpathSync(link);
    const inside = target === root || target.startsWith(root + path.sep);
    if (!inside) yield { file: link, reason: 'a symbolic link that leads out of the scanned folder' };
  } catch (error) {
    yield { file: link, reason: reasonOf(error) };
  }
}

/** A system error in a few words, without the path, which stands beside it. */
export function reasonOf(error: unknown): Scan['skipped'][number]['reason'] {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Record<string, string> = {
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    ENOENT: 'it leads to nothing',
    ELOOP: 'a symbolic link that leads to itself',
  };
  return words[code] ?? `it could not be read (${code || String(error)})`;
}
