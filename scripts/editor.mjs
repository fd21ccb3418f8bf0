// `npm run editor`: serves a VS Code with the extension and a sample workspace at an address of this machine only.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const args = ['--import', 'tsx', path.join(root, 'test/editor/serve.mts'), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
