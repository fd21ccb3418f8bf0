// `npm run package [FILE]`: the extension as a .vsix. `--no-build` packs dist/ as it stands.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root, step } from './prepare.mjs';

const given = process.argv.slice(2);
const [file = 'backpressure-analyzer.vsix'] = given.filter((argument) => !argument.startsWith('--'));
if (!given.includes('--no-build')) step('Building …', process.execPath, ['esbuild.mjs', '--minify']);
const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
const { status } = spawnSync(
  process.execPath,
  [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', file],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
process.exitCode = status ?? 1;
