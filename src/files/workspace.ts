import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from '../discover/topology/processes';

/** What is not there, or may not be read, is not told. */
function orElse<T>(nothing: T, read: () => T): T {
  try {
    return read();
  } catch {
    return nothing;
  }
}

/** A folder of this machine, for what tells programs apart. */
export const workspaceAt = (root: string): Workspace => ({
  name: path.basename(root),
  list: (folder) => orElse([], () => readdirSync(path.join(root, folder))),
  read: (file) => orElse(null, () => readFileSync(path.join(root, file), 'utf8')),
});
