// `npm run bench`: sets up what is missing and measures. Arguments name parts.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

// What people install is what is measured.
prepare({ asShipped: true });
const args = ['--import', 'tsx', path.join(root, 'test/bench/run.mts'), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
