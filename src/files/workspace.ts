import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Workspace } from '../discover/topology/processes';

/** A folder of this machine, for what tells programs apart. */
export const workspaceAt = (root: string): Workspace => ({
  name: path.basename(root),
  list: (folder) => {
    const full = path.join(root, folder);
    return existsSync(full) ? readdirSync(full) : [];
  },
  read: (file) => {
    const full = path.join(root, file);
    return existsSync(full) ? readFileSync(full, 'utf8') : null;
  },
});
