import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from '../discover/topology/processes';
import { smallText } from './smallText';

/** What is not there, or may not be read, is not told. */
function orElse<T>(nothing: T, read: () => T): T {
  try {
    return read();
  } catch {
    return nothing;
  }
}

/**
 * A folder of this machine, for what tells programs apart and for the files that source names. Whoever wrote the source
 * chose the names: what leads out of the folder, is no plain file or is longer than 2 MB reads as if it were not there.
 */
export function workspaceAt(root: string): Workspace {
  const within = (relative: string): string => {
    const [own, found] = [realpathSync.native(root), realpathSync.native(path.join(root, relative))];
    if (found !== own && !found.startsWith(own + path.sep)) throw new Error(`${relative} leads out of ${root}`);
    return found;
  };
  return {
    name: path.basename(root),
    list: (folder) => orElse([], () => readdirSync(within(folder))),
    read: (file) => orElse(null, () => smallText(within(file))),
  };
}
