import { readFileSync, statSync } from 'node:fs';

/** Longer files are no settings that a person wrote. Bytes. */
const longest = 2 * 1024 * 1024;

/** The text of a file of settings; null where it is longer than any, or no file: a link may lead to a device that never ends. */
export function smallText(file: string): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() && found.size <= longest ? readFileSync(file, 'utf8') : null;
}
