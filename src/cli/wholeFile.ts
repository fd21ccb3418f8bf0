import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage';

/**
 * Writes files all or none, and each whole: beside its place first, so that a full disk or a kill leaves the old one.
 * @throws {UsageError} that names the flag, when one cannot be written
 */
export function writeWhole(files: readonly { flag: string; file: string; text: string }[]): void {
  const staged: { from: string; to: string }[] = [];
  try {
    for (const { flag, file, text } of files) {
      try {
        // A device or a pipe cannot be replaced.
        const place = isReplaceable(file) ? staging(file) : file;
        if (place !== file) staged.push({ from: place, to: file });
        writeFileSync(place, text);
      } catch (error) {
        throw new UsageError(
          `${flag}: ${(error instanceof Error ? error.message : String(error)).replace(staging(file), file)}`,
        );
      }
    }
    for (const { from, to } of staged) renameSync(from, to);
  } catch (error) {
    for (const { from } of staged) rmSync(from, { force: true });
    throw error;
  }
}

const staging = (file: string) => `${file}.${process.pid}.part`;

function isReplaceable(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new Error(`${file} is a folder`);
  return found?.isFile() ?? true;
}
