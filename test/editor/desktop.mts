// The tests of the extension host in a desktop VS Code, where one can be downloaded.
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import path from 'node:path';
import { folder, projectRoot, runFolder } from '../harness/tools';

const out = folder(runFolder, 'desktop-tests');
await build({
  entryPoints: { index: path.join(projectRoot, 'test/editor/host/index.ts') },
  outdir: out,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode', 'mocha'],
  logLevel: 'warning',
});
process.exitCode = await runTests({
  extensionDevelopmentPath: projectRoot,
  extensionTestsPath: path.join(out, 'index.js'),
  launchArgs: [path.join(projectRoot, 'test/editor/workspace'), '--disable-workspace-trust'],
}).catch((error: unknown) => {
  console.error(`the desktop tests did not run: ${String(error)}`);
  return 1;
});
