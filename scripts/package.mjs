// `npm run package [FILE]`: the extension as a .vsix. `--no-build` packs dist/ as it stands.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, step } from './prepare.mjs';
import { largestPackage } from './releaseCheck.mjs';

const given = process.argv.slice(2);
const [file = 'backpressure-analyzer.vsix'] = given.filter((argument) => !argument.startsWith('--'));
const minified = !given.includes('--no-build');
if (minified) step('Building …', process.execPath, ['esbuild.mjs', '--minify']);

// vsce looks at every file below its folder, and the test tools here are tens of thousands: it gets a folder of its own.
const stage = mkdtempSync(path.join(tmpdir(), 'backpressure-package-'));
try {
  for (const part of ['.vscodeignore', 'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'media', 'dist']) {
    cpSync(path.join(root, part), path.join(stage, part), { recursive: true });
  }
  cpSync(path.join(root, 'dist/ThirdPartyNotices.txt'), path.join(stage, 'ThirdPartyNotices.txt'));
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  const links = ['--no-rewrite-relative-links', '--allow-missing-repository'];
  const { status } = spawnSync(
    process.execPath,
    [vsce, 'package', '--no-dependencies', ...links, '--out', path.resolve(file)],
    { cwd: stage, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  process.exitCode = status ?? 1;
  const bytes = status === 0 ? statSync(path.resolve(file)).size : 0;
  if (minified && bytes > largestPackage) {
    console.error(`The package has ${bytes} bytes; ${largestPackage} are what it may need (scripts/releaseCheck.mjs).`);
    process.exitCode = 1;
  }
} finally {
  rmSync(stage, { recursive: true, force: true });
}
