// `npm run editor`: serves a VS Code with the extension and a sample workspace at an address of this machine only.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const args = ['--import', 'tsx', path.join(root, 'test/editor/serve.mts'), ...process.argv.slice(2)];
const editor = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => editor.kill(signal));
editor.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
