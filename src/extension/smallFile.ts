import { FileType, workspace, type Uri } from 'vscode';

/** Longer files are none that a person wrote. Bytes. */
const longest = 2 * 1024 * 1024;

/**
 * What a file of the workspace holds; null where it is not there, longer than `most` bytes or no plain file: the editor
 * follows a link to a device that never ends.
 */
export async function smallFile(uri: Uri, most = longest): Promise<string | null> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if (!(type & FileType.File) || size > most) return null;
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
