import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '..', 'golden');

/**
 * The stored text a result must equal. With UPDATE_GOLDEN=1 the result is stored instead, to be looked at in the diff.
 * @throws {Error} ENOENT when the file was never stored
 */
export function golden(name: string, result: string): string {
  const file = path.join(folder, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, result);
  }
  return readFileSync(file, 'utf8');
}
