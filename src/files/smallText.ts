import { readFileSync, statSync } from 'node:fs';

/** Longer files hold no settings that a person wrote, and no source that is read. Bytes. */
const longest = 2 * 1024 * 1024;

/** The text of a file; null where it is longer than any that is read, or no plain file: a link may lead to a device that never ends. */
export function smallText(file: string, most = longest): string | null {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() && found.size <= most ? readFileSync(file, 'utf8') : null;
}
